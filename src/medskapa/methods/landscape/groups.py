"""Who stands with whom: the number of groups, and the group of each person.

For each number of groups the best k-means is sought. Among the numbers whose groups come back when people are drawn anew, that is taken
whose groups are furthest apart. Groups of fewer than five people are never named, and no number is chosen by itself that has one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from medskapa.methods.landscape.axes import Axes
from medskapa.methods.landscape.kmeans import Means, best_means, gridded
from medskapa.methods.landscape.stability import Return, stability
from medskapa.methods.landscape.votes import Floats, Labels, Votes

SMALLEST = 5
"""People in the smallest group that is named. Fewer could be recognised; and of four people who all agree it cannot be said that more
than half of people like them would (the 95 % interval begins at 0.48), of five it can (0.54)."""

HOLDS = 0.5  # adjusted Rand: half way from chance to every group coming back
NUMBERS = (2, 3, 4, 5)  # of groups, that are tried
ALIKE = 0.005  # two silhouettes this close are taken as equal: the more stable number is chosen
EXACT = 2_000  # points; of more, the silhouette is that of the cells of a grid
WORK = 1 << 18  # distances in one piece


@dataclass(frozen=True)
class Grouping:
    """People in k groups.

    labels      (people,) the group of each person, the largest first; -1 for people who gave too few votes
    means       centres, and the inertia
    separation  mean silhouette: 1 where groups are far apart, 0 where they touch
    back        how the groups came back when people were drawn anew
    """

    k: int
    labels: Labels
    means: Means
    separation: float
    back: Return

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many people are in each group."""
        return tuple(int(size) for size in np.bincount(self.labels[self.labels >= 0], minlength=self.k))


def groupings(
    votes: Votes,
    on: Axes,
    where: Floats,
    is_placed: NDArray[np.bool_],
    numbers: tuple[int, ...] = NUMBERS,
    *,
    rng: np.random.Generator,
) -> tuple[Grouping, ...]:
    """The best groups for each number that the people allow, with how far apart they are and how they come back.

    where      (people, 2) positions on the axes
    is_placed  (people,) who is put into groups
    """
    points = where[is_placed]
    different = len(np.unique(points @ (1, 1j)))
    found = {k: best_means(points, np.ones(len(points)), k, rng=rng) for k in numbers if k <= different}
    if not found:
        return ()
    labels = {k: np.full(len(where), -1, dtype=np.int64) for k in found}
    for k, means in found.items():
        labels[k][is_placed] = means.labels(points)
    apart = _separations(points, found)
    back = stability(votes, on, labels, rng=rng)
    return tuple(Grouping(k, labels[k], found[k], apart[k], back[k]) for k in found)


def chosen(tried: tuple[Grouping, ...]) -> Grouping | None:
    """The groups to show, or None if every number has a group that is too small to be named.

    Among the numbers whose groups come back (`HOLDS`): the largest separation; of nearly equal ones that which comes back best. If none
    does: that which comes back best. Of equal ones the smaller number.
    """
    can_be_named = [one for one in tried if min(one.sizes) >= SMALLEST]
    holding = [one for one in can_be_named if one.back.agreement >= HOLDS]
    furthest = max((one.separation for one in holding), default=0.0)
    fit = [one for one in holding if one.separation >= furthest - ALIKE] or can_be_named
    return max(fit, key=lambda one: (one.back.agreement, -one.k), default=None)


def _separations(points: Floats, found: dict[int, Means]) -> dict[int, float]:
    """The mean silhouette for each number of groups (Rousseeuw 1987, Journal of Computational and Applied Mathematics 20)."""
    spots, heads = gridded(points, np.ones(len(points))) if len(points) > EXACT else (points, np.ones(len(points)))
    is_in = {k: means.labels(spots)[:, None] == np.arange(k) for k, means in found.items()}
    sums = _distances(spots, np.hstack(list(is_in.values())) * heads[:, None])
    bounds, apart = np.cumsum([0, *found]), {}
    for number, k in enumerate(found):
        size, mine = heads @ is_in[k], is_in[k]
        to_groups = sums[:, bounds[number] : bounds[number + 1]]
        own = to_groups[mine] / np.maximum(1.0, (size - 1)[mine.argmax(axis=1)])
        other = np.where(mine | (size == 0), np.inf, to_groups / np.maximum(1.0, size)).min(axis=1)
        further = np.maximum(own, other)
        silhouettes = np.where((size[mine.argmax(axis=1)] > 1) & (further > 0), (other - own) / np.where(further > 0, further, 1.0), 0.0)
        apart[k] = float(silhouettes @ heads / heads.sum())
    return apart


def _distances(spots: Floats, weights: Floats) -> Floats:
    """(spots, columns) For each spot, the sums of its distances to all spots, weighted by each column."""
    width = max(1, WORK // len(spots))
    return np.concatenate([cdist(spots[begin : begin + width], spots) @ weights for begin in range(0, len(spots), width)])
