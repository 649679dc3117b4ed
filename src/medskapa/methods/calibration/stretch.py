"""How much of the scale each juror uses: some score from 2 to 4 where others score from 1 to 5.

A juror's score is their own stretch times (the application less their severity plus chance): a ruler with wider or narrower units.
Stretches are looked for that make the scores most likely, each juror's residual counted over its own degrees of freedom, with a normal
prior on their logarithms (about 95 % of jurors within a factor of two), so that a juror with few or equal scores is not stretched far.
Nobody's voice weighs less for it: a juror who disagrees stays as loud as the others.

They are used only where the data bear it: jurors with enough reviews, and scores that would be as much likelier by chance alone less than
once in a hundred times (likelihood ratio). Else everybody's stretch is 1.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import chdtrc

from medskapa.methods.calibration.facets import Facets

Floats = NDArray[np.float64]
LEAST_REVIEWS = 8  # below that a juror's stretch is known to no better than about a quarter (one over the root of twice as many)
PRIOR = np.log(2) / 2  # standard deviation of log stretch
RARE = 0.01


def stretches(scores: Floats, facets: Facets) -> Floats | None:
    """(jurors,) How much wider each juror's differences are than the others', on geometric mean 1; None where the data don't bear it."""
    is_free = (facets.weights > 0).sum(axis=0) >= LEAST_REVIEWS
    if is_free.sum() < 2 or facets.freedom < is_free.sum() + 2 or not facets.squares:
        return None
    products = _products(scores, facets)
    freedoms = np.where(facets.weights > 0, 1 - facets.leverages(), 0.0).sum(axis=0)

    def unlikely(logs: Floats) -> tuple[float, Floats]:
        centred = _centred(logs, is_free)
        value, slope = _unlikely(centred, products, freedoms)
        slope = np.where(is_free, slope + centred / PRIOR**2, 0.0)
        return value + float((centred**2).sum()) / (2 * PRIOR**2), np.where(is_free, slope - slope[is_free].mean(), 0.0)

    logs = _centred(minimize(unlikely, np.zeros(len(is_free)), jac=True, method="BFGS", options={"gtol": 1e-9}).x, is_free)
    gain = 2 * (_unlikely(np.zeros(len(logs)), products, freedoms)[0] - _unlikely(logs, products, freedoms)[0])
    return np.exp(logs) if chdtrc(int(is_free.sum()) - 1, max(0.0, gain)) < RARE else None


def evened(scores: Floats, facets: Facets, stretch: Floats) -> Floats:
    """(applications, jurors) The scores as if everybody used the scale alike; what a juror gives an average application stays."""
    middle = facets.columns + facets.rows.mean()
    found: Floats = np.where(facets.weights > 0, middle + (scores - middle) / stretch, 0.0)
    return found


def _centred(logs: Floats, is_free: NDArray[np.bool_]) -> Floats:
    return np.where(is_free, logs - logs[is_free].mean(), 0.0)


def _unlikely(logs: Floats, products: Floats, freedoms: Floats) -> tuple[float, Floats]:
    """Minus the logarithm of the likelihood, and its slope. Stretched back, the sum of squares left is a quadratic form."""
    back = np.exp(-logs)
    across = products @ back
    left, freedom = float(back @ across), float(freedoms.sum())
    return freedom / 2 * np.log(left) + float(freedoms @ logs), freedoms - freedom * back * across / left


def _products(scores: Floats, facets: Facets) -> Floats:
    """(jurors, jurors) What is left of each juror's scores, and of nobody else's, by both facets: sums of products of two jurors'."""
    weights, shares = facets.weights, facets.shares
    means = (weights * scores).sum(axis=0) / weights.sum(axis=0)
    deviations = np.where(weights > 0, scores - means, 0.0)
    sums = weights * deviations
    across = shares.T @ sums
    found: Floats = (
        np.diag((sums * deviations).sum(axis=0)) - sums.T @ (sums / weights.sum(axis=1, keepdims=True)) - across.T @ facets.inverse @ across
    )
    return found
