"""How likely each application is among the best, when chance in the scores, strictness and the spread of applications are all uncertain.

Applications are taken as drawn from one normal distribution, so that who stands out is expected to have been lucky, too; jurors may be as
strict as they like (where applications fall into groups that share no juror, jurors are taken as drawn from one distribution as well). The
share of luck in a mean score is uniform between 0 and 1 before the scores are seen (Daniels, 1999, A prior for the variance in hierarchical
models, Canadian Journal of Statistics 27); given it, everything else is known exactly, and worlds are drawn from that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.optimize import minimize_scalar

Floats = NDArray[np.float64]
STEPS = 64  # of the share of luck


@dataclass(frozen=True)
class Judged:
    """Scores and their weights, both (applications, jurors), and how tightly jurors hold together.

    hold  the variance of a score over that of the jurors' severity; 0: they may be as strict as they like
    """

    scores: Floats
    weights: Floats
    hold: float = 0.0

    def at(self, luck: float) -> "World":
        """What follows if this share of a mean score is luck."""
        of_rows, of_columns = self.weights.sum(axis=1), self.weights.sum(axis=0)
        shrink = float(of_rows.mean()) * luck / (1 - luck)
        deviations = np.where(self.weights > 0, self.scores - self.scores[self.weights > 0].mean(), 0.0)
        sums = self.weights * deviations
        shares = self.weights / (of_rows + shrink)[:, None]
        size = len(of_columns)
        information = np.diag(of_columns + self.hold) - self.hold / size - self.weights.T @ shares
        factor = cho_factor(information, lower=True)
        severities = cho_solve(factor, sums.sum(axis=0) - shares.T @ sums.sum(axis=1))
        rows = (sums.sum(axis=1) - self.weights @ severities) / (of_rows + shrink)
        squares = float((sums * deviations).sum() - rows @ sums.sum(axis=1) - severities @ sums.sum(axis=0))
        freedom = int((self.weights > 0).sum()) - (1 if self.hold else size)
        fit = len(of_rows) * np.log(shrink) - np.log(of_rows + shrink).sum() - 2 * np.log(np.diag(factor[0])).sum()
        return World(shares, shrink, severities, rows, factor, squares, freedom, float(fit - freedom * np.log(squares)) / 2)


@dataclass(frozen=True)
class World:
    """Given the share of luck: severities and applications, and how well that explains the scores (``log_fit``).

    shrink   the variance of a score over that of the applications
    squares  over ``freedom``: the variance of a score
    """

    shares: Floats
    shrink: float
    severities: Floats
    rows: Floats
    factor: tuple[Floats, bool]
    squares: float
    freedom: int
    log_fit: float


def spread(judged: Judged) -> float:
    """The standard deviation of the applications themselves, by residual maximum likelihood; 0 where chance explains all differences."""
    found: Any = minimize_scalar(lambda luck: -judged.at(luck).log_fit, bounds=(1e-9, 1 - 1e-9), method="bounded", options={"xatol": 1e-10})
    world = judged.at(float(found.x))
    return float(np.sqrt(world.squares / world.freedom / world.shrink)) if found.x < 1 - 1e-6 else 0.0


def chances(judged: Judged, top: int, rng: np.random.Generator, draws: int) -> Floats:
    """(applications,) The chance of each to be among the ``top`` best; they sum to ``top``."""
    hits = np.zeros(len(judged.scores))
    for drawn in _worlds(judged, rng, draws):
        best = np.argpartition(-drawn, top - 1, axis=1)[:, :top]
        hits += np.bincount(best.ravel(), minlength=len(hits))
    return hits / draws


def certain(rows: Floats, top: int) -> Floats:
    """(applications,) The same where nothing is left to chance: 1 or 0, and for equal ones at the line the places shared out."""
    line = np.sort(rows)[-top]
    is_above, is_at = rows > line, rows == line
    found: Floats = is_above + is_at * (top - is_above.sum()) / is_at.sum()
    return found


def _worlds(judged: Judged, rng: np.random.Generator, draws: int) -> Iterator[Floats]:
    """(some, applications) Applications as they may be, drawn for one share of luck after the other."""
    worlds = [judged.at((step + 0.5) / STEPS) for step in range(STEPS)]
    fits = np.exp(np.array([world.log_fit for world in worlds]) - max(world.log_fit for world in worlds))
    for world, count in zip(worlds, rng.multinomial(draws, fits / fits.sum()), strict=True):
        if count:
            scale = np.sqrt(world.squares / rng.chisquare(world.freedom, count))[:, None]
            off = solve_triangular(world.factor[0].T, rng.standard_normal((len(world.severities), count))).T
            own = rng.standard_normal((count, len(world.rows))) / np.sqrt(judged.weights.sum(axis=1) + world.shrink)
            yield world.rows + scale * (own - off @ world.shares.T)
