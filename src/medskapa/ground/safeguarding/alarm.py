"""The alarm of a concern: a mail without content to the officer, and while nobody takes it on, each two hours to the next in line.

The line is officer, deputy, process leader; a post that nobody holds is passed over at once. After the last all of them are told
again, until somebody answers. Each mail is a row, also one that could not be sent.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.clock import every
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.models import Account
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.models import Alarm, Concern
from medskapa.ground.web import languages

LINE = (Role.SAFEGUARDING_OFFICER, Role.SAFEGUARDING_DEPUTY, Role.PROCESS_LEADER)
PATIENCE = timedelta(hours=2)

_log = logging.getLogger(__name__)


@every("minute")
def ring_for_waiting() -> int:
    """Tell whoever is next about each concern that nobody has taken on. A demo has nobody to tell. Gives how many mails."""
    waiting = Concern.objects.filter(state=Concern.State.RAISED, lab__is_demo=False).select_related("lab").order_by("raised_at", "pk")
    return sum(_ring_if_due(concern) for concern in waiting)


def _ring_if_due(concern: Concern) -> int:
    told = concern.alarms.values("round").distinct().count()
    due = 1 + int((now() - concern.raised_at) / PATIENCE)
    return sum(len(ring(concern, number=number, by=_clock(concern.lab))) for number in range(told, due))


@action("concern.ring")
def ring(concern: Concern, *, number: int, by: Actor) -> list[Alarm]:
    """Mail those whose turn it is, and note for each whether the mail went out. Raises NotAllowed."""
    return [_note(concern, number, one) for one in whose_turn(concern.lab, number)]


def _note(concern: Concern, number: int, who: Participation) -> Alarm:
    was_sent = who.account is not None and _mailed(concern.lab, who.account)
    return Alarm.objects.create(lab=concern.lab, concern=concern, round=number, to=who, was_sent=was_sent)


def whose_turn(lab: Lab, number: int) -> list[Participation]:
    """Who is told in a round, the first being 0: one post after the other, then everybody at once. Three SQL queries."""
    posts = [post for role in LINE if (post := _holders(lab, role))]
    if number < len(posts):
        return posts[number]
    return list(dict.fromkeys(one for post in posts for one in post))


def _holders(lab: Lab, role: Role) -> list[Participation]:
    given = roles_in_force(lab).filter(role=role, participation__account__is_active=True).select_related("participation__account")
    return [one.participation for one in given.order_by("valid_from", "pk")]


def _mailed(lab: Lab, who: Account) -> bool:
    with override(languages.shown_in(who.language or lab.language, None)):
        text = render_to_string("safeguarding/letters/alarm.txt", {"lab": lab})
        try:
            return send_mail(_("Somebody has to look at %(lab)s today") % {"lab": lab.name}, text, None, [who.email]) == 1
        except (SMTPException, OSError):
            _log.exception("the alarm of a concern could not be mailed")
            return False


def _clock(lab: Lab) -> Actor:
    return Actor.system("clock", lab.public_id)
