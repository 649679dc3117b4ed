"""What labs themselves have to say on the first pages of their people, on the account's page and where one signs in."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medskapa.ground.labs.models import Lab, RoleGiven
from medskapa.ground.labs.queries import labs_of, open_invitations
from medskapa.ground.labs.readiness import lacking
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.models import Account
from medskapa.ground.people.queries import demo_accounts
from medskapa.ground.people.rules import name_of
from medskapa.ground.people.second_lock import is_asked_for_it
from medskapa.ground.web.panels import ACCOUNT_PLACES, FIRST_TODO, SIGN_IN_PEOPLE, Built, Panel, Todo, offer

SOON = timedelta(days=14)  # before a role ends, whoever gave it hears of it
WAITED = timedelta(days=3)  # an invitation without an answer
COMING = timedelta(days=7)  # a gathering


def register() -> None:
    """Offer the panels. Called when the installation starts."""
    offer(Panel(FIRST_TODO, order=10, queries=7, build=todos))
    offer(Panel(ACCOUNT_PLACES, order=10, queries=1, build=my_labs))
    offer(Panel(SIGN_IN_PEOPLE, order=10, queries=2, build=demo_people))


def todos(actor: Actor, lab: Any) -> Built:
    """Set-up that is not finished, invitations without an answer, roles that end soon, a gathering that is near."""
    if not isinstance(lab, Lab):
        return None
    found: list[Todo] = []
    if lab.state == Lab.State.SETTING_UP and may(actor, "lab.edit", lab):
        found += _set_up(lab)
    if may(actor, "invitation.see", lab):
        found += _unanswered(lab)
    if may(actor, "role.give", lab):
        found += _ending(lab)
    if may(actor, "gathering.see", lab):
        found += _coming(lab)
    if is_asked_for_it(actor):
        found += _second_lock(actor)
    return found


def _set_up(lab: Lab) -> Iterator[Todo]:
    number = len(lacking(lab))
    text = ngettext("One thing is missing before the lab can open.", "%(number)s things are missing before the lab can open.", number)
    ready = _("Everything is there: open the lab.")
    yield Todo(text % {"number": number} if number else ready, _address("labs:open", lab), lab.created_at)


def _unanswered(lab: Lab) -> Iterator[Todo]:
    for invitation in open_invitations(lab).filter(made_at__lte=now() - WAITED)[:3]:
        text = _("%(name)s has not answered the invitation.") % {"name": invitation.name}
        yield Todo(text, _address("labs:invitations", lab), invitation.ends_at)


def _ending(lab: Lab) -> Iterator[Todo]:
    soon = RoleGiven.objects.filter(lab=lab, valid_to__gt=now(), valid_to__lte=now() + SOON)
    for given in soon.select_related("participation__lab").order_by("valid_to", "pk")[:3]:
        what = {"name": given.participation.name, "role": name_of(given.role)}
        text = _("The role of %(name)s ends soon: %(role)s. Give it anew or find somebody else.") % what
        yield Todo(text, given.participation, given.valid_to)


def _coming(lab: Lab) -> Iterator[Todo]:
    near = lab.gatherings.filter(ends_at__gt=now(), starts_at__lte=now() + COMING).order_by("starts_at", "pk").first()
    if near:
        yield Todo(_("“{title}” is near."), _address("labs:gatherings", lab), near.starts_at, about=near, field="name")


def _second_lock(actor: Actor) -> Iterator[Todo]:
    unlocked = Account.objects.filter(participations__public_id=actor.key, authenticator__isnull=True, is_demo=False)
    if unlocked.exists():
        yield Todo(_("Add a passkey or an app to your account: you can open what nobody else may see."), reverse("mfa_index"))


def my_labs(actor: Actor, account: Any) -> Built:
    """The labs somebody takes part in, with their roles."""
    return ("labs/parts/my_labs_panel.html", {"mine": labs_of(account)}) if isinstance(account, Account) else None


def demo_people(actor: Actor, _subject: Any) -> Built:
    """The invented people that local mode lets anybody sign in as."""
    if not settings.MEDSKAPA_LOCAL:
        return None
    accounts = list(demo_accounts())
    held: dict[int, list[str]] = {account.pk: [] for account in accounts}
    given = RoleGiven.objects.filter(participation__account__in=accounts, valid_to__isnull=True).order_by("valid_from", "pk")
    for account_id, role in given.values_list("participation__account_id", "role"):
        held[account_id].append(role)
    people = [(account, held[account.pk]) for account in accounts]
    return ("labs/parts/demo_people.html", {"people": people}) if people else None


def _address(name: str, lab: Lab) -> str:
    return reverse(name, kwargs={"lab": lab.slug})
