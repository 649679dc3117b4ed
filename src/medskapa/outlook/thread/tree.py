"""The thread as a nested list: the same knots as in the picture, each once; where the thread loops, a pointer back."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from medskapa.outlook.thread.drawing import LISTEN, Knot, Threads


@dataclass(slots=True)
class Branch:
    """One item of the list and what hangs below it; the names are those of the component ``tree``."""

    stage: str
    title: str
    link: str = ""
    meta: str = ""
    on: bool = False
    id: str = ""
    demo: bool = False
    children: list["Branch"] = field(default_factory=list)


def branches(threads: Threads) -> tuple[list[Branch], list[Branch]]:
    """The thread from what grew straight out of stories: the followed way, and what begins beside it.

    A loop ends in a link to where it came from.
    """
    seen: set[str] = set()
    later = [knot for knot in threads.knots.values() if knot.column != LISTEN]
    roots = [knot for knot in later if all(threads.knots[parent].column == LISTEN for parent in threads.parents[knot.id])]
    ordered = [*sorted(roots, key=_order), *sorted(later, key=_order)]
    found = [_branch(knot, threads, seen) for knot in ordered if knot.id not in seen]
    return [branch for branch in found if branch.on], [branch for branch in found if not branch.on]


def _order(knot: Knot) -> tuple[bool, int]:
    return not knot.is_on, knot.column


def stories(threads: Threads) -> list[Branch]:
    """What was told at the start of the followed way."""
    return [_item(knot) for knot in threads.in_column(LISTEN) if knot.is_on]


def _branch(knot: Knot, threads: Threads, seen: set[str]) -> Branch:
    if knot.id in seen:
        return Branch(knot.stage, knot.title, link=f"#{knot.anchor}", meta=_("see above"), on=knot.is_on, demo=knot.bears_demo_mark)
    seen.add(knot.id)
    branch = _item(knot)
    children = sorted((threads.knots[child] for child in threads.children[knot.id]), key=_order)
    branch.children = [_branch(child, threads, seen) for child in children if child.column != LISTEN]
    return branch


def _item(knot: Knot) -> Branch:
    return Branch(knot.stage, knot.title, knot.url, knot.note, knot.is_on, knot.anchor, knot.bears_demo_mark)
