"""Which artefact grew from which, read from the links of a registry: a lab's links at once, or level by level where they are many."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any, Protocol

from django.db.models import F, Model, QuerySet, Value

from medskapa.ground.ledger.db.shapes import Shape
from medskapa.ground.ledger.registry import SELF, Link, Registry

LEVELS = 12  # a walk goes no further
AT_ONCE = 20_000  # as many links of one lab are read in one query; of a larger lab only those that are near
Key = tuple[type[Model], Any]  # an artefact: its model and its primary key
Pair = tuple[Key, Key]  # a parent and its child


class Edges(Protocol):
    """What a walk asks at each level."""

    def near(self, children: Collection[Key], parents: Collection[Key]) -> set[Pair]:
        """The links up from these children and down from these parents."""


class LabEdges:
    """All links of a lab, in memory."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._up: dict[Key, list[Key]] = defaultdict(list)
        self._down: dict[Key, list[Key]] = defaultdict(list)
        for parent, child in pairs:
            self._up[child].append(parent)
            self._down[parent].append(child)

    def near(self, children: Collection[Key], parents: Collection[Key]) -> set[Pair]:
        """No SQL."""
        up = {(parent, child) for child in children for parent in self._up.get(child, ())}
        return up | {(parent, child) for parent in parents for child in self._down.get(parent, ())}


class LevelEdges:
    """The links near some artefacts, asked anew at each level."""

    def __init__(self, links: list[Link]) -> None:
        self._links = links

    def near(self, children: Collection[Key], parents: Collection[Key]) -> set[Pair]:
        """One SQL query, in which each link has its part."""
        by_model = _by_model(children), _by_model(parents)
        parts = [part for number, link in enumerate(self._links) for part in _near(number, link, *by_model)]
        return set(_pairs(_together(parts), self._links)) if parts else set()


def pairs_beside(start: Model, registry: Registry) -> set[Pair]:
    """The links up and down from one artefact. One SQL query, none if nothing ever joins such an artefact."""
    model = type(start)
    links = [link for link in links_on_thread(registry) if model in (link.end(link.parent), link.end(link.child))]
    return set(_pairs(_joining(model, tuple(links)).rows(start.pk), links)) if links else set()


def links_on_thread(registry: Registry) -> list[Link]:
    """The links both ends of which are artefacts of the thread."""
    return [link for link in registry.links if {link.end(link.parent), link.end(link.child)} <= registry.stages.keys()]


def edges_of(start: Model, registry: Registry) -> Edges:
    """The links among which ``start`` stands. At most one SQL query."""
    links = links_on_thread(registry)
    lab = getattr(start, "lab_id", None)
    if lab is None:
        return LevelEdges(links)
    pairs = list(_pairs(_linking(tuple(links)).rows(lab) if links else (), links))
    return LabEdges(pairs) if len(pairs) <= AT_ONCE else LevelEdges(links)


def pairs_below(starts: Collection[Model], registry: Registry) -> set[Pair]:
    """All links below artefacts of one lab, none for none. One SQL query (in a lab of more than 20,000 links one more per level)."""
    frontier: set[Key] = {(type(start), start.pk) for start in starts}
    edges = edges_of(next(iter(starts)), registry) if starts else LabEdges(())
    seen, pairs = set(frontier), set[Pair]()
    for _level in range(LEVELS):
        step = edges.near((), frontier)
        pairs |= step
        frontier = {child for _parent, child in step} - seen
        seen |= frontier
        if not frontier:
            break
    return pairs


@lru_cache
def _linking(links: tuple[Link, ...]) -> Shape:
    """The pairs of all these links in a lab, and one more than are read at once if there are so many."""

    def build(lab: int) -> QuerySet[Any, Any]:
        return _together([_rows(number, link, **{_path_to_lab(link): lab}) for number, link in enumerate(links)])[: AT_ONCE + 1]

    return Shape(build)


@lru_cache
def _joining(model: type[Model], links: tuple[Link, ...]) -> Shape:
    """The pairs of these links in which an artefact of this model is parent or child."""

    def build(key: int) -> QuerySet[Any, Any]:
        here = {model: [key]}
        return _together([part for number, link in enumerate(links) for part in _near(number, link, here, here)])

    return Shape(build)


def _rows(number: int, link: Link, **scope: Any) -> QuerySet[Any, Any]:
    """The pairs of one link, each with the link's number."""
    parent, child = ("pk" if name == SELF else name for name in (link.parent, link.child))
    rows = (
        link.model._base_manager.filter(**scope).order_by().annotate(link_number=Value(number), link_parent=F(parent), link_child=F(child))
    )
    there = rows.filter(link_parent__isnull=False, link_child__isnull=False)
    return there.values_list("link_number", "link_parent", "link_child")


def _near(number: int, link: Link, children: dict[type[Model], list[Any]], parents: dict[type[Model], list[Any]]) -> Iterator[QuerySet]:
    for name, end, wanted in (("link_child", link.child, children), ("link_parent", link.parent, parents)):
        keys = wanted.get(link.end(end))
        if keys:
            yield _rows(number, link).filter(**{f"{name}__in": keys})


def _together(parts: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _pairs(rows: Iterable[tuple[int, Any, Any]], links: list[Link]) -> Iterator[Pair]:
    ends = [(link.end(link.parent), link.end(link.child)) for link in links]
    for number, parent, child in rows:
        yield (ends[number][0], parent), (ends[number][1], child)


def _path_to_lab(link: Link) -> str:
    """How the lab of a link is found: its own key, or that of its parent."""
    names = {found.name for found in link.model._meta.get_fields()}
    return "lab" if "lab" in names else f"{link.parent if link.parent != SELF else link.child}__lab"


def _by_model(keys: Collection[Key]) -> dict[type[Model], list[Any]]:
    grouped: dict[type[Model], list[Any]] = defaultdict(list)
    for model, pk in sorted(keys, key=lambda key: (key[0]._meta.label, key[1])):
        grouped[model].append(pk)
    return grouped
