"""What the thread picture is made of: knots in ten columns, strands between them, and the layout that both pictures share.

Pure geometry; knows no database and no request. Lengths are in the units of the drawing's viewBox.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from zlib import crc32

from medskapa.ground.ledger.registry import STAGES

COLUMNS = len(STAGES)
LISTEN, BACK = 0, COLUMNS - 1


@dataclass(frozen=True, slots=True)
class Knot:
    """One artefact, or what a reader may not see of one stage, drawn as a knot with a count."""

    id: str
    column: int
    title: str
    url: str = ""
    note: str = ""
    count: int = 1  # a knot that stands for several
    is_few: bool = False  # stands for 1 to 4, which is not said outside the team
    is_on: bool = False  # on the way that is followed
    is_start: bool = False
    is_stump: bool = False  # withdrawn: counted, never shown
    is_more: bool = False  # stands for those that the picture has no room for
    gives_way: bool = False  # to the artefact of its stage that it is linked with
    bears_demo_mark: bool = False

    @property
    def is_story(self) -> bool:
        """Whether it stands for what somebody told: statements are heard in the same stage, but are the lab's own words."""
        return self.column == LISTEN and not self.gives_way

    @property
    def stage(self) -> str:
        """The stage of its column."""
        return STAGES[self.column]

    @property
    def anchor(self) -> str:
        """Its name within the page."""
        return "t-" + self.id.replace(":", "-").replace(".", "-")

    @property
    def strands(self) -> int:
        """How many lines leave it: one for each person's story, always three for "a few", one for statements."""
        return 1 if self.gives_way else 3 if self.is_few else self.count


@dataclass(frozen=True, slots=True)
class Strand:
    """A line from an artefact to what it became."""

    parent: str
    child: str


@dataclass(slots=True)
class Threads:
    """The whole graph to draw, with what follows from it."""

    knots: dict[str, Knot]
    strands: list[Strand]
    parents: dict[str, list[str]] = field(init=False)
    children: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.parents, self.children = defaultdict(list), defaultdict(list)
        for strand in self.strands:
            self.parents[strand.child].append(strand.parent)
            self.children[strand.parent].append(strand.child)

    def in_column(self, column: int) -> list[Knot]:
        """The knots of one stage, those on the followed way first, else as they came."""
        return sorted((knot for knot in self.knots.values() if knot.column == column), key=lambda knot: not knot.is_on)

    def is_on(self, strand: Strand) -> bool:
        """Whether both ends lie on the followed way."""
        return self.knots[strand.parent].is_on and self.knots[strand.child].is_on

    def stories_behind(self) -> dict[str, int]:
        """For each knot, how many stories lead to it. Loops end: each story counts once for each knot."""
        behind: dict[str, int] = defaultdict(int)
        for story in self.in_column(LISTEN):
            if story.is_story:
                for reached in self._reached_from(story.id):
                    behind[reached] += story.strands
        return behind

    def reach(self, knot: str) -> int:
        """The furthest column that anything grown from this knot has come to."""
        return max(self.knots[reached].column for reached in self._reached_from(knot))

    def _reached_from(self, start: str) -> set[str]:
        seen, todo = {start}, [start]
        while todo:
            for child in self.children[todo.pop()]:
                if child not in seen:
                    seen.add(child)
                    todo.append(child)
        return seen


def order_by_parents(knots: list[Knot], threads: Threads, places: dict[str, float]) -> list[Knot]:
    """The knots of one column, those on the way first and of them those that came furthest, so that one line runs through;
    else by the mean place of their parents (barycentre ordering).

    Source: Sugiyama, Tagawa & Toda (1981), Methods for visual understanding of hierarchical system structures.
    """

    def place(knot: Knot) -> tuple[bool, bool, int, float, str]:
        furthest = -threads.reach(knot.id) if knot.is_on else 0
        return not knot.is_on, knot.is_more, furthest, mean_place(knot.id, threads, places), knot.id

    return sorted(knots, key=place)


def mean_place(knot: str, threads: Threads, places: dict[str, float], default: float = 0.0) -> float:
    """The mean place of a knot's parents that are placed already."""
    known = [places[parent] for parent in threads.parents[knot] if parent in places]
    return sum(known) / len(known) if known else default


def thickness(stories: int) -> float:
    """How thick the followed line is where this many stories have joined: thicker is more people, up to 5."""
    return round(min(5.0, 1.5 + 0.62 * stories**0.5), 1)


def in_lines(title: str, width: int, lines: int) -> list[str]:
    """A title broken between words into at most this many lines of about this many signs; what is left out ends in "…"."""
    words, found = title.split(), [""]
    for word in words:
        longer = f"{found[-1]} {word}".strip()
        if len(longer) <= width or not found[-1]:
            found[-1] = longer
        else:
            found.append(word)
    if len(found) > lines:
        found = [*found[: lines - 1], _cut(f"{found[lines - 1]}…", width)]
    return [_cut(line, width + 4) for line in found]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip(" …") + "…"


def jitter(knot: str, salt: int, spread: float) -> float:
    """A small offset that is the same each time for the same knot, between minus and plus ``spread``."""
    return (crc32(f"{salt} {knot}".encode()) / 0xFFFFFFFF * 2 - 1) * spread


def contracted(knots: dict[str, Knot], strands: list[Strand]) -> Threads:
    """The graph with one knot where two of one stage follow each other: an application gives way to its decision, a
    statement to the stories it came from. Several that stand together, since the reader may not see them, give way to one
    knot only; where there are more they are left out, and the links past them remain. What the page is about always stays.
    """
    winners = _winners(knots, strands)
    gone = {loser: found for loser, found in winners.items() if len(found) == 1 or knots[loser].count == 1}
    kept = {knot_id: knot for knot_id, knot in knots.items() if knot_id not in winners}
    between = {(loser, winner) for loser, found in winners.items() for winner in found}
    moved = {
        Strand(parent, child)
        for strand in strands
        if not between & {(strand.parent, strand.child), (strand.child, strand.parent)}
        for parent in gone.get(strand.parent, {strand.parent})
        for child in gone.get(strand.child, {strand.child})
    }
    drawn = (strand for strand in moved if strand.parent != strand.child and strand.parent in kept and strand.child in kept)
    return Threads(kept, sorted(drawn, key=lambda strand: (strand.parent, strand.child)))


def _winners(knots: dict[str, Knot], strands: list[Strand]) -> dict[str, set[str]]:
    """For each knot that gives way, to which."""
    found: dict[str, set[str]] = defaultdict(set)
    for strand in strands:
        ends = knots[strand.parent], knots[strand.child]
        loser, winner = ends if ends[0].gives_way else ends[::-1]
        if ends[0].column == ends[1].column and loser.gives_way and not winner.gives_way and not loser.is_start:
            found[loser.id].add(winner.id)
    return found


def pruned(threads: Threads, more: Callable[[int], str], *, beside: int, on: int | None = None) -> Threads:
    """The graph with at most so many knots ``beside`` the followed way, and ``on`` it, in each stage after the stories.

    Those stay that came furthest, and what the page is about; what is left out stands together as one knot, which ``more`` names.
    """
    gone: dict[str, str] = {}
    kept = dict(threads.knots)
    for column in range(LISTEN + 1, COLUMNS):
        for is_on, most in ((True, on), (False, beside)):
            left_out = _left_out(threads, column, is_on, most)
            if left_out:
                count = sum(knot.count for knot in left_out)
                name = f"more:{column}:{'on' if is_on else 'beside'}"
                kept[name] = Knot(name, column, more(count), count=count, is_on=is_on, is_more=True)
                gone |= {knot.id: name for knot in left_out}
    strands = {Strand(gone.get(strand.parent, strand.parent), gone.get(strand.child, strand.child)) for strand in threads.strands}
    drawn = sorted((strand for strand in strands if strand.parent != strand.child), key=lambda strand: (strand.parent, strand.child))
    return Threads({knot_id: knot for knot_id, knot in kept.items() if knot_id not in gone}, drawn)


def _left_out(threads: Threads, column: int, is_on: bool, most: int | None) -> list[Knot]:
    """What does not fit; a single one always does, since its place would be taken by the word for it."""
    found = [knot for knot in threads.in_column(column) if knot.is_on == is_on]
    if most is None or len(found) <= most + 1:
        return []
    return sorted(found, key=lambda knot: (not knot.is_start, -threads.reach(knot.id), knot.id))[most:]
