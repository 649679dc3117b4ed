"""Reads along the thread: the picture of an artefact's thread, its nested list, and the echoes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.labs.wordings import worded, wording_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.edges import LEVELS, Key, edges_of
from medskapa.ground.ledger.registry import REGISTRY, STAGES
from medskapa.ground.ledger.sealing import Opened, unseal
from medskapa.ground.ledger.walk import Node, Walk, step, walk
from medskapa.ground.safeguarding.disclosure import is_few
from medskapa.ground.web import moments
from medskapa.outlook.thread.drawing import BACK, Knot, Strand, Threads, contracted
from medskapa.outlook.thread.models import Echo, EchoHearer
from medskapa.outlook.thread.words import echoes_title, hidden_title, stump_title
from medskapa.stages.cocreation.models import Prototype
from medskapa.stages.listening.models import Story
from medskapa.stages.pilots.models import Adoption
from medskapa.stages.selection.models import Decision

CALLED_BY: dict[type[Model], str] = {Decision: "application"}  # these have no title of their own


def thread_of(start: Any, *, reader: Actor, language: str) -> tuple[Threads, Walk]:
    """The graph around an artefact, as this reader may see it. Raises NotAllowed.

    SQL: those of ``ledger.walk``, one for wordings, two for echoes.
    """
    found = walk(start, reader)
    knots = {node.key: knot for node, knot in zip(found.nodes, _knots(found.nodes, start.lab, reader, language), strict=True)}
    strands = [Strand(edge.parent, edge.child) for edge in found.edges]
    _add_echoes(knots, strands, found, start.lab, reader)
    return contracted(knots, strands), found


def one_step(start: Any, *, reader: Actor, language: str) -> tuple[list[Knot], list[Knot]]:
    """What an artefact grew from and what it became, one step each way. SQL: those of ``ledger.step`` and one for wordings."""
    found = step(start, reader)
    origin = next(node.key for node in found.nodes if node.is_start)
    knots = {node.key: knot for node, knot in zip(found.nodes, _knots(found.nodes, start.lab, reader, language), strict=True)}
    return [knots[node.key] for node in found.parents_of(origin)], [knots[node.key] for node in found.children_of(origin)]


def _knots(nodes: Iterable[Node], lab: Lab, reader: Actor, language: str) -> list[Knot]:
    found = list(nodes)
    rows = [node.row for node in found if node.row is not None]
    placed = [row.gathering for row in rows if isinstance(row, Prototype) and row.gathering]
    worded([*map(_named, rows), *placed, *(row.pilot for row in rows if isinstance(row, Adoption))], language)
    return [_knot(node, lab, reader) for node in found]


def _knot(node: Node, lab: Lab, reader: Actor) -> Knot:
    column = STAGES.index(node.stage)
    if node.is_hidden:
        few = not reader.is_team and is_few(node.count)
        title = hidden_title(node.stage, node.count, is_few=few, gives_way=node.gives_way)
        told = Knot(node.key, column, title, count=node.count, is_few=few, is_on=node.on_path, gives_way=node.gives_way)
        return replace(told, bears_demo_mark=lab.is_demo)
    if node.is_stump:
        return Knot(node.key, column, stump_title(), is_on=node.on_path, is_start=node.is_start, is_stump=True)
    return Knot(
        node.key,
        column,
        title=_title(node),
        url=node.address,
        note=_note(node),
        is_on=node.on_path,
        is_start=node.is_start,
        gives_way=node.gives_way,
        bears_demo_mark=bool(getattr(node.row, "bears_demo_mark", False)),
    )


def _title(node: Node) -> str:
    wording = wording_of(_named(node.row), "title")
    return wording.text if wording else str(node.title)


def _named(row: Any) -> Any:
    """The row whose title an artefact is called by: its own, or the one that it is about."""
    plain = row.row if isinstance(row, Opened) else row
    return getattr(plain, CALLED_BY[type(plain)]) if type(plain) in CALLED_BY else plain


def _note(node: Node) -> str:
    """What it is, where, and when; a place may be somebody's words, which turn nothing beside them."""
    moment = moments.month(node.moment) if isinstance(node.moment, date) else str(node.moment or "")
    place = _place(node)
    parts = (str(node.state), format_html("<bdi>{}</bdi>", place) if place else "", moment)
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def _place(node: Node) -> str:
    """Where it is, or on which day; of an adoption what is taken on there: in the language of the page."""
    wording = None
    if isinstance(node.row, Adoption):
        wording = wording_of(node.row.pilot, "title")
    elif isinstance(node.row, Prototype):
        wording = wording_of(node.row.gathering, "name")
    return wording.text if wording else str(node.place)


def told_back(found: Walk, lab: Lab, reader: Actor) -> tuple[Knot | None, list[str]]:
    """All that was told back along the followed way, as one knot, and the nodes that it hangs from: the last ones it tells of.

    Two SQL queries.
    """
    on_path = {node.row.public_id: node for node in found.nodes if node.on_path and node.row is not None}
    told = dict(Echo.objects.filter(subject__in=list(on_path)).values_list("pk", "subject"))
    people = EchoHearer.objects.filter(echo__in=list(told)).aggregate(people=Count("pseudonym", distinct=True))["people"] if told else 0
    if not people:
        return None, []
    few = not reader.is_team and is_few(people)
    last = max(STAGES.index(on_path[subject].stage) for subject in told.values())
    ends = sorted({on_path[subject].key for subject in told.values() if STAGES.index(on_path[subject].stage) == last})
    return Knot("echoes", BACK, echoes_title(people, is_few=few), count=len(told), is_on=True, bears_demo_mark=lab.is_demo), ends


def _add_echoes(knots: dict[str, Knot], strands: list[Strand], found: Walk, lab: Lab, reader: Actor) -> None:
    """What was told back hangs from what it tells of."""
    told, ends = told_back(found, lab, reader)
    if told is not None:
        knots["echoes"] = told
        strands.extend(Strand(end, "echoes") for end in ends)


def tellers_behind(start: Model, *, lab: Lab) -> list[Pseudonym]:
    """Those whose stories lead to an artefact and who can be told what became of it. Opens no story.

    SQL: one query for the links (in a lab of more than 20,000 links one per level), one for the tellers.
    """
    told = Story.objects.filter(lab=lab, pk__in=[pk for model, pk in _ancestors(start) if model is Story]).exclude(
        state=Story.State.WITHDRAWN
    )
    tellers = Pseudonym.objects.filter(stories__in=told, stopped_at__isnull=True)
    return list(tellers.distinct().order_by("pk"))


def _ancestors(start: Model) -> set[Key]:
    """All that an artefact grew from, itself included."""
    edges = edges_of(start, REGISTRY)
    frontier: set[Key] = {(type(start), start.pk)}
    found = set(frontier)
    for _level in range(LEVELS):
        frontier = {parent for parent, _child in edges.near(frontier, ())} - found
        found |= frontier
        if not frontier:
            break
    return found


def echoes_for(pseudonym: Pseudonym) -> list[EchoHearer]:
    """What was told back to one teller, oldest first. One SQL query."""
    return list(pseudonym.echoes_heard.select_related("echo__lab").order_by("echo__sent_at", "pk"))


def visible_echoes(lab: Lab, *, reader: Actor) -> QuerySet[Echo]:
    """Echoes of a lab, newest first: all for the team, for a teller their own. With how many hear and have read them. One SQL query."""
    echoes = lab.echoes.select_related("made_by").annotate(
        hearer_count=Count("hearers"), read_count=Count("hearers", filter=Q(hearers__read_at__isnull=False))
    )
    if not reader.is_team:
        echoes = echoes.filter(hearers__pseudonym__public_id=reader.key) if reader.kind == "pseudonym" else echoes.none()
    return echoes.order_by("-sent_at", "-pk")


def artefact_of(lab: Lab, kind: str, public_id: str) -> Any:
    """The artefact of the thread with this kind (its model's name) and id, or None. One SQL query."""
    model = next((model for model in REGISTRY.stages if model._meta.model_name == kind), None)
    return model._base_manager.select_related("lab").filter(lab=lab, public_id=public_id).first() if model else None


def title_of(row: Model, *, reader: Actor, language: str) -> str:
    """What an artefact is called, in this language if it is worded in it. One SQL query, one more where its title is sealed."""
    stage = REGISTRY.stages[type(row)]
    worded([_named(row)], language)
    wording = wording_of(_named(row), "title")
    return wording.text if wording else str(stage.title(unseal(row, only=stage.opens) if stage.opens else row, reader))


def latest_by_stage(lab: Lab, *, reader: Actor, language: str, most: int = 6) -> list[tuple[str, list[Knot]]]:
    """The latest artefacts of each stage but the first that the reader may see, furthest stage first: ways into the thread.

    SQL: one per kind of artefact, one for wordings.
    """
    rows: list[tuple[str, Any]] = []
    for _model, stage in REGISTRY.stages.items():
        if stage.name not in ("listen", "back"):
            rows += [(stage.name, row) for row in stage.visible(reader).filter(lab=lab).select_related("lab").order_by("-pk")[:most]]
    worded([_named(row) for _stage, row in rows], language)
    by_stage: dict[str, list[Knot]] = {stage: [] for stage in reversed(STAGES)}
    for stage_name, row in rows:
        stage = REGISTRY.stages[type(row)]
        wording = wording_of(_named(row), "title")
        title = wording.text if wording else str(stage.title(row, reader))
        by_stage[stage_name].append(
            Knot(
                row.public_id,
                STAGES.index(stage_name),
                title,
                url=thread_address(row),
                note=str(stage.state(row)),
                bears_demo_mark=row.bears_demo_mark,
            )
        )
    return [(stage_name, knots) for stage_name, knots in by_stage.items() if knots]


def thread_address(row: Any) -> str:
    """The page with the thread picture of an artefact."""
    return reverse("thread:thread", kwargs={"lab": row.lab.slug, "kind": row._meta.model_name, "subject": row.public_id})
