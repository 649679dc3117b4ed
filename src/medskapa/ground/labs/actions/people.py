"""Who takes part in a lab, in which roles, from when to when; and what they agreed to."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.errors import AlreadyHere, NotForYourself, RolesClash
from medskapa.ground.labs.models import Agreement, Lab, Participation, RoleGiven
from medskapa.ground.labs.readiness import stay_ready
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.models import Account, Unit
from medskapa.ground.people.roles import Role
from medskapa.ground.people.rules import clash

GUARDS = frozenset({Role.SAFEGUARDING_OFFICER, Role.SAFEGUARDING_DEPUTY})


class ParticipationChanges(TypedDict, total=False):
    """What of a participation can be changed."""

    name: str
    account: Account | None
    unit: Unit | None
    stand_in_for: Participation | None
    starts_on: date
    ends_on: date | None


@action("participation.add")
def add_participation(lab: Lab, *, by: Actor, **what: Unpack[ParticipationChanges]) -> Participation:
    """Somebody with a name takes part from a day on, today if none is said. Raises AlreadyHere for an account that does."""
    return make_participation(lab, **what)


@action("participation.edit")
def edit_participation(participation: Participation, *, by: Actor, **changes: Unpack[ParticipationChanges]) -> Participation:
    """Change for whom, for which unit, and from when to when somebody takes part.

    Raises NotReady if an open lab would be without a safeguarding officer.
    """
    for name, value in changes.items():
        setattr(participation, name, value)
    participation.save(update_fields=list(changes))
    if participation.roles.filter(role=Role.SAFEGUARDING_OFFICER).exists():
        stay_ready(participation.lab)
    return participation


@action("role.give")
def give_role(
    participation: Participation, role: str, *, by: Actor, since: datetime | None = None, until: datetime | None = None
) -> RoleGiven:
    """Give a role, until a moment or until it is ended. Raises RolesClash, NotForYourself; WrongState if they have it."""
    if role in GUARDS and by.kind == "participation" and by.key == participation.public_id:
        raise NotForYourself
    return hold_role(participation, role, since=since, until=until)


@action("role.end")
def end_role(given: RoleGiven, *, by: Actor) -> RoleGiven:
    """End a role now. Raises WrongState if it has ended, NotReady if an open lab would be without a safeguarding officer."""
    running = RoleGiven.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now()), pk=given.pk)
    given.valid_to = max(now(), given.valid_from)
    if running.update(valid_to=given.valid_to) != 1:
        raise WrongState
    if given.role == Role.SAFEGUARDING_OFFICER:
        stay_ready(given.participation.lab)
    note(given.participation)
    return given


@action("agreement.give")
def agree(participation: Participation, purpose: str, *, by: Actor) -> Agreement:
    """Say yes to taking part, or to photographs. Saying it twice changes nothing."""
    standing = participation.agreements.filter(purpose=purpose, withdrawn_at__isnull=True).first()
    return standing or Agreement.objects.create(lab=participation.lab, participation=participation, purpose=purpose, agreed_at=now())


@action("agreement.withdraw")
def withdraw_agreement(agreement: Agreement, *, by: Actor) -> Agreement:
    """Take a yes back; that it was given stays in the history. Raises WrongState if it was taken back."""
    agreement.withdrawn_at = now()
    if Agreement.objects.filter(pk=agreement.pk, withdrawn_at__isnull=True).update(withdrawn_at=agreement.withdrawn_at) != 1:
        raise WrongState
    return agreement


def make_participation(lab: Lab, **what: Unpack[ParticipationChanges]) -> Participation:
    """A new row, in the transaction of the action that asks. Raises AlreadyHere."""
    what.setdefault("starts_on", today_of(lab))
    try:
        with transaction.atomic():
            return Participation.objects.create(lab=lab, **what)
    except IntegrityError as error:
        if "account" in str(error):
            raise AlreadyHere from None
        raise


def hold_role(participation: Participation, role: str, *, since: datetime | None = None, until: datetime | None = None) -> RoleGiven:
    """A new row, in the transaction of the action that asks. Raises RolesClash, WrongState."""
    held = set(running_roles(participation).values_list("role", flat=True))
    if role in held:
        raise WrongState
    if rule := clash(role, held):
        raise RolesClash(rule)
    return RoleGiven.objects.create(
        lab=participation.lab, participation=participation, role=role, valid_from=since or now(), valid_to=until
    )


def running_roles(participation: Participation) -> QuerySet[RoleGiven]:
    """The roles of one participant that have not ended, those yet to begin included. One SQL query."""
    return participation.roles.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now()))
