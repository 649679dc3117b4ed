"""The fairest chances that quotas allow, and the lottery over panels that gives them.

*Leximin*: the smallest chance is as large as it can be, then the next smallest, and so on (Flanigan, Gölz, Gupta, Hennig and Procaccia,
2021, Fair algorithms for selecting citizens' assemblies, Nature 596). *Maximin*: only the smallest chance is made as large as it can be,
then the largest as small as it can be.

People of one kind are interchangeable, so chances belong to kinds. They are first worked out as if a panel could hold parts of people:
a linear programme, whose smallest chance no lottery can beat. Then they are taken apart into whole panels (Carathéodory: take a panel on
the face of the programme where the chances lie, go away from it until a new constraint is met, repeat). Where this succeeds the chances
are proven best. Where a programme's chances belong to no lottery, panels are generated one by one until none would help (column
generation; the last search proves it).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from medskapa.methods.panel.committees import NEAR, Committees, Counts

TIGHT = 1e-7
GAP = 0.5  # any panel on the face will do; one near the largest sum takes more out at once
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Lottery:
    """Panels and how likely each is.

    panels   (panels, kinds)  how many people of each kind are on a panel
    weights  (panels,)        between 0 and 1, sum 1
    chances  (kinds,)         of one person of a kind to be drawn
    bound    no lottery gives everybody who can be drawn at all more than this
    """

    panels: Counts
    weights: NDArray[np.float64]
    chances: NDArray[np.float64]
    bound: float


def fairest(committees: Committees, *, only_smallest: bool = False, progress: Progress | None = None) -> Lottery:
    """The lottery with the leximin chances, or (``only_smallest``) with maximin ones. Raises NoPanel.

    >>> from medskapa.methods.panel.pool import Pool, Quota
    >>> town, village = Quota("place", "town", 1, 1), Quota("place", "village", 1, 1)
    >>> pool = Pool((town, village), {"a": {"place": "town"}, "b": {"place": "town"}, "c": {"place": "village"}})
    >>> [round(float(chance), 6) for chance in fairest(Committees(pool, size=2)).chances]  # of a person in town, and in the village
    [0.5, 1.0]
    """
    tell = progress or _tell_nobody
    first = committees.best(np.zeros_like(committees.pool.counts))
    wanted, levels = _relaxed(committees, only_smallest=only_smallest)
    panels = _taken_apart(committees, wanted, tell)
    weights = _weights(np.array(panels), wanted) if panels else None
    if weights is None:
        return _generated(committees, [*panels, first], only_smallest=only_smallest, tell=tell)
    return _lottery(committees, np.array(panels), weights, bound=min(level for level in levels if level > TIGHT))


def _relaxed(committees: Committees, *, only_smallest: bool) -> tuple[Counts, list[float]]:
    """(kinds,) How many of each kind are drawn on average in the fairest relaxed lottery; and the levels of chances, rising."""
    counts = committees.pool.counts
    settled = np.full(len(counts), np.nan)
    levels: list[float] = []
    while np.isnan(settled).any():
        level, tight, drawn = _raise_open(committees, settled)
        levels.append(level)
        if only_smallest and level > TIGHT:
            return _lower_largest(committees, np.where(np.isnan(settled), level, settled)), levels
        settled[tight] = level
    return drawn, levels


def _raise_open(committees: Committees, settled: NDArray[np.float64]) -> tuple[float, NDArray[np.bool_], Counts]:
    """Raise the smallest chance of the kinds that are not settled; gives it, which of them can have no more, and what is drawn."""
    counts, kinds = committees.pool.counts, len(committees.pool.counts)
    is_open = np.isnan(settled)
    own = np.hstack([-np.eye(kinds), np.where(is_open, counts, 0)[:, None]])  # level × count − drawn ≤ 0
    matrix = np.hstack([committees.matrix, np.zeros((len(committees.least), 1))])
    found = linprog(
        np.append(np.zeros(kinds), -1.0),
        A_ub=np.vstack([own, matrix[1:], -matrix[1:]]),
        b_ub=np.concatenate([np.where(is_open, 0, -(np.nan_to_num(settled) - NEAR) * counts), committees.most[1:], -committees.least[1:]]),
        A_eq=matrix[:1],
        b_eq=committees.least[:1],
        bounds=[*((0, count) for count in counts), (0, 1)],
        method="highs-ds",
    )
    level = float(found.x[-1])
    tight = is_open & (found.ineqlin.marginals[:kinds] < -NEAR)
    if not tight.any():  # the level itself can go no higher: everybody is drawn
        tight = is_open & (found.x[:kinds] <= (level + TIGHT) * counts)
    return level, tight, np.asarray(found.x[:kinds], dtype=np.float64)


def _lower_largest(committees: Committees, floor: NDArray[np.float64]) -> Counts:
    """With everybody's chance at its floor or above: the largest chance made as small as it can be; gives what is drawn."""
    counts, kinds = committees.pool.counts, len(committees.pool.counts)
    matrix = np.hstack([committees.matrix, np.zeros((len(committees.least), 1))])
    found = linprog(
        np.append(np.zeros(kinds), 1.0),
        A_ub=np.vstack([np.hstack([np.eye(kinds), -counts[:, None]]), matrix[1:], -matrix[1:]]),
        b_ub=np.concatenate([np.zeros(kinds), committees.most[1:], -committees.least[1:]]),
        A_eq=matrix[:1],
        b_eq=committees.least[:1],
        bounds=[*((max(0.0, low - NEAR) * count, count) for low, count in zip(floor, counts, strict=True)), (0, 1)],
        method="highs-ds",
    )
    return np.asarray(found.x[:kinds], dtype=np.float64)


def _taken_apart(committees: Committees, wanted: Counts, tell: Progress) -> list[Counts]:
    """Panels whose mixture gives what is wanted; fewer where no panel lies on the face any more."""
    matrix, counts = committees.matrix, committees.pool.counts
    panels: list[Counts] = []
    rest, weight = wanted.copy(), 1.0
    while weight > NEAR and len(panels) < 2 * len(counts) + len(matrix):
        rows = matrix @ rest
        panel = committees.within(
            rest / counts,
            np.where(counts - rest < TIGHT, counts, 0),
            np.where(rest < TIGHT, 0, counts),
            np.where(committees.most - rows < TIGHT, committees.most, committees.least),
            np.where(rows - committees.least < TIGHT, committees.least, committees.most),
            gap=GAP,
        )
        if panel is None:
            break
        panels.append(panel)
        share = _share(panel, rest, counts, matrix @ panel, rows, committees)
        if share > 1 - TIGHT:
            break
        rest = np.clip((rest - share * panel) / (1 - share), 0, counts)
        weight *= 1 - share
        tell(len(panels))
    return panels


def _share(panel: Counts, rest: Counts, counts: Counts, panel_rows: Counts, rows: Counts, committees: Committees) -> float:
    """How much of a panel can be taken out of the rest so that what remains still keeps all constraints."""
    room = np.concatenate([rest, counts - rest, rows - committees.least, committees.most - rows])
    taken = np.concatenate([panel, counts - panel, panel_rows - committees.least, committees.most - panel_rows])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(taken > TIGHT, np.maximum(room, 0) / taken, np.inf)
    return float(min(1.0, ratios.min()))


def _weights(panels: Counts, wanted: Counts) -> NDArray[np.float64] | None:
    """(panels,) How likely each panel must be so that the mixture is what is wanted; None if none is near enough."""
    number, kinds = panels.shape
    found = linprog(
        np.append(np.zeros(number), 1.0),
        A_ub=np.vstack([np.hstack([-panels.T, -np.ones((kinds, 1))]), np.hstack([panels.T, -np.ones((kinds, 1))])]),
        b_ub=np.concatenate([-wanted, wanted]),
        A_eq=np.append(np.ones(number), 0.0)[None, :],
        b_eq=[1.0],
        bounds=(0, None),
        method="highs",
    )
    return np.asarray(found.x[:-1], dtype=np.float64) if found.x is not None and found.x[-1] < TIGHT else None


def _generated(committees: Committees, panels: list[Counts], *, only_smallest: bool, tell: Progress) -> Lottery:
    """Column generation: settle level after level, each time adding panels until none would raise it."""
    counts = committees.pool.counts
    settled = np.full(len(counts), np.nan)
    known = list({panel.tobytes(): panel for panel in panels}.values())
    bound = 0.0
    while np.isnan(settled).any():
        weights, level, prices, worth = _master(np.array(known), counts, settled)
        best = committees.best(prices / counts)
        if float(prices / counts @ best) > worth + TIGHT and not any((best == panel).all() for panel in known):
            known.append(best)
            tell(len(known))
            continue
        bound = level if bound <= TIGHT else bound
        if only_smallest and level > TIGHT:
            break
        tight = np.isnan(settled) & (prices > NEAR)
        settled[tight if tight.any() else np.isnan(settled)] = level
    return _lottery(committees, np.array(known), weights, bound=bound)


def _master(panels: Counts, counts: Counts, settled: NDArray[np.float64]) -> tuple[NDArray[np.float64], float, NDArray[np.float64], float]:
    """The best mixture of panels: its weights, smallest open chance, what a chance of each kind is worth, and what a panel must beat."""
    is_open = np.isnan(settled)
    found = linprog(
        np.append(np.zeros(len(panels)), -1.0),
        A_ub=np.hstack([-(panels / counts).T, is_open[:, None].astype(np.float64)]),
        b_ub=np.where(is_open, 0, -(np.nan_to_num(settled) - NEAR)),
        A_eq=np.append(np.ones(len(panels)), 0.0)[None, :],
        b_eq=[1.0],
        bounds=(0, None),
        method="highs-ds",
    )
    prices = -np.asarray(found.ineqlin.marginals, dtype=np.float64)
    return np.asarray(found.x[:-1], dtype=np.float64), float(found.x[-1]), prices, float(-found.eqlin.marginals[0])


def _lottery(committees: Committees, panels: Counts, weights: NDArray[np.float64], *, bound: float) -> Lottery:
    used = weights > NEAR
    panels, weights = panels[used], weights[used] / weights[used].sum()
    order = np.lexsort(panels.T[::-1])
    panels, weights = panels[order], weights[order]
    return Lottery(panels, weights, weights @ panels / committees.pool.counts, bound)


def _tell_nobody(done: int) -> None:
    """Nobody waits for news."""
