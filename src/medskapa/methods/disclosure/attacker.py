"""Somebody who reads all that is published and wants to know what is withheld: what is the least, and what the most it can be?

They know every figure that is shown, that every figure is the sum of its parts, that people are counted in whole numbers, and that a
withheld figure counts somebody (unless zeros are withheld, too). All tables that agree with this are equally possible to them. So a
figure is protected as far as there are such tables in which it is another one. Those tables are searched for by linear programming over
whole numbers (HiGHS), and each one found is checked by adding up: the proof that a figure cannot be told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, eye_array

from medskapa.methods.disclosure.figures import Figures, Key
from medskapa.methods.errors import MethodError

HIGHEST = 1000  # a threshold
NEARLY = 1e-6
NEAR_ENOUGH = 0.05  # how much dearer than the cheapest a choice may be
MOST_NODES = 20_000  # a limit that does not hang on how fast the machine is
Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Interval:
    """What an attacker can tell of a figure: at least ``low``, at most ``high``; None where nothing says how many at most."""

    low: int
    high: int | None

    def is_wide(self, width: int) -> bool:
        """Whether ``low`` and ``high`` are at least so far apart."""
        return self.high is None or self.high - self.low >= width


def attack(figures: Figures, withheld: Sequence[Key], *, zeros: bool = False) -> dict[Key, Interval]:
    """What can be told of each figure that is withheld.

    zeros  whether figures of nobody are withheld, too; else a withheld figure is known to count somebody

    >>> from medskapa.methods.disclosure.figures import with_totals
    >>> figures = with_totals(["place", "age"], {("A", "young"): 3, ("A", "old"): 9, ("B", "young"): 7, ("B", "old"): 8})
    >>> attack(figures, [("A", "young")])
    {('A', 'young'): Interval(low=3, high=3)}
    >>> attack(figures, [("A", "young"), ("A", "old"), ("B", "young"), ("B", "old")])["A", "young"]
    Interval(low=1, high=9)
    """
    attacker = Attacker(figures, zeros=zeros)
    is_withheld = np.array([key in set(withheld) for key in figures.keys])
    places = {key: place for place, key in enumerate(figures.keys)}
    return {key: attacker.interval(places[key], is_withheld) for key in withheld}


class Attacker:
    """The figures as an attacker sees them: sums of how many people are of each kind.

    counts      (figures,) the true ones, in the order of the keys
    may_change  (figures,) which of them could be withheld
    """

    def __init__(self, figures: Figures, *, zeros: bool = False, progress: Progress | None = None) -> None:
        kinds = figures.kinds()
        self.counts = figures.numbers()
        self.sums = figures.sums(kinds)
        is_public = np.array([key in figures.public for key in figures.keys])
        self.may_change = ~is_public & (self.counts >= (0 if zeros else 1))
        self._tables: list[Numbers] = []
        self._attacks, self._progress = 0, progress
        self._least = 0 if zeros else 1
        self._most = int(self.counts.sum()) + 2 * HIGHEST  # above all that could be told
        nothing = self._constraints(np.zeros(len(self.counts), dtype=np.bool_))
        objective = np.zeros(len(kinds))
        if self._whole(self._solve(objective, nothing, whole=0), objective, nothing) is None:
            raise MethodError("no people can be counted like this, expected tables that agree with each other")

    def interval(self, figure: int, is_withheld: Mask) -> Interval:
        """The least and the most that a figure can be, if these are withheld."""
        found = self._at_least_wide(figure, is_withheld, 0)
        low, high = found or (int(self.counts[figure]), int(self.counts[figure]))
        is_open = self._row(figure) @ (self.sums[~is_withheld, :].sum(axis=0) == 0) > 0  # people that no figure shown limits
        return Interval(low, None if is_open else high)

    def is_protected(self, figure: int, is_withheld: Mask, width: int) -> bool:
        """Whether the least and the most that a figure can be are so far apart."""
        return self._at_least_wide(figure, is_withheld, width) is not None

    def spread(self, is_withheld: Mask) -> Numbers:
        """(figures,) how far apart each figure lies in the possible tables that were found so far."""
        tables = np.array(self._tables)
        possible = tables[(tables[:, ~is_withheld] == self.counts[~is_withheld]).all(axis=1)]
        spread: Numbers = possible.max(axis=0) - possible.min(axis=0)
        return spread

    def two_tables(self, figure: int, is_withheld: Mask, width: int) -> Mask | None:
        """What must be withheld, too, so that a figure cannot be told closer than this; None if that is impossible.

        Two tables are searched for in which the figure differs by the width, and which differ as little as can be from the true one in what
        is shown so far: what differs is withheld. To withhold a large figure is dearer.
        """
        people, free = self.sums.shape[1], np.flatnonzero(self.may_change & ~is_withheld)
        possible = self._constraints(is_withheld | self.may_change)
        found = milp(
            np.concatenate([np.zeros(2 * people), self.counts[free] + 1.0]),
            integrality=np.concatenate([np.ones(2 * people), np.zeros(len(free))]),
            bounds=Bounds(0, np.concatenate([np.full(2 * people, self._most), np.full(len(free), np.inf)])),
            constraints=self._both_possible(figure, free, width, possible),
            options={"node_limit": MOST_NODES, "mip_rel_gap": NEAR_ENOUGH},
        )
        if found.x is None:
            return None
        tables = [self._checked(found.x[part], possible) for part in (slice(people), slice(people, 2 * people))]
        differs: Mask = np.any([table != self.counts for table in tables if table is not None], axis=0) & ~is_withheld
        return differs

    def _both_possible(self, figure: int, free: NDArray[np.intp], width: int, possible: LinearConstraint) -> LinearConstraint:
        """For the people of two tables, and how far each free figure lies from the true one in either at most."""
        row, shown, far = csr_array(self._row(figure)[np.newaxis]), self.sums[free, :], -eye_array(len(free), format="csr")
        tables = [[self.sums, None, None], [None, self.sums, None], [-row, row, None]]
        distances = [[shown, None, far], [-shown, None, far], [None, shown, far], [None, -shown, far]]
        counts = self.counts[free]
        lower = [possible.lb, possible.lb, [width], np.full(4 * len(free), -np.inf)]
        upper = [possible.ub, possible.ub, [np.inf], counts, -counts, counts, -counts]
        return LinearConstraint(block_array([*tables, *distances], format="csr"), np.concatenate(lower), np.concatenate(upper))

    def _row(self, figure: int) -> NDArray[np.float64]:
        """(kinds,) whose sum a figure is."""
        row: NDArray[np.float64] = self.sums[[figure], :].toarray()[0]
        return row

    def _at_least_wide(self, figure: int, is_withheld: Mask, width: int) -> tuple[int, int] | None:
        """The least and the most that a figure can be, if they are so far apart: first of people in parts, then of whole people."""
        self._attacks += 1
        if self._progress is not None:
            self._progress(self._attacks)
        seen, row = self._constraints(is_withheld), self._row(figure)
        least, most = (self._solve(sign * row, seen, whole=0) for sign in (1.0, -1.0))
        if least is None or most is None or float(row @ (most - least)) < width - NEARLY:
            return None
        tables = self._whole(least, row, seen), self._whole(most, -row, seen)
        low, high = (int(self.counts[figure]) if table is None else int(table[figure]) for table in tables)
        return (low, high) if high - low >= width else None

    def _whole(self, people: NDArray[np.float64] | None, objective: NDArray[np.float64], seen: LinearConstraint) -> Numbers | None:
        """The figures of the best possible table; most often the best one with people in parts has whole people."""
        if people is not None and np.abs(people - np.rint(people)).max(initial=0) > NEARLY:
            people = self._solve(objective, seen, whole=1)
        return None if people is None else self._checked(people, seen)

    def _solve(self, objective: NDArray[np.float64], seen: LinearConstraint, whole: int) -> NDArray[np.float64] | None:
        """(kinds,) how many people are of each kind where the objective is smallest."""
        found = milp(objective, integrality=whole, bounds=Bounds(0, self._most), constraints=seen, options={"node_limit": MOST_NODES})
        people: NDArray[np.float64] | None = found.x
        return people

    def _constraints(self, is_withheld: Mask) -> LinearConstraint:
        """What shows: each figure that is not withheld."""
        lower = np.where(is_withheld & self.may_change, self._least, self.counts).astype(float)
        upper = np.where(is_withheld & self.may_change, self._most, self.counts).astype(float)
        return LinearConstraint(self.sums, lower, upper)

    def _checked(self, people: NDArray[np.float64], seen: LinearConstraint) -> Numbers | None:
        """The figures of a table in whole numbers, if it is really possible."""
        whole = np.rint(people)
        figures: Numbers = np.rint(self.sums @ whole).astype(np.int64)
        if np.any(figures < seen.lb) or np.any(figures > seen.ub) or np.any(whole < 0):
            return None
        self._tables.append(figures)
        return figures
