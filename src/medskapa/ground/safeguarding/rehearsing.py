"""Rehearsing the alarm: a mail without content to the officer, whose link says that it came through.

In production a lab opens only once its officer has opened one: a concern that nobody is told of helps no child.
"""

import secrets
from datetime import timedelta
from functools import partial
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.readiness import Button, Missing, ask_before_opening
from medskapa.ground.labs.tokens import hash_token
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.mail import mailed
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.alarm import holders_of
from medskapa.ground.safeguarding.errors import RehearsalOver
from medskapa.ground.safeguarding.models import Rehearsal
from medskapa.ground.web import languages

VALID = timedelta(days=7)


def register() -> None:
    """Ask for a rehearsal before a lab opens. Called when the installation starts."""
    ask_before_opening(not_rehearsed)


def not_rehearsed(lab: Lab) -> list[Missing]:
    """That no officer of a lab has opened a test mail yet. Nobody asks in local mode or in a demo. One SQL query."""
    if settings.MEDSKAPA_LOCAL or lab.is_demo or _came_through(lab):
        return []
    button = Button(gettext_lazy("Send a test mail"), reverse("safeguarding:alarm", kwargs={"lab": lab.slug}))
    return [Missing("help", gettext_lazy("The safeguarding officer has not opened a test mail of the alarm yet."), button)]


def rehearsals(lab: Lab) -> QuerySet[Rehearsal]:
    """The test mails of a lab, newest first. One SQL query."""
    return lab.rehearsals.select_related("to").order_by("-at", "-pk")


def rehearsal_of(token: str) -> Rehearsal:
    """The test mail behind a link, if that still works. Raises RehearsalOver. One SQL query."""
    working = Rehearsal.objects.filter(opened_at__isnull=True, at__gt=now() - VALID).select_related("lab")
    found = working.filter(token_hash=hash_token(token)).first()
    if found is None:
        raise RehearsalOver
    return found


@action("alarm.rehearse")
def rehearse_alarm(lab: Lab, *, site: str, by: Actor) -> list[Rehearsal]:
    """Mail each safeguarding officer a link that works once. The token is in the mail and nowhere else. Raises NotAllowed.

    ``site``: where this installation is, such as ``https://lab.example.org/``.
    """
    made = []
    for officer in holders_of(lab, Role.SAFEGUARDING_OFFICER):
        token = secrets.token_urlsafe(24)
        made.append(Rehearsal.objects.create(lab=lab, to=officer, token_hash=hash_token(token)))
        transaction.on_commit(partial(_send, made[-1], token, site))
    note(*made)
    return made


@action("alarm.send")
def note_sent(rehearsal: Rehearsal, *, by: Actor) -> None:
    """Note that the mail server took a test mail. Raises NotAllowed."""
    Rehearsal.objects.filter(pk=rehearsal.pk).update(was_sent=True)


@action("alarm.arrive")
def note_arrival(rehearsal: Rehearsal, *, by: Actor) -> None:
    """Note that the link of a test mail was opened. Raises NotAllowed, RehearsalOver if it was before."""
    if Rehearsal.objects.filter(pk=rehearsal.pk, opened_at__isnull=True).update(opened_at=now()) != 1:
        raise RehearsalOver


def mail_itself(lab: Lab) -> Actor:
    """Who notes what became of a test mail: nobody has to sign in for it."""
    return Actor.system("alarm", lab.public_id)


def _send(rehearsal: Rehearsal, token: str, site: str) -> None:
    lab, account = rehearsal.lab, rehearsal.to.account
    assert account is not None  # noqa: S101  # holders of a post have one
    with override(languages.shown_in(account.language or lab.language, None)):
        link = urljoin(site, reverse("safeguarding:alarm_arrived", kwargs={"token": token}))
        text = render_to_string("safeguarding/letters/rehearsal.txt", {"lab": lab, "link": link})
        was_sent = mailed(_("A test of the alarm of %(lab)s") % {"lab": lab.name}, text, account.email)
    if was_sent:
        note_sent(rehearsal, by=mail_itself(lab))


def _came_through(lab: Lab) -> bool:
    officers = roles_in_force(lab).filter(role=Role.SAFEGUARDING_OFFICER).values("participation")
    return lab.rehearsals.filter(opened_at__isnull=False, to__in=officers).exists()
