"""How far a picture of groups would come back if other people of the same kind had voted.

People are drawn anew, with replacement, as many as there were; axes and groups are found from those alone; then everybody is placed, and
it is counted whether those who stood together stand together again. The axes are sought among the strongest directions of all people,
so that two of them that are nearly as strong may change places. Of more than 50,000 people so many are taken first, by lot: what is
said of them is a little too cautious. Sources: Hennig (2007), Cluster-wise assessment of cluster stability,
Computational Statistics & Data Analysis 52; Hubert and Arabie (1985), Comparing partitions, Journal of Classification 2.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.landscape.axes import Axes, axes, positions
from medskapa.methods.landscape.kmeans import gridded, rough_means
from medskapa.methods.landscape.votes import Floats, Labels, Votes

AGAIN, AGAIN_OF_MANY, FEW = 16, 8, 2_000  # times that people are drawn anew: up to so many people, and of more
MOST = 50_000  # people
ROUGH, BINS = 0.03, 20  # axes and grid: what counts is the mean of many draws


@dataclass(frozen=True)
class Return:
    """How a number of groups came back, on the mean of all draws.

    together   of two people in one group, how often they were in one group again: between 0 and 1
    agreement  adjusted Rand index: 1 where all groups came back, 0 where no more than by chance
    """

    together: float
    agreement: float


def stability(votes: Votes, on: Axes, grouped: Mapping[int, Labels], *, rng: np.random.Generator) -> dict[int, Return]:
    """How each number of groups comes back.

    on       the axes of the votes
    grouped  for each number of groups (people,) the group of each person, negative for those who are in none
    """
    some = votes.some(MOST, rng=rng)
    if some is not votes:
        chosen = np.searchsorted(votes.people, some.people)
        votes, grouped = some, {k: labels[chosen] for k, labels in grouped.items()}
    people, is_in = len(votes.people), next(iter(grouped.values())) >= 0
    before = {k: labels[is_in] for k, labels in grouped.items()}
    found: dict[int, list[Return]] = {k: [] for k in grouped}
    for _time in range(AGAIN if people <= FEW else AGAIN_OF_MANY):
        heads = np.bincount(rng.integers(people, size=people), minlength=people).astype(np.float64)
        where = positions(votes, axes(votes, weights=heads, near=on, precision=ROUGH))[is_in]
        again = _grouped(where, heads[is_in], tuple(grouped), rng)
        for k, labels in before.items():
            found[k].append(compared(labels, again[k]))
    return {k: Return(*np.mean([(one.together, one.agreement) for one in all_], axis=0).tolist()) for k, all_ in found.items()}


def _grouped(where: Floats, heads: Floats, numbers: tuple[int, ...], rng: np.random.Generator) -> dict[int, Labels]:
    """Everybody in the groups that those make who were drawn; all in one group where these are too much alike."""
    is_drawn = heads > 0
    found = dict.fromkeys(numbers, np.zeros(len(where), dtype=np.int64))
    if not is_drawn.any():
        return found
    spots, weights = gridded(where[is_drawn], heads[is_drawn], BINS)
    possible = [k for k in numbers if k <= len(spots)]
    again = rough_means(spots, weights, possible, rng=rng) if possible else {}
    return found | {k: means.labels(where) for k, means in again.items()}


def compared(before: Labels, after: Labels) -> Return:
    """How two ways to put the same people into groups agree.

    >>> compared(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 1]))
    Return(together=0.5, agreement=0.0)
    """
    groups = int(after.max()) + 1
    table = np.bincount(before * groups + after, minlength=(int(before.max()) + 1) * groups).reshape(-1, groups)
    both, first, second = _pairs(table), _pairs(table.sum(axis=1)), _pairs(table.sum(axis=0))
    every = _pairs(np.array([len(before)]))
    chance = first * second / every if every else 0.0
    highest = (first + second) / 2
    return Return(both / first if first else 1.0, (both - chance) / (highest - chance) if highest != chance else 1.0)


def _pairs(heads: NDArray[np.integer]) -> float:
    return float((heads * (heads - 1)).sum() / 2)
