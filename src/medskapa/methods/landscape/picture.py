"""What may be said of a conversation, and how it is said: votes, hung in a frame of axes and groups."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.landscape.axes import Axes, positions
from medskapa.methods.landscape.groups import SMALLEST
from medskapa.methods.landscape.kmeans import nearest
from medskapa.methods.landscape.statements import Representative, Shared, Tally, bridging, consensus, representative, tallies
from medskapa.methods.landscape.votes import Floats, Ids, Labels, Votes

FEW, SHARE = 7, 0.05  # people, and of those placed: a group with less is to be taken with care

CAUTIONS = {
    "alike": "everybody who voted on a statement said the same: there is nothing that could tell people apart",
    "few_people": "too few votes to tell: {0} people gave at least {1} votes, and two groups of {2} need {3}",
    "few_votes": "too few votes to tell: the answers hang together no more than answers by lot may ({0:.1f} standard errors; {1:g} needed)",
    "no_number": "no groups are shown: for every number of groups that was tried, one would have fewer than {0} people",
    "shaky": "the groups are shaky: of two people in one group, {0:.0%} are in one group again when people are drawn anew",
    "small": "group {0} has {1} people, which is few: take what is said of it with care",
    "unnamed": "{0} people are in groups of fewer than {1}, which are not shown",
}


@dataclass(frozen=True)
class Caution:
    """Something to know before the picture is believed: one of the kinds in `CAUTIONS`, and its numbers. As text: in English."""

    kind: str
    numbers: tuple[float, ...] = ()

    def __str__(self) -> str:
        return CAUTIONS[self.kind].format(*self.numbers)


@dataclass(frozen=True)
class Group:
    """A group of at least five people, and what it says unlike the others."""

    id: int
    size: int
    representative: tuple[Representative, ...]


@dataclass(frozen=True)
class Positions:
    """Where people lie: (people,) ids, (people, 2) on the two axes, (people,) the id of their group, -1 for none."""

    people: Ids
    xy: Floats
    groups: Labels


@dataclass(frozen=True)
class Landscape:
    """What may be said of a conversation.

    participants        people who voted; placed: those of them with votes enough to be put into groups
    statements, votes   that were voted on, and the votes that count
    explained_variance  how much of all differences lies along each of the two axes
    k                   how many groups were found, those too small to be named included; 0 if none may be told
    groups              those of at least five people
    consensus           what most of everybody say
    bridging            what every group says
    stability           of two people in one group, how often they are in one group again when people are drawn anew; None without groups
    cautions            what to know before the picture is believed
    """

    participants: int
    placed: int
    statements: int
    votes: int
    explained_variance: tuple[float, float]
    k: int
    groups: tuple[Group, ...]
    consensus: tuple[Shared, ...]
    bridging: tuple[Shared, ...]
    stability: float | None
    positions: Positions
    cautions: tuple[Caution, ...]


@dataclass(frozen=True)
class Frame:
    """What a picture hangs in.

    min_votes     of a person who is put into a group
    on            the axes
    centres, ids  (k, 2) and (k,) of the groups
    stability     how the groups came back when they were chosen
    cautions      what was found then
    """

    min_votes: int
    on: Axes
    centres: Floats
    ids: tuple[int, ...]
    stability: float | None
    cautions: tuple[Caution, ...]


def told(votes: Votes, frame: Frame) -> Landscape:
    """What may be said of votes in a frame: everybody placed, groups counted, statements chosen."""
    where, is_placed = positions(votes, frame.on), votes.given >= frame.min_votes
    labels = _labels(where, is_placed, frame.centres)
    inside = tallies(votes, labels, len(frame.ids))
    sizes = np.bincount(labels[labels >= 0], minlength=len(frame.ids))
    named = np.flatnonzero(sizes >= SMALLEST)
    speaking, of_named = representative(votes, inside), Tally(inside.said[:, named], inside.voted[named])
    names = tuple(frame.ids[group] for group in named)
    groups = [Group(frame.ids[group], int(sizes[group]), speaking[group]) for group in named]
    return Landscape(
        participants=len(votes.people),
        placed=int(is_placed.sum()),
        statements=len(votes.statements),
        votes=len(votes),
        explained_variance=(float(frame.on.explained[0]), float(frame.on.explained[1])),
        k=len(frame.ids),
        groups=tuple(sorted(groups, key=lambda group: group.id)),
        consensus=consensus(votes, of_named, names),
        bridging=bridging(votes, of_named, names),
        stability=frame.stability,
        positions=Positions(votes.people, where, _named(labels, frame.ids, sizes)),
        cautions=(*frame.cautions, *_small(groups, sizes)),
    )


def _labels(where: Floats, is_placed: NDArray[np.bool_], centres: Floats) -> Labels:
    labels = np.full(len(where), -1, dtype=np.int64)
    if len(centres):
        labels[is_placed] = nearest(where[is_placed], centres)
    return labels


def _named(labels: Labels, ids: tuple[int, ...], sizes: NDArray[np.int64]) -> Labels:
    """(people,) The id of the group of each person, -1 where there is none or it is too small."""
    shown = np.append(np.where(sizes >= SMALLEST, np.array(ids, dtype=np.int64), -1), -1)
    return shown[labels]


def _small(groups: list[Group], sizes: NDArray[np.int64]) -> list[Caution]:
    placed, unnamed = int(sizes.sum()), int(sizes[sizes < SMALLEST].sum())
    small = [Caution("small", (group.id, group.size)) for group in groups if group.size < max(FEW, SHARE * placed)]
    return [*small, Caution("unnamed", (unnamed, SMALLEST))] if unnamed else small
