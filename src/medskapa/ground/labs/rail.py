"""The ten stages that run down every page of a lab. Each room says which of its pages hang where."""

from dataclasses import dataclass

from django.urls import reverse

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.stages import STAGES, counts


@dataclass(frozen=True, slots=True)
class Knot:
    """One stage on the rail of one page."""

    stage: str
    url: str
    count: int | None  # shown to the team only, and never a nought
    is_here: bool
    is_later: bool


_LISTS: dict[str, str] = {}
_STAGE_OF: dict[str, str] = {}


def hang(stage: str, list_url: str, *more: str) -> None:
    """Hang a stage's list page, and the pages that belong to it, on the rail. Names of addresses; called in AppConfig.ready."""
    _LISTS[stage] = list_url
    for name in (list_url, *more):
        _STAGE_OF[name] = stage


def stage_of(view_name: str) -> str | None:
    """The stage a page belongs to."""
    return _STAGE_OF.get(view_name)


def counted(lab: Lab) -> dict[str, int]:
    """How many artefacts each stage of a lab has. One SQL query, the first time that a page asks."""
    if not hasattr(lab, "stage_counts"):
        lab.stage_counts = counts(lab)  # type: ignore[attr-defined]
    return lab.stage_counts  # type: ignore[attr-defined]


def rail(lab: Lab, actor: Actor, view_name: str) -> list[Knot]:
    """The ten stages of a lab: dotted where nothing is yet, filled where the reader is. One SQL query."""
    numbers = counted(lab)
    here = stage_of(view_name)
    return [
        Knot(
            stage=stage,
            url=reverse(_LISTS[stage], kwargs={"lab": lab.slug}),
            count=(numbers.get(stage) or None) if actor.is_team else None,
            is_here=stage == here,
            is_later=not numbers.get(stage, 0),
        )
        for stage in STAGES
        if stage in _LISTS
    ]
