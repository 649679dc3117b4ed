"""How long each kind of record is kept, and letting go of what is past its time.

Rooms register what they keep in AppConfig.ready; each lab can set other periods. The clock lets go daily of what is due.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.safeguarding.models import Period, Shortening

LONGEST = 3650  # days
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record with a time of its own.

    ``rows`` gives those of a lab that are still kept, each with ``since``, when its time began (none: not yet).
    ``let_go`` is the action that destroys one of them for good; it can be cut off and run again without harm.
    """

    name: str
    label: str | Promise
    counted_from: str | Promise
    days: int  # unless a lab says otherwise
    rows: Callable[[Lab], QuerySet[Any, Any]]
    let_go: Callable[..., object]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a lab keeps of a kind: how many, how many are past their time, and when the next one will be."""

    kind: Kind
    days: int
    count: int
    due_count: int
    next_at: datetime | None
    asked: Shortening | None  # a shorter time that waits for a second person
    asked_due_count: int  # how many would be past their time with it


KINDS: dict[str, Kind] = {}


def keep(kind: Kind) -> None:
    """Add a kind of record. Called in AppConfig.ready."""
    KINDS[kind.name] = kind


def periods_of(lab: Lab) -> dict[str, int]:
    """How many days each kind is kept in a lab. One SQL query."""
    said = dict(Period.objects.filter(lab=lab).values_list("kind", "days"))
    return {name: said.get(name, kind.days) for name, kind in KINDS.items()}


def kept_by(lab: Lab) -> list[Kept]:
    """What a lab keeps, kind by kind. Two SQL queries, and one for each kind."""
    asked = {one.kind: one for one in lab.shortenings.select_related("lab", "by")}
    return [_kept(lab, KINDS[name], days, asked.get(name)) for name, days in periods_of(lab).items()]


def let_go_of(lab: Lab, *, by: Actor) -> dict[str, int]:
    """Let go of all that is past its time in a lab, each in a transaction of its own. Gives how many of each kind.

    One that fails is logged and holds up no other; it is tried again the next day.
    """
    return {name: _let_go(lab, KINDS[name], days, by) for name, days in periods_of(lab).items()}


def _kept(lab: Lab, kind: Kind, days: int, asked: Shortening | None) -> Kept:
    period = timedelta(days=days)
    due, with_asked = (Count("pk", filter=Q(since__lte=now() - timedelta(days=number))) for number in (days, asked.days if asked else days))
    found = kind.rows(lab).aggregate(count=Count("pk"), due=due, with_asked=with_asked, first=Min("since"))
    next_at = found["first"] + period if found["first"] else None
    return Kept(kind, days, found["count"], found["due"], next_at, asked, found["with_asked"])


def _let_go(lab: Lab, kind: Kind, days: int, by: Actor) -> int:
    rows = kind.rows(lab).filter(since__lte=now() - timedelta(days=days)).order_by("pk")
    return sum(_went(kind, row, by) for row in rows)


def _went(kind: Kind, row: Any, by: Actor) -> bool:
    try:
        kind.let_go(row, by=by)
    except Exception:
        _log.exception("letting go of one of %s failed and is tried again", kind.name)
        return False
    return True
