"""A jury's scores, made comparable: strict and mild jurors, wide and narrow use of the scale, and how sure the order is.

The score of a review is what the application is worth, less the juror's severity, plus chance; worths and severities are found by least
squares (``facets``), without any pull to the middle. So an adjusted score is what the application would have got on average if the whole
jury had read it, in the units of the scores. This is the linear sibling of Linacre's many-facet model (1989, Many-facet Rasch measurement):
scores of several criteria are averaged before it, which leaves few steps to be uneven, and what all jurors give the highest score still has
a finite worth. Chance is counted for a whole review: that a juror who likes an application scores all its criteria high does not make them
many witnesses.

Where the data bear it, jurors' use of the scale is evened out first (``stretch``). Chances to be among the best come from ``chances``.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from medskapa.methods.calibration import chances
from medskapa.methods.calibration.caveats import LEAST_FREEDOM, groups_of, warnings_of
from medskapa.methods.calibration.facets import Facets, fitted
from medskapa.methods.calibration.fit import jurors_of, surprises
from medskapa.methods.calibration.jury import Jury
from medskapa.methods.calibration.order import applications_of, ordered, rounded
from medskapa.methods.calibration.results import Calibration, Juror
from medskapa.methods.calibration.stretch import evened, stretches
from medskapa.methods.errors import MethodError

Floats = NDArray[np.float64]
DRAWS = 10_000  # worlds; a chance is then known to within 0.01


def calibrate(jury: Jury, rng: np.random.Generator, *, top: int | None = None, confidence: float = 0.95, draws: int = DRAWS) -> Calibration:
    """Adjust the scores of a jury, and say what can be said of chance in them.

    top  asks for the chance of each application to be among so many best

    Raises MethodError for a ``top`` below 1, or not below the number of applications.

    >>> from medskapa.methods.calibration.jury import jury_of
    >>> strict = [("Ada", name, "all", score) for name, score in (("a", 2), ("b", 3), ("c", 1), ("d", 2))]
    >>> mild = [("Bo", name, "all", score) for name, score in (("a", 4), ("b", 5), ("c", 3), ("e", 5))]
    >>> third = [("Cy", name, "all", score) for name, score in (("a", 3), ("b", 4), ("d", 3), ("e", 4))]
    >>> found = calibrate(jury_of(strict + mild + third), np.random.default_rng(0))
    >>> [(one.name, one.raw, round(one.adjusted, 3)) for one in found.applications]
    [('b', 4.0, 4.0), ('e', 4.5, 4.0), ('a', 3.0, 3.0), ('d', 2.5, 3.0), ('c', 2.0, 2.0)]
    >>> [(juror.name, round(juror.severity, 3)) for juror in found.jurors]
    [('Ada', 1.0), ('Cy', 0.0), ('Bo', -1.0)]
    """
    if top is not None and not 0 < top < len(jury.applications):
        raise MethodError(f"the best {top} are asked for, expected a number from 1 to {len(jury.applications) - 1}")
    facets = fitted(jury.scores, jury.weights)
    if facets.freedom < LEAST_FREEDOM:
        return _as_given(jury, facets)
    case = _case(jury, facets)
    hits = None if top is None else case.chances(top, rng, draws)
    return _told(case, hits, top, confidence)


@dataclass(frozen=True)
class _Case:
    """A jury whose scores can be adjusted: scores as if all used the scale alike, their effects, and each juror's stretch."""

    jury: Jury
    scores: Floats
    facets: Facets
    stretch: Floats

    @property
    def between(self) -> float:
        """The variance of severities, from groups in which jurors can be compared; 0 where all are in one."""
        facets = self.facets
        free = len(facets.columns) - facets.groups
        if facets.groups == 1:
            return 0.0
        return max(0.0, float((facets.columns**2).sum() - facets.variance * np.trace(facets.inverse)) / free)

    def covariance(self) -> Floats:
        """(applications, applications) Of adjusted scores. Groups are compared as if their jurors had been drawn from one pool."""
        facets = self.facets
        jurors = np.bincount(facets.column_groups)[facets.row_groups]
        together = facets.row_groups[:, None] == facets.row_groups[None, :]
        found: Floats = facets.variance * facets.row_covariance() + together * self.between / jurors
        return found

    def reach(self, confidence: float) -> float:
        """How many standard errors an interval reaches to each side."""
        severities = len(self.facets.columns) - self.facets.groups
        freedom = self.facets.freedom if self.facets.groups == 1 else min(self.facets.freedom, severities)
        return float(stdtrit(freedom, 0.5 + confidence / 2))

    def chances(self, top: int, rng: np.random.Generator, draws: int) -> Floats:
        """(applications,) The chance of each to be among so many best."""
        facets = self.facets
        if not facets.squares:
            return chances.certain(rounded(self.jury, facets.rows), top)
        hold = facets.variance / max(self.between, facets.variance * 1e-6) if facets.groups > 1 else 0.0
        return chances.chances(chances.Judged(self.scores, facets.weights, hold), top, rng, draws)

    def spread(self) -> float:
        """The standard deviation of what applications are worth."""
        if not self.facets.squares:
            return float(np.std(self.facets.rows, ddof=1))
        return chances.spread(chances.Judged(self.scores, self.facets.weights))


def _case(jury: Jury, facets: Facets) -> _Case:
    stretch = stretches(jury.scores, facets)
    if stretch is None:
        return _Case(jury, jury.scores, facets, np.ones(len(jury.jurors)))
    scores = evened(jury.scores, facets, stretch)
    freedom = facets.freedom - int((stretch != 1).sum()) + 1
    return _Case(jury, scores, replace(fitted(scores, jury.weights), freedom=freedom), stretch)


def _told(case: _Case, hits: Floats | None, top: int | None, confidence: float) -> Calibration:
    jury, facets, covariance, reach = case.jury, case.facets, case.covariance(), case.reach(confidence)
    variances = np.diag(covariance)
    apart = reach * np.sqrt(np.maximum(variances[:, None] + variances[None, :] - 2 * covariance, 0.0))
    before, after = ordered(jury, rounded(jury, jury.raw)), ordered(jury, rounded(jury, facets.rows))
    spread, pairs = case.spread(), _of_pairs(covariance)
    efficiency = _of_pairs(np.diag(1 / facets.weights.sum(axis=1))) / _of_pairs(facets.row_covariance())
    return Calibration(
        applications=applications_of(jury, facets.rows, reach * np.sqrt(variances), apart, hits),
        jurors=jurors_of(jury, facets, case.stretch, reach),
        groups=groups_of(jury, facets),
        warnings=warnings_of(jury, facets, efficiency),
        is_adjusted=True,
        uses_stretch=bool((case.stretch != 1).any()),
        order_changes=before != after,
        comes_in=_names(jury, set(after[:top]) - set(before[:top])) if top else (),
        goes_out=_names(jury, set(before[:top]) - set(after[:top])) if top else (),
        chance_size=float(np.sqrt(facets.variance)),
        spread=spread,
        reliability=spread**2 / (spread**2 + pairs / 2) if spread or pairs else None,
        efficiency=efficiency,
        severities_by_chance=facets.columns_are_alike(),
        surprises=surprises(jury, facets, case.stretch),
    )


def _as_given(jury: Jury, facets: Facets) -> Calibration:
    """Where strictness and worth cannot be told from each other: the raw scores, and openly nothing else."""
    jurors = tuple(Juror(name, int((jury.weights[:, place] > 0).sum())) for place, name in enumerate(jury.jurors))
    return Calibration(applications_of(jury, jury.raw), jurors, groups_of(jury, facets), warnings_of(jury, facets, None))


def _of_pairs(covariance: Floats) -> float:
    """The mean variance of the difference of two."""
    size = len(covariance)
    return float(2 * (size * np.trace(covariance) - covariance.sum()) / (size * (size - 1)))


def _names(jury: Jury, numbers: set[int]) -> tuple[str, ...]:
    return tuple(jury.applications[number] for number in sorted(numbers))
