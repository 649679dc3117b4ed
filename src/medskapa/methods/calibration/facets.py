"""Two facets by least squares: each score is an effect of its row, plus one of its column, plus chance.

With rows for applications and columns for jurors this is Fisher's analysis of incomplete blocks (Fisher, 1940, An examination of the
different possible solutions of a problem in incomplete blocks, Annals of Eugenics 10), as MacKay, Kenna, Low and Parker (2017, Calibration
with confidence, Royal Society Open Science 4, 160760) use it for panels. Effects of columns are solved for first, so that work grows with
rows × columns².
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.special import fdtrc

Floats = NDArray[np.float64]
NOTHING = 1e-9  # of the range of the scores: what is smaller comes from rounding


@dataclass(frozen=True, slots=True)
class Facets:
    """Effects of rows and columns. In each group of rows and columns that hang together the effects of columns sum to 0.

    weights     (rows, columns)  how much each score counts, 0 where there is none
    residuals   (rows, columns)  score minus both effects, 0 where there is none
    row_groups, column_groups    number of the group of each
    inverse     (columns, columns)  variances and covariances of the columns' effects, over the variance of a whole score
    freedom     how many scores there are beyond those that effects need
    columns_ss  sum of squares that the columns' effects explain beyond those of the rows
    """

    rows: Floats
    columns: Floats
    weights: Floats
    residuals: Floats
    row_groups: NDArray[np.int64]
    column_groups: NDArray[np.int64]
    inverse: Floats
    freedom: int
    columns_ss: float
    range: float

    @property
    def groups(self) -> int:
        """How many groups there are that share nothing."""
        return int(self.column_groups.max()) + 1

    @property
    def squares(self) -> float:
        """The sum of squares that is left, 0 where it is nothing but rounding."""
        left = float((self.weights * self.residuals**2).sum())
        return left if np.sqrt(left / max(1.0, self.weights.sum())) > NOTHING * self.range else 0.0

    @property
    def variance(self) -> float:
        """Of a whole score around both effects, by residual maximum likelihood; needs freedom."""
        return self.squares / self.freedom

    @property
    def shares(self) -> Floats:
        """(rows, columns) How much of a row's weight comes from each column."""
        shares: Floats = self.weights / self.weights.sum(axis=1, keepdims=True)
        return shares

    def row_covariance(self) -> Floats:
        """(rows, rows) Variances and covariances of the rows' effects, over the variance of a whole score."""
        found: Floats = np.diag(1 / self.weights.sum(axis=1)) + self.shares @ self.inverse @ self.shares.T
        return found

    def leverages(self) -> Floats:
        """(rows, columns) How much of each score its own fitted value holds, from 0 to 1."""
        across = self.shares @ self.inverse
        of_rows = 1 / self.weights.sum(axis=1) + (across * self.shares).sum(axis=1)
        found: Floats = self.weights * (of_rows[:, None] - 2 * across + np.diag(self.inverse)[None, :])
        return found

    def columns_are_alike(self) -> float | None:
        """How likely differences between columns as large as these would be by chance alone (the F test); None where it cannot be said."""
        free = len(self.columns) - self.groups
        if free < 1 or self.freedom < 1 or not self.squares:
            return None
        return float(fdtrc(free, self.freedom, self.columns_ss / free / self.variance))


def fitted(scores: Floats, weights: Floats) -> Facets:
    """Fit both effects. ``scores`` count by their ``weights``; each row and each column has at least one score of weight above 0."""
    is_there = weights > 0
    middle = float(scores[is_there].mean())
    deviations = np.where(is_there, scores - middle, 0.0)
    row_groups, column_groups = _groups(is_there)
    of_rows, of_columns = weights.sum(axis=1), weights.sum(axis=0)
    shares = weights / of_rows[:, None]
    row_sums, column_sums = (weights * deviations).sum(axis=1), (weights * deviations).sum(axis=0)
    inverse = _inverse(np.diag(of_columns) - weights.T @ shares, column_groups)
    beyond = column_sums - shares.T @ row_sums
    columns = inverse @ beyond
    rows = (row_sums - weights @ columns) / of_rows
    residuals = np.where(is_there, deviations - rows[:, None] - columns[None, :], 0.0)
    freedom = int(is_there.sum()) - len(rows) - len(columns) + int(column_groups.max()) + 1
    width = float(np.ptp(scores[is_there]))
    return Facets(rows + middle, columns, weights, residuals, row_groups, column_groups, inverse, freedom, float(columns @ beyond), width)


def _groups(is_there: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which rows and columns hang together by scores, directly or by way of others; numbered in the order of the columns."""
    rows = is_there.shape[0]
    one, other = np.nonzero(is_there)
    size = sum(is_there.shape)
    labels = connected_components(csr_matrix((np.ones(len(one)), (one, other + rows)), (size, size)), directed=False)[1]
    _labels, firsts, numbers = np.unique(labels[rows:], return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(firsts))
    number = dict(zip(labels[rows:].tolist(), order[numbers].tolist(), strict=True))
    return np.array([number[label] for label in labels[:rows].tolist()]), np.array([number[label] for label in labels[rows:].tolist()])


def _inverse(information: Floats, groups: NDArray[np.int64]) -> Floats:
    """The inverse of the information about columns, under which the effects of each group sum to 0."""
    together = (groups[:, None] == groups[None, :]) / np.bincount(groups)[groups][:, None]
    inverse: Floats = cho_solve(cho_factor(information + together), np.eye(len(information))) - together
    return inverse
