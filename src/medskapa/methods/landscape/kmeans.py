"""k-means on the plane: many starts at once, the best one kept.

Finding the best groups is hard in general, and a single start may end far from it. So many starts are made (k-means++, Arthur and
Vassilvitskii 2007, SODA) and moved together. From the best of them the search goes on: one centre is set elsewhere and all are moved again,
as long as that helps (after Lattanzi and Sohler 2019, A better k-means++ algorithm via local search, ICML). Of many points, this is done
on the cells of a grid. The best few that came to different places are then moved by every point, until they rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import cdist

from medskapa.methods.errors import MethodError
from medskapa.methods.landscape.votes import Floats, Labels

STARTS, ROUGH_STARTS = 32, 4
STEPS, SHORT = 300, 12  # at most, and while searching
LAP = 4  # steps of a search, after which the half that is behind is given up
SWAPS, IDLE = 24, 2  # centres set elsewhere in one round of the search; rounds without gain that end it
FAR = 1e9  # on both axes: a centre that nobody is near to
GAIN = 1e-9  # of the inertia: less is rounding
FEW = 500  # points; of more, the starts move on a grid
BINS, COARSE = 48, 36  # of a grid on each side, and of the one that starts move on
LAST, NEAR = 8, 0.003  # starts that are moved by every point: so many at most, fewer of very many points; how much worse than the best
LAST_STEPS = (3, 10)  # of these, where there are very many points: at least, and as many as each should have
MOVES = 600_000  # of points by the last starts
SAME = 1e-5  # of the inertia: starts that differ less ended in the same place
WORK = 1 << 17  # numbers looked at in one piece, so that they stay near the processor


class TooFewPoints(MethodError):
    """There are fewer different points than groups."""

    def __init__(self, groups: int) -> None:
        super().__init__(f"people lie in fewer than {groups} different places, expected at least as many as groups")


@dataclass(frozen=True)
class Means:
    """Groups of points: (k, 2) centres, and the inertia: the sum of squared distances to the nearest one."""

    centres: Floats
    inertia: float

    def labels(self, points: Floats) -> Labels:
        """(points,) The centre that is nearest to each point, the first of equally near ones."""
        return nearest(points, self.centres)


def best_means(points: Floats, weights: Floats, k: int, *, rng: np.random.Generator) -> Means:
    """The best k groups of weighted points that a long search leads to; the largest group first, of equal ones that further left.

    points   (points, 2) at least k different ones
    weights  (points,) how often each point counts; above 0
    k        at least 2

    >>> points = np.array([[0.0, 0.0], [0.0, 1.0], [9.0, 0.0]])
    >>> found = best_means(points, np.ones(3), 2, rng=np.random.default_rng(1))
    >>> found.centres.tolist(), found.inertia, found.labels(points).tolist()
    ([[0.0, 0.5], [9.0, 0.0]], 0.5, [0, 0, 1])

    Raises TooFewPoints where there are fewer than k different points.
    """
    spots, heads = gridded(points, weights, COARSE) if len(points) > FEW else (points, weights)
    centres, cost = _searched(spots, heads, *_moved(spots, heads, _seeds(spots, heads, k, rng, STARTS), SHORT, lap=LAP), rng)
    last = min(LAST, max(1, MOVES // (LAST_STEPS[1] * len(points))))
    centres = centres[_promising(cost)[:last]]
    centres, cost = _moved(points, weights, centres, min(STEPS, max(LAST_STEPS[0], MOVES // (last * len(points)))), lap=LAP)
    best = centres[[int(np.argmin(cost))]]
    sums, _cost = _gathered(_lifted(points), _mass(points, weights), best)
    order = np.lexsort((best[0, :, 1], best[0, :, 0], -sums[0, :, 0]))
    return Means(best[0][order], float(cost.min()))


def rough_means(points: Floats, weights: Floats, numbers: Sequence[int], *, rng: np.random.Generator) -> dict[int, Means]:
    """Good groups for several numbers of groups at once, found fast, in any order: the best of a few starts that are moved a few times.

    Raises TooFewPoints where there are fewer different points than the largest number.
    """
    seeds = _seeds(points, weights, max(numbers), rng, ROUGH_STARTS)
    is_more = np.arange(max(numbers)) >= np.array(numbers)[:, None]
    begin = np.where(is_more[:, None, :, None], FAR, seeds)
    centres, cost = _moved(points, weights, begin.reshape(-1, *seeds.shape[1:]), SHORT)
    best = cost.reshape(len(numbers), -1).argmin(axis=1) + np.arange(len(numbers)) * ROUGH_STARTS
    return {k: Means(centres[one, :k], float(cost[one])) for k, one in zip(numbers, best.tolist(), strict=True)}


def nearest(points: Floats, centres: Floats) -> Labels:
    """(points,) Which of the centres (k, 2) is nearest to each point, the first of equally near ones."""
    found = [_scores(part, centres[None]).argmin(axis=0)[0] for part in _parts(_lifted(points), len(centres))]
    return np.concatenate([np.zeros(0, dtype=np.int64), *found])


def moved_means(points: Floats, near: Floats, *, steps: int) -> Means:
    """Groups that begin at given centres (k, 2) and move to where they are better, so many steps at most; their order stays.

    >>> moved_means(np.array([[0.0, 0.0], [0.0, 1.0], [9.0, 0.0]]), np.array([[8.0, 0.0], [1.0, 1.0]]), steps=5)
    Means(centres=array([[9. , 0. ], [0. , 0.5]]), inertia=0.5)
    """
    centres, cost = _moved(points, np.ones(len(points)), near[None], steps)
    return Means(centres[0], float(cost[0]))


def gridded(points: Floats, weights: Floats, bins: int = BINS) -> tuple[Floats, Floats]:
    """Weighted points gathered in the cells of a grid: (cells, 2) the middle of the points in each cell, (cells,) their weight.

    >>> gridded(np.array([[0.0, 0.0], [0.1, 0.0], [1.0, 1.0]]), np.ones(3), 2)
    (array([[0.05, 0.  ], [1.  , 1.  ]]), array([2., 1.]))
    """
    low, high = points.min(axis=0), points.max(axis=0)
    place = np.minimum(((points - low) / np.where(high > low, high - low, 1.0) * bins).astype(np.int64), bins - 1)
    cell, cells = place[:, 0] * bins + place[:, 1], bins * bins
    heads = np.bincount(cell, weights=weights, minlength=cells)
    used = np.flatnonzero(heads)
    sums = np.column_stack([np.bincount(cell, weights=points[:, axis] * weights, minlength=cells) for axis in (0, 1)])
    return sums[used] / heads[used, None], heads[used].astype(np.float64)


def _seeds(points: Floats, weights: Floats, k: int, rng: np.random.Generator, starts: int) -> Floats:
    """(starts, k, 2) Points drawn one by one, each with a chance that grows with its squared distance to those drawn already."""
    chosen = rng.choice(len(points), size=starts, p=weights / weights.sum())
    centres = points[chosen][:, None]
    apart = np.full((starts, len(points)), np.inf)
    for _more in range(k - 1):
        apart = np.minimum(apart, cdist(centres[:, -1], points, "sqeuclidean"))
        if not apart.any(axis=1).all():
            raise TooFewPoints(k)
        centres = np.concatenate([centres, points[_drawn(apart * weights, rng)][:, None]], axis=1)
    return centres


def _drawn(chances: Floats, rng: np.random.Generator) -> Labels:
    """(rows,) One place in each row, drawn with these chances."""
    reach = np.cumsum(chances, axis=1)
    drawn = (reach <= rng.random((len(reach), 1)) * reach[:, -1:]).sum(axis=1)
    return np.asarray(np.minimum(drawn, chances.shape[1] - 1), dtype=np.int64)


def _searched(points: Floats, weights: Floats, centres: Floats, cost: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """The starts, and what was found from the best of them by setting one centre elsewhere; and what each costs."""
    waited = 0
    while waited < IDLE:
        more, their_cost = _moved(points, weights, _swapped(points, weights, centres[np.argmin(cost)], rng), SHORT, lap=LAP)
        waited = 0 if their_cost.min() < cost.min() * (1 - GAIN) else waited + 1
        centres, cost = np.concatenate([centres, more]), np.concatenate([cost, their_cost])
    return centres, cost


def _swapped(points: Floats, weights: Floats, centres: Floats, rng: np.random.Generator) -> Floats:
    """(swaps, k, 2) The centres with each in turn set on a point that is drawn as the starts are, by its distance to the others."""
    k, swap = len(centres), np.arange(SWAPS)
    apart = cdist(centres, points, "sqeuclidean")
    to_others = np.where(np.eye(k, dtype=np.bool_)[:, :, None], np.inf, apart).min(axis=1)
    found = np.repeat(centres[None], SWAPS, axis=0)
    found[swap, swap % k] = points[_drawn((to_others * weights)[swap % k], rng)]
    return found


def _promising(cost: Floats) -> Labels:
    """The places of starts near the best, from the best on, without those that cost as much as another: they came to the same place."""
    order = np.argsort(cost, kind="stable")
    ranked = cost[order]
    return np.asarray(order[(np.diff(ranked, prepend=-1.0) > SAME * ranked) & (ranked <= (1 + NEAR) * ranked[0])])


def _moved(points: Floats, weights: Floats, centres: Floats, steps: int, *, lap: int = STEPS) -> tuple[Floats, Floats]:
    """(starts, k, 2) Centres after so many steps, or fewer for those that move no more, and (starts,) their inertia.

    lap  after each so many steps, that half of those that still move which costs more is left where it is; the best is never left
    """
    lifted, mass = _lifted(points), _mass(points, weights)
    centres, cost, moving = centres.copy(), np.zeros(len(centres)), np.arange(len(centres))
    for step in range(1, steps + 1):
        before = centres[moving]
        sums, cost[moving] = _gathered(lifted, mass, before)
        heads = sums[:, :, :1]
        after = np.where(heads > 0, sums[:, :, 1:] / np.where(heads > 0, heads, 1), before)
        centres[moving] = after
        goes_on = (after != before).any(axis=(1, 2))
        if step % lap == 0:
            goes_on &= cost[moving] <= np.median(cost[moving])
        moving = moving[goes_on]
        if not moving.size:
            break
    else:
        _sums, cost[moving] = _gathered(lifted, mass, centres[moving])
    return centres, np.maximum((weights @ points**2).sum() + 2 * cost, 0.0)


def _lifted(points: Floats) -> Floats:
    """(3, points) 1, x and y of each point, so that what lies nearest is found by one product."""
    return np.vstack([np.ones(len(points)), points.T])


def _mass(points: Floats, weights: Floats) -> Floats:
    """(points, 3) Weight, and weighted x and y."""
    return np.column_stack([weights, points * weights[:, None]])


def _gathered(lifted: Floats, mass: Floats, centres: Floats) -> tuple[Floats, Floats]:
    """(starts, k, 3) Weight and weighted sums of the points nearest to each centre; (starts,) half the inertia less that of the lengths."""
    starts, k, _plane = centres.shape
    sums, cost, begin = np.zeros((k * starts, 3)), np.zeros(starts), 0
    for part in _parts(lifted, starts * k):
        end = begin + part.shape[1]
        scores = _scores(part, centres)
        best = scores.min(axis=0)
        is_in = scores == best
        if np.count_nonzero(is_in) > best.size:  # a point as near to two centres belongs to the first
            is_in &= np.cumsum(is_in, axis=0) == 1
        cost += best @ mass[begin:end, 0]
        sums += is_in.reshape(k * starts, -1).astype(np.float64) @ mass[begin:end]
        begin = end
    return sums.reshape(k, starts, 3).swapaxes(0, 1), cost


def _scores(lifted: Floats, centres: Floats) -> Floats:
    """(k, starts, points) Half the squared distance to each centre, less half the squared length of the point."""
    starts, k, _plane = centres.shape
    planes = np.concatenate([(centres**2).sum(axis=2, keepdims=True) / 2, -centres], axis=2)
    return (planes.swapaxes(0, 1).reshape(k * starts, 3) @ lifted).reshape(k, starts, -1)


def _parts(lifted: Floats, centres: int) -> list[Floats]:
    width = max(256, WORK // centres)
    return [lifted[:, begin : begin + width] for begin in range(0, lifted.shape[1], width)]
