"""A walk along the red thread: from one artefact to all it grew from, to all that grew from it, and to what stands beside them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.chain import name_of
from medskapa.ground.ledger.db.shapes import STAND_IN, Shape, filled_up
from medskapa.ground.ledger.edges import LEVELS, Edges, Key, Pair, edges_of, pairs_beside
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.registry import REGISTRY, STAGES, Moment, Registry, Stage, Text
from medskapa.ground.ledger.sealing import Opened, unseal

NODES = 400


@dataclass(frozen=True, slots=True)
class Node:
    """One artefact as the reader may see it, the stump of a withdrawn one, or all of a stage that the reader may not see.

    ``key`` names it within the walk. ``on_path``: the start grew from it, or it grew from the start; all else stands beside.
    ``level``: how many steps from the start, negative upwards; of things beside, from where they leave the path.
    A hidden node has a stage, a count and nothing else; a stump not even a title. ``gives_way`` is that of its stage in the registry.
    """

    key: str
    stage: str
    on_path: bool
    level: int = 0
    count: int = 1
    title: Text = ""
    address: str = ""
    state: Text = ""
    moment: Moment = None
    place: Text = ""
    is_start: bool = False
    is_stump: bool = False
    is_hidden: bool = False
    gives_way: bool = False
    row: Any = field(default=None, repr=False)  # the artefact, where the reader may see it


@dataclass(frozen=True, slots=True)
class Edge:
    """That ``child`` grew from ``parent``, both keys of nodes. It is on the path if both ends are."""

    parent: str
    child: str
    on_path: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk found: nodes in the order of the stages, edges, and how many artefacts more there were."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    more: int

    def parents_of(self, key: str) -> list[Node]:
        """The nodes that this one grew from, in the order of the stages."""
        wanted = {edge.parent for edge in self.edges if edge.child == key}
        return [node for node in self.nodes if node.key in wanted]

    def children_of(self, key: str) -> list[Node]:
        """The nodes that grew from this one, in the order of the stages."""
        wanted = {edge.child for edge in self.edges if edge.parent == key}
        return [node for node in self.nodes if node.key in wanted]

    def path(self) -> "Walk":
        """The same walk without what stands beside."""
        nodes = tuple(node for node in self.nodes if node.on_path)
        return Walk(nodes, tuple(edge for edge in self.edges if edge.on_path), self.more)


@dataclass(slots=True)
class _Trail:
    """What has been met so far: each artefact once, at its level."""

    path: set[Key] = field(default_factory=set)
    levels: dict[Key, int] = field(default_factory=dict)
    pairs: set[Pair] = field(default_factory=set)
    beyond: set[Key] = field(default_factory=set)

    def take(self, keys: Iterable[Key], level: int) -> set[Key]:
        """Note these artefacts as far as there is room; gives those from which to go on."""
        for key in sorted(keys, key=_order):
            if key in self.levels:
                continue
            if abs(level) > LEVELS or len(self.levels) >= NODES:
                self.beyond.add(key)
            else:
                self.levels[key] = level
        return {key for key in keys if key in self.levels}


def walk(start: Model, actor: Actor, registry: Registry = REGISTRY) -> Walk:
    """Follow the thread from ``start``, at most 12 levels and 400 artefacts, those on the path first.

    Raises NotAllowed if the actor may not see the start, ValueError if it is no artefact of the thread. SQL: one query for the
    links (in a lab of more than 20,000 links one per level), one per model met, one to open sealed titles.
    """
    if type(start) not in registry.stages:
        raise ValueError(f"{type(start).__name__} is not on the thread")
    edges, origin = edges_of(start, registry), (type(start), start.pk)
    trail = _Trail(path={origin}, levels={origin: 0})
    _follow_path(trail, origin, edges)
    _look_beside(trail, edges)
    nodes = _nodes(trail, origin, actor, registry)
    return Walk(tuple(_in_order(nodes.values())), tuple(_edges(trail, nodes)), len(trail.beyond - trail.levels.keys()))


def step(start: Model, actor: Actor, registry: Registry = REGISTRY) -> Walk:
    """The start with what it grew from and what grew from it, one step each way. Raises like ``walk``.

    SQL: one query for the links, one per model met, one to open sealed titles.
    """
    if type(start) not in registry.stages:
        raise ValueError(f"{type(start).__name__} is not on the thread")
    origin = (type(start), start.pk)
    pairs = pairs_beside(start, registry)
    trail = _Trail(path={key for pair in pairs for key in pair} | {origin}, levels={origin: 0}, pairs=pairs)
    trail.take({parent for parent, child in pairs if child == origin}, -1)
    trail.take({child for parent, child in pairs if parent == origin}, 1)
    nodes = _nodes(trail, origin, actor, registry)
    return Walk(tuple(_in_order(nodes.values())), tuple(_edges(trail, nodes)), len(trail.beyond - trail.levels.keys()))


def _follow_path(trail: _Trail, origin: Key, edges: Edges) -> None:
    """Upwards and downwards from the start, level by level."""
    up, down, climbed, descended = {origin}, {origin}, {origin}, {origin}
    for level in range(1, LEVELS + 2):
        pairs = edges.near(up, down)
        trail.pairs |= pairs
        up = trail.take({parent for parent, child in pairs if child in up} - climbed, -level)
        down = trail.take({child for parent, child in pairs if parent in down} - descended, level)
        climbed |= up
        descended |= down
        if not up and not down:
            break
    trail.path |= climbed | descended


def _look_beside(trail: _Trail, edges: Edges) -> None:
    """What else is joined to the path, level by level from it."""
    frontier: set[Key] = set(trail.levels)
    for _level in range(LEVELS):
        pairs = edges.near(frontier, frontier)
        trail.pairs |= pairs
        frontier = _take_beside(trail, pairs)
        if not frontier:
            break


def _take_beside(trail: _Trail, pairs: Collection[Pair]) -> set[Key]:
    known = set(trail.levels)
    steps = {(child, trail.levels[parent] + 1) for parent, child in pairs if parent in known and child not in known}
    steps |= {(parent, trail.levels[child] - 1) for parent, child in pairs if child in known and parent not in known}
    found: set[Key] = set()
    for level in sorted({level for _key, level in steps}, key=abs):
        found |= trail.take({key for key, step in steps if step == level and key not in found}, level)
    return found


def _nodes(trail: _Trail, origin: Key, actor: Actor, registry: Registry) -> dict[Key, Node]:
    """The node of each artefact; those that are hidden share theirs. Raises NotAllowed if the start is hidden."""
    rows = [row for model, stage in registry.stages.items() for row in _rows(model, stage, trail, actor)]
    seen = _opened([row for row in rows if row.is_seen], registry)
    nodes: dict[Key, Node] = {}
    hidden: dict[tuple[Stage, bool], list[Key]] = {}
    for row in rows:
        key, stage = (type(row), row.pk), registry.stages[type(row)]
        on_path, level = key in trail.path, trail.levels[key]
        if key == origin and not row.is_seen:
            raise NotAllowed(secret=True)
        if stage.is_withdrawn(row):
            nodes[key] = Node(name_of(row), stage.name, on_path, level, is_start=key == origin, is_stump=True)
        elif row.is_seen:
            nodes[key] = _seen(seen[key], stage, actor, on_path=on_path, level=level, is_start=key == origin)
        else:
            hidden.setdefault((stage, on_path), []).append(key)
    return nodes | dict(_hidden(hidden, trail))


def _rows(model: type[Model], stage: Stage, trail: _Trail, actor: Actor) -> Iterable[Any]:
    """The artefacts of one model, each with the answer whether the reader may see it. One SQL query, none if there are none."""
    keys = [pk for found, pk in trail.levels if found is model]
    if not keys:
        return []
    wanted = filled_up(keys)
    return _seen_by(actor, stage, len(wanted)).rows(*wanted)


@lru_cache(maxsize=256)
def _seen_by(actor: Actor, stage: Stage, count: int) -> Shape:
    """So many artefacts of a stage, each with the answer whether this reader may see it."""

    def build(*keys: int) -> QuerySet[Any]:
        visible = stage.visible(actor)
        rows = stage.model._base_manager.filter(pk__in=keys).annotate(is_seen=Exists(visible.filter(pk=OuterRef("pk")))).order_by("pk")
        rows.query.select_related = visible.query.select_related
        return rows

    return Shape(build, *range(STAND_IN, STAND_IN + count))


def _opened(rows: list[Any], registry: Registry) -> dict[Key, Any]:
    """Rows by key, those of a stage with sealed titles opened. At most one SQL query."""
    sealed = [row for row in rows if registry.stages[type(row)].opens]
    fields = {name for row in sealed for name in registry.stages[type(row)].opens}
    opened: list[Opened[Any]] = unseal(sealed, only=fields)
    return {(type(row), row.pk): row for row in rows} | {(type(one.row), one.row.pk): one for one in opened}


def _seen(row: Any, stage: Stage, actor: Actor, *, on_path: bool, level: int, is_start: bool) -> Node:
    return Node(
        key=name_of(row),
        stage=stage.name,
        on_path=on_path,
        level=level,
        title=stage.title(row, actor),
        address=stage.address(row),
        state=stage.state(row),
        moment=stage.moment(row, actor),
        place=stage.place(row, actor),
        is_start=is_start,
        gives_way=stage.gives_way,
        row=row,
    )


def _hidden(groups: dict[tuple[Stage, bool], list[Key]], trail: _Trail) -> Iterator[tuple[Key, Node]]:
    """One node for the hidden artefacts of a stage; those that give way apart, since they are not counted with the others."""
    for (stage, on_path), keys in groups.items():
        level = min((trail.levels[key] for key in keys), key=abs)
        kind = f":{stage.model._meta.model_name}" if stage.gives_way else ""
        name = f"hidden:{stage.name}{kind}{'' if on_path else ':beside'}"
        node = Node(name, stage.name, on_path, level, count=len(keys), is_hidden=True, gives_way=stage.gives_way)
        yield from ((key, node) for key in keys)


def _edges(trail: _Trail, nodes: dict[Key, Node]) -> list[Edge]:
    ends = [(nodes[parent], nodes[child]) for parent, child in trail.pairs if parent in nodes and child in nodes]
    edges = {Edge(parent.key, child.key, parent.on_path and child.on_path) for parent, child in ends if parent.key != child.key}
    return sorted(edges, key=lambda edge: (edge.parent, edge.child))


def _in_order(nodes: Collection[Node]) -> list[Node]:
    """By stage, those on the path first, then by level; within one level as they were made."""
    each_once = {node.key: node for node in nodes}.values()
    return sorted(each_once, key=lambda node: (STAGES.index(node.stage), not node.on_path, node.level))


def _order(key: Key) -> tuple[str, Any]:
    return key[0]._meta.label, key[1]
