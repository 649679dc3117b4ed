"""What may be shown of a story beside its words, so that nobody can tell by it whose it is: only what five tellers or more share.

This is the one place that decides it for everybody beyond the team, in pages, lists and quotes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from medskapa.ground.safeguarding.disclosure import FEWEST, is_few
from medskapa.stages.listening.models import Reach
from medskapa.stages.listening.reach import from_here_on

STEPS = ("year", "half", "is_foreign", "language", "prompt")  # what is said first is held back last
AUDIENCES = (Reach.LAB.value, Reach.REPORTS.value, Reach.PUBLIC.value)  # each reads a part of what the one before reads
BATCH = 3 * FEWEST  # tellers: with fewer hardly anything is shared by five, with more one waits longer


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is known of a story; None for what is held back. Never the day, nor anything of its teller."""

    year: int | None = None
    half: tuple[int, int] | None = None  # the year, and its first or second half
    is_foreign: bool | None = None  # told in another language than the lab's own
    language: str | None = None
    prompt: int | None = None  # the question that it answers; no question looks like one that is held back


NOTHING = Attributes()


@dataclass(frozen=True, slots=True)
class Told:
    """A story that went out, as far as coarsening needs to know it."""

    story: int
    teller: int
    attributes: Attributes
    reach: str  # the farthest of the audiences that read it now; empty if none does any more


def coarsened(told: Iterable[Told], *, to: str) -> dict[int, Attributes]:
    """What this audience sees of each story of a lab; nothing of those that are left out.

    All that is seen of a story, taken together, is seen of five tellers or more. That holds within each batch of stories, in the order
    in which they went out. So what comes newly changes nothing of what was there, and is itself five tellers' or nothing.

    ``told``  every story of the lab that ever went out, in that order
    """
    return {story: seen for batch in _batches(told) for story, seen in _seen_by(to, batch).items()}


def _batches(told: Iterable[Told]) -> Iterator[list[Told]]:
    """The stories by fifteen tellers at a time; those after the last fifteen wait. Who is taken back keeps their place."""
    batch: list[Told] = []
    for one in told:
        batch.append(one)
        if _tellers(batch) >= BATCH:
            yield batch
            batch = []


def _seen_by(to: str, batch: list[Told]) -> dict[int, Attributes]:
    """Whoever reads less sees no more of it than those before: else what is left between the two would be told apart."""
    seen: dict[int, Attributes] = {}
    for audience in AUDIENCES[: AUDIENCES.index(to) + 1]:
        there = [one for one in batch if one.reach in from_here_on(audience)]
        seen = dict(_told_apart(there, NOTHING, STEPS))
        batch = [replace(one, attributes=seen[one.story]) for one in there]
    return seen


def _told_apart(alike: list[Told], shown: Attributes, steps: Sequence[str]) -> Iterator[tuple[int, Attributes]]:
    """From coarse to fine: stories that look alike so far, told apart by one thing more wherever that leaves nobody among few."""
    if not steps or _tellers(alike) < FEWEST:
        yield from ((one.story, shown) for one in alike)
        return
    parts, rest = _parts(alike, steps[0])
    for value, part in parts:
        yield from _told_apart(part, replace(shown, **{steps[0]: value}), steps[1:])
    yield from _told_apart(rest, shown, steps[1:])


def _parts(alike: list[Told], name: str) -> tuple[list[tuple[Any, list[Told]]], list[Told]]:
    """Those that may be told apart by this, the largest part first, and the rest: nobody, or five tellers and more."""
    by_value: dict[Any, list[Told]] = defaultdict(list)
    for one in alike:
        by_value[getattr(one.attributes, name)].append(one)
    rest = by_value.pop(None, [])
    parts = sorted(by_value.items(), key=lambda part: (-_tellers(part[1]), str(part[0])))
    while parts and (_tellers(parts[-1][1]) < FEWEST or is_few(_tellers(rest))):
        rest = rest + parts.pop()[1]
    return parts, rest


def _tellers(stories: Collection[Told]) -> int:
    return len({one.teller for one in stories})
