"""The registry of the red thread: every room says, in its ``stages.py``, what it adds to the thread and what grows from what.

    register(Stage("understand", Insight, title=lambda insight, actor: insight.title, visible=visible_insights,
                   moment=lambda insight, actor: insight.made_at))
    link(Link(Evidence, parent="story", child="insight"))        # a table between
    link(Link(Pilot, parent="support"))                          # the child itself holds the key

Registered in AppConfig.ready, frozen after it. ``walk`` follows the thread, ``counts`` counts a lab's artefacts.
"""

from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import Count, Model, QuerySet, Value

from medskapa.ground.ledger.db.shapes import Shape
from medskapa.ground.ledger.registry import REGISTRY, SELF, STAGES, Link, Registry, Stage
from medskapa.ground.ledger.walk import Edge, Node, Walk, walk

__all__ = ["SELF", "STAGES", "Edge", "Link", "Node", "Registry", "Stage", "Walk", "counts", "link", "register", "stage_of", "walk"]


def register(stage: Stage) -> None:
    """Add a kind of artefact to the thread of this installation. Raises RuntimeError once everything has started."""
    _still_starting()
    REGISTRY.register(stage)


def link(link: Link) -> None:
    """Add what grows from what to the thread of this installation. Raises RuntimeError once everything has started."""
    _still_starting()
    REGISTRY.link(link)


def stage_of(model: type[Model]) -> Stage | None:
    """The stage a model is registered as, if it is on the thread."""
    return REGISTRY.stages.get(model)


def counts(lab: Model, registry: Registry = REGISTRY) -> dict[str, int]:
    """How many artefacts each stage of a lab has, stumps of withdrawn stories included. One SQL query."""
    numbers = dict.fromkeys(STAGES, 0)
    counted = tuple(stage for stage in registry.stages.values() if stage.is_counted)
    for name, number in _counting(counted).rows(lab.pk) if counted else ():
        numbers[name] += number
    return numbers


@lru_cache
def _counting(stages: tuple[Stage, ...]) -> Shape:
    """How many rows of each of these stages a lab has."""

    def build(lab: int) -> QuerySet[Any, Any]:
        first, *others = (
            stage.model._base_manager.filter(lab=lab)
            .order_by()
            .values(stage_name=Value(stage.name))
            .annotate(number=Count("pk"))
            .values_list("stage_name", "number")
            for stage in stages
        )
        return first.union(*others, all=True)

    return Shape(build)


def _still_starting() -> None:
    if apps.ready:
        raise RuntimeError("the thread's registry is frozen: register in AppConfig.ready")
