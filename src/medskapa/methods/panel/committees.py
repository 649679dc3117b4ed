"""The panels that quotas allow, as numbers of people of each kind."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from medskapa.methods.errors import MethodError
from medskapa.methods.panel.pool import Pool, Quota

Counts = NDArray[np.float64]
NEAR = 1e-9


class NoPanel(MethodError):
    """No panel keeps all quotas. ``clash`` is a smallest set of quotas that cannot hold together: without any one of them the rest can."""

    def __init__(self, size: int, clash: Sequence[Quota]) -> None:
        said = "; ".join(str(quota) for quota in clash)
        super().__init__(f"no panel of {size} keeps all quotas; these cannot hold together: {said}; expected quotas that the pool can fill")
        self.size, self.clash = size, tuple(clash)


@dataclass(frozen=True)
class Committees:
    """All panels of one size from a pool. A panel is (kinds,) how many people of each kind are on it."""

    pool: Pool
    size: int

    @property
    def matrix(self) -> Counts:
        """(1 + quotas, kinds) The first row counts everybody, each further one the people of a quota."""
        return np.vstack([np.ones(len(self.pool.kinds)), self.pool.has])

    @property
    def least(self) -> Counts:
        """(1 + quotas,) The least that each row of the matrix may count."""
        return np.array([self.size, *(quota.least for quota in self.pool.quotas)], dtype=np.float64)

    @property
    def most(self) -> Counts:
        """(1 + quotas,) The most that each row of the matrix may count."""
        return np.array([self.size, *(quota.most for quota in self.pool.quotas)], dtype=np.float64)

    def best(self, wish: Counts) -> Counts:
        """The panel of the largest sum of wishes. Raises NoPanel if there is none at all."""
        found = self.within(wish, np.zeros_like(self.pool.counts), self.pool.counts, self.least, self.most)
        if found is None:
            raise NoPanel(self.size, self._clash())
        return found

    def within(self, wish: Counts, low: Counts, high: Counts, least: Counts, most: Counts, *, gap: float = 0.0) -> Counts | None:
        """The panel of the largest sum of wishes with each kind between low and high, each row between least and most; None for none.

        gap  how far from the largest sum, as a share of it, the search may stop
        """
        found = milp(
            -wish,
            integrality=np.ones_like(wish),
            bounds=Bounds(low, high),
            constraints=LinearConstraint(self.matrix, least, most),
            options={"mip_rel_gap": gap},
        )
        return None if found.x is None else np.round(found.x)

    def _clash(self) -> list[Quota]:
        """Quotas are left out one by one where the others still clash: those that remain cannot hold together, each being needed for it."""
        kept = list(range(1, len(self.pool.quotas) + 1))
        for row in list(kept):
            rest = [other for other in kept if other != row]
            if not self._can_hold(rest):
                kept = rest
        return [self.pool.quotas[row - 1] for row in kept]

    def _can_hold(self, rows: list[int]) -> bool:
        least, most = np.zeros_like(self.least), np.full_like(self.most, len(self.pool.people))
        for row in (0, *rows):
            least[row], most[row] = self.least[row], self.most[row]
        nothing = np.zeros_like(self.pool.counts)
        return self.within(nothing, nothing, self.pool.counts, least, most) is not None
