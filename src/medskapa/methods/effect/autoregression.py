"""Regression whose errors resemble their neighbours in time: by how much is unknown, and nothing is taken for granted about it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import stdtr, stdtrit

Floats = NDArray[np.float64]
STEPS = 64  # of the coefficient of autocorrelation
NOTHING = 1e-10  # of the range of the values: what lies closer to the line lies on it


@dataclass(frozen=True)
class Fit:
    """What is known of the effects, for each step of the coefficient of autocorrelation.

    chances      (steps,)                  how likely the step is, by residual likelihood, all coefficients being as likely before
    effects      (steps, effects)
    covariances  (steps, effects, effects)
    freedom      degrees of freedom of the variance
    """

    chances: Floats
    effects: Floats
    covariances: Floats
    freedom: int

    def estimate(self, weights: Floats) -> float:
        """The weighted sum of effects, on average over the steps."""
        return float(self.chances @ (self.effects @ weights))

    def below(self, weights: Floats, value: float) -> float:
        """How likely it is that the weighted sum lies below a value."""
        middles, errors = self._each(weights)
        return float(self.chances @ stdtr(self.freedom, (value - middles) / errors))

    def interval(self, weights: Floats, confidence: float) -> tuple[float, float]:
        """Between what the weighted sum lies: as likely below as above."""
        middles, errors = self._each(weights)
        reach = float(stdtrit(self.freedom, 0.5 + confidence / 2)) * errors
        lowest, highest = float((middles - reach).min()), float((middles + reach).max())
        wide = highest - lowest
        low, high = (self._where(weights, tail, lowest - wide, highest + wide) for tail in (0.5 - confidence / 2, 0.5 + confidence / 2))
        return low, high

    def _each(self, weights: Floats) -> tuple[Floats, Floats]:
        return self.effects @ weights, np.sqrt(np.einsum("i,kij,j->k", weights, self.covariances, weights))

    def _where(self, weights: Floats, tail: float, lowest: float, highest: float) -> float:
        """Where as much of the chance lies below."""
        found = brentq(lambda value: self.below(weights, value) - tail, lowest, highest, xtol=1e-13 * (highest - lowest))
        return float(found)


def autoregressive(design: Floats, values: Floats, times: NDArray[np.int64]) -> Fit:
    """Fit with errors whose correlation falls by one factor, between -1 and 1, for each step of time.

    design  (points, effects)
    values  (points,)
    times   (points,)  whole steps, rising; steps without a point are allowed for
    """
    freedom = design.shape[0] - design.shape[1]
    least = max(NOTHING * float(np.ptp(values)), 1e-12 * float(np.abs(values).max()), 1e-100) ** 2 * len(values)
    logs, effects, covariances = [], [], []
    for step in range(STEPS):
        factor = -1 + 2 * (step + 0.5) / STEPS
        whitened, scales = _whitened(np.column_stack([design, values]), np.diff(times), factor)
        own, goal = whitened[:, :-1], whitened[:, -1]
        inverse = np.linalg.inv(own.T @ own)
        found = inverse @ (own.T @ goal)
        squares = max(float(((goal - own @ found) ** 2).sum()), least)
        logs.append(float(np.log(scales).sum()) + np.linalg.slogdet(inverse)[1] / 2 - freedom / 2 * np.log(squares))
        effects.append(found)
        covariances.append(inverse * squares / freedom)
    chances = np.exp(np.array(logs) - max(logs))
    return Fit(chances / chances.sum(), np.array(effects), np.array(covariances), freedom)


def newey_west(design: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Effects by ordinary least squares, and their covariance after Newey and West (1987), with the number of lags of their rule (1994).

    returns  (effects,) and (effects, effects); the latter with the correction for few points, n / (n - effects)
    """
    points, size = design.shape
    inverse = np.linalg.inv(design.T @ design)
    effects = inverse @ (design.T @ values)
    scores = design * (values - design @ effects)[:, None]
    lags = int(4 * (points / 100) ** (2 / 9))
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        across = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (across + across.T)
    covariance: Floats = inverse @ middle @ inverse * points / (points - size)
    return effects, covariance


def _whitened(rows: Floats, gaps: NDArray[np.int64], factor: float) -> tuple[Floats, Floats]:
    """Rows less what the row before leads to expect, all of one variance; and by how much each was scaled."""
    falls = factor ** gaps.astype(np.float64)
    scales = np.concatenate([[np.sqrt(1 - factor**2)], np.sqrt((1 - factor**2) / (1 - falls**2))])
    expected = np.vstack([np.zeros(rows.shape[1]), falls[:, None] * rows[:-1]])
    return (rows - expected) * scales[:, None], scales
