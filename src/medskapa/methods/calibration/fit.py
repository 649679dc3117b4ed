"""How jurors fit together: their severity, and whose scores, and which single ones, are unlike the others'."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc, stdtr

from medskapa.methods.calibration.facets import Facets
from medskapa.methods.calibration.jury import Jury
from medskapa.methods.calibration.results import Juror, Surprise

Floats = NDArray[np.float64]
UNLIKE = 0.05  # that any juror of a jury, or any review, is called unlike the others when none is
LEAST_OTHERS = 3  # degrees of freedom of the others' residuals, below which nobody is called unlike them
FITTED = 1e-9  # a score with less freedom of its own is only what it is fitted to


def jurors_of(jury: Jury, facets: Facets, stretch: Floats, reach: float) -> tuple[Juror, ...]:
    """The jurors, the strictest first; ``reach`` standard errors to both sides of a severity."""
    errors = np.sqrt(facets.variance * np.diag(facets.inverse).clip(min=0)) * reach
    infit, outfit, is_unlike = _fits(facets)
    found = [
        Juror(
            name,
            int((facets.weights[:, place] > 0).sum()),
            float(-facets.columns[place]),
            float(-facets.columns[place] - errors[place]),
            float(-facets.columns[place] + errors[place]),
            float(stretch[place]),
            infit[place],
            outfit[place],
            is_unlike[place],
        )
        for place, name in enumerate(jury.jurors)
    ]
    unit = facets.range or 1.0
    return tuple(sorted(found, key=lambda juror: (-round((juror.severity or 0.0) / unit, 9), juror.name)))


def surprises(jury: Jury, facets: Facets, stretch: Floats) -> tuple[Surprise, ...]:
    """Reviews that all the others together would make as unlikely as one in twenty juries has any (Bonferroni over the reviews)."""
    left = 1 - facets.leverages()
    if not facets.squares or facets.freedom <= LEAST_OTHERS:
        return ()
    own = np.where(left > FITTED, facets.weights * facets.residuals**2 / np.maximum(left, FITTED), 0.0)
    others = np.maximum(facets.squares - own, facets.squares * 1e-12) / (facets.freedom - 1)
    by_chance = 2 * stdtr(facets.freedom - 1, -np.sqrt(own / others))
    expected = jury.scores - stretch * facets.residuals / np.maximum(left, FITTED)
    found = np.argwhere(by_chance < UNLIKE / jury.reviews)
    return tuple(
        Surprise(jury.jurors[juror], jury.applications[place], float(jury.scores[place, juror]), float(expected[place, juror]))
        for place, juror in sorted(found.tolist(), key=lambda at: (jury.jurors[at[1]], jury.applications[at[0]]))
    )


def _fits(facets: Facets) -> tuple[list[float | None], list[float | None], list[bool | None]]:
    """Infit, outfit and whether unlike, for each juror."""
    is_there = facets.weights > 0
    left = np.where(is_there, 1 - facets.leverages(), 0.0)
    squares = facets.weights * facets.residuals**2
    infit: list[float | None] = []
    outfit: list[float | None] = []
    is_unlike: list[bool | None] = []
    for place in range(len(facets.columns)):
        is_free = left[:, place] > FITTED
        own, freedom = float(squares[is_free, place].sum()), float(left[is_free, place].sum())
        if not facets.squares or not is_free.any():
            infit, outfit, is_unlike = [*infit, None], [*outfit, None], [*is_unlike, None]
            continue
        infit.append(own / freedom / facets.variance)
        outfit.append(float((squares[is_free, place] / left[is_free, place]).mean()) / facets.variance)
        is_unlike.append(_is_unlike(own, freedom, facets))
    return infit, outfit, is_unlike


def _is_unlike(own: float, freedom: float, facets: Facets) -> bool | None:
    """Whether a juror's residuals are larger than the others' (F test, Bonferroni over jurors). Of two neither can be named."""
    others = facets.freedom - freedom
    if others < LEAST_OTHERS or len(facets.columns) <= 2:
        return None
    ratio = own / freedom / max((facets.squares - own) / others, facets.variance * FITTED)
    return bool(fdtrc(freedom, others, ratio) < UNLIKE / len(facets.columns))
