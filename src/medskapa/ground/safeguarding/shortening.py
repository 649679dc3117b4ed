"""How long a lab keeps things. Letting them go earlier than was promised takes two people: one asks, somebody else says yes."""

from django.db.models import QuerySet

from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.labs.queries import account_of
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.people.models import Account
from medskapa.ground.people.permissions import table
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.errors import OwnShortening
from medskapa.ground.safeguarding.models import Period, Shortening
from medskapa.ground.safeguarding.retention import KINDS, LONGEST, periods_of

SECONDS = "retention.second"


@action("retention.set")
def set_period(lab: Lab, *, kind: str, days: int, by: Actor) -> Period | Shortening:
    """Keep a kind of record longer from now on, or ask for a shorter time, which counts once somebody else has said yes.

    What was asked for that kind before falls. Raises NotAllowed, ValueError for what is no kind or no period.
    """
    if kind not in KINDS or not 1 <= days <= LONGEST:
        raise ValueError(f"{kind}: {days}")
    Shortening.objects.filter(lab=lab, kind=kind).delete()
    if days < periods_of(lab)[kind]:
        return Shortening.objects.create(lab=lab, kind=kind, days=days, by=account_of(by))
    return _keep(lab, kind, days)


@action("retention.second")
def second_shortening(shortening: Shortening, *, by: Actor) -> Period:
    """Say yes as the second person to a shorter time. Raises NotAllowed, OwnShortening, WrongState (it was answered, or asked anew)."""
    if shortening.by == account_of(by):
        raise OwnShortening
    _answered(shortening)
    return _keep(shortening.lab, shortening.kind, shortening.days)


@action("retention.refuse")
def refuse_shortening(shortening: Shortening, *, by: Actor) -> Lab:
    """Say no to a shorter time, or take back that one asked. Raises NotAllowed, WrongState (it was answered, or asked anew)."""
    _answered(shortening)
    return shortening.lab


def who_seconds(lab: Lab, *, but: Account) -> QuerySet[Participation]:
    """Who else in a lab may say yes now to what somebody asked, by name. One SQL query."""
    roles = [role for role in Role if table()[SECONDS].get(role) == "yes"]
    may_now = roles_in_force(lab).filter(role__in=roles).values("participation")
    return lab.participations.filter(pk__in=may_now, account__is_active=True).exclude(account=but).order_by("name", "pk")


def asked_of(lab: Lab, *, reader: Actor) -> QuerySet[Shortening]:
    """What waits for a yes that this reader may say, longest first. One SQL query."""
    rows = lab.shortenings.order_by("at", "pk")
    mine = rows.filter(by__participations__public_id=reader.key) | rows.filter(by__public_id=reader.key)
    return rows.exclude(pk__in=mine.values("pk")) if may(reader, SECONDS, lab) else rows.none()


def _answered(shortening: Shortening) -> None:
    if not Shortening.objects.filter(pk=shortening.pk).delete()[0]:
        raise WrongState


def _keep(lab: Lab, kind: str, days: int) -> Period:
    return Period.objects.update_or_create(lab=lab, kind=kind, defaults={"days": days})[0]
