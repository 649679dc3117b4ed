"""How far words go: the one scale from near to far, and who stands where on it."""

from collections.abc import Iterable

from medskapa.ground.ledger.actors import Actor
from medskapa.stages.listening.models import Reach

SCALE: tuple[str, ...] = tuple(Reach.values)
MEMBERS = frozenset({"co_creator", "actor", "problem_owner", "innovator", "juror", "mentor", "pilot_lead"})


def nearest(*levels: str) -> str:
    """The level that goes least far."""
    return min(levels, key=SCALE.index)


def from_here_on(level: str) -> tuple[str, ...]:
    """This level and all that go further."""
    return SCALE[SCALE.index(level) :]


def up_to(level: str) -> tuple[str, ...]:
    """This level and all that go less far."""
    return SCALE[: SCALE.index(level) + 1]


def farthest(kept_from: Iterable[str]) -> str:
    """How far a story may go at most: what is kept from any kind of organisation never goes further than the lab."""
    return Reach.LAB if list(kept_from) else Reach.PUBLIC_NAMED


def needed_by(reader: Actor) -> str:
    """How far words must go for this reader to read them."""
    if reader.is_team or reader.kind == "system":
        return Reach.TEAM
    if not MEMBERS.isdisjoint(reader.roles):
        return Reach.LAB
    return Reach.REPORTS if "reader" in reader.roles else Reach.PUBLIC
