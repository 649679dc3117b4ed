"""The registry of the red thread: every room says, in its ``stages.py``, what it adds to the thread and what grows from what.

    register(Stage("understand", Insight, title=lambda insight, actor: insight.title, visible=visible_insights,
                   moment=lambda insight, actor: insight.made_at))
    link(Link(Evidence, parent="story", child="insight"))        # a table between
    link(Link(Pilot, parent="support"))                          # the child itself holds the key

Registered in AppConfig.ready, frozen after it. ``walk`` follows the thread, ``counts`` counts a lab's artefacts.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Count, Model, Value

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
    for name, number in _counting(lab, registry.stages.values()):
        numbers[name] += number
    return numbers


def _counting(lab: Model, stages: Iterable[Stage]) -> Iterable[tuple[str, int]]:
    queries = [
        stage.model._base_manager.filter(lab=lab)
        .order_by()
        .annotate(stage_name=Value(stage.name), number=Count("pk"))
        .values_list("stage_name", "number")
        for stage in stages
        if stage.is_counted
    ]
    return queries[0].union(*queries[1:], all=True) if queries else ()


def _still_starting() -> None:
    if apps.ready:
        raise RuntimeError("the thread's registry is frozen: register in AppConfig.ready")
