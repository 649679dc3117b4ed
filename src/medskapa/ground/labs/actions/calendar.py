"""The lab's calendar."""

from datetime import datetime
from typing import TypedDict, Unpack

from medskapa.ground.labs.models import Gathering, Lab
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor


class GatheringChanges(TypedDict, total=False):
    """What of a gathering can be said."""

    name: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    place: str
    about: str
    source: str | None


@action("gathering.plan")
def plan_gathering(lab: Lab, *, by: Actor, **what: Unpack[GatheringChanges]) -> Gathering:
    """Put a day or a meeting into the calendar."""
    return Gathering.objects.create(lab=lab, **what)


@action("gathering.edit")
def edit_gathering(gathering: Gathering, *, by: Actor, **changes: Unpack[GatheringChanges]) -> Gathering:
    """Change a day or a meeting."""
    for name, value in changes.items():
        setattr(gathering, name, value)
    gathering.save(update_fields=list(changes))
    return gathering
