"""The two directions in which people differ most, and where each person lies on them.

A vote that was not given is taken to be the mean of its statement, so that it says nothing: less the mean, it is 0. The matrix of votes
less their means is therefore as sparse as the votes, and its two leading singular vectors are exact principal components. Source: Small,
Björkegren, Erkkilä, Shaw and Megill (2021), Polis: scaling deliberation by mapping high dimensional opinion spaces, Recerca 26(2).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from medskapa.methods.landscape.votes import AGREE, DISAGREE, KINDS, PASS, Floats, Votes, times

AXES = 2
AROUND = 6  # directions that are kept: of almost the same votes, one of them may be stronger than an axis
FEW = 64  # statements; up to these the whole matrix of statements by statements is made
FINE = 1e-9  # what may be left over of an axis, by the larger eigenvalue
WIDEST, KEPT, STEPS = 40, 8, 500  # vectors that the search for axes holds, and goes on with when they are too many; its steps at most
TINY = 1e-10  # of a vector of length 1: rounding
NOTHING = 1e-12  # of the variance: an axis with less than that is none


@dataclass(frozen=True)
class Axes:
    """Where the two axes point, and how much of the differences they explain.

    table      (statements, 3) what a disagreement, a pass and an agreement on a statement are, less its mean; 0 for those that are out
    loadings   (statements, 2) the share of each statement in the axes: two vectors of length 1
    explained  (2,) between 0 and 1: how much of all variance lies along each axis
    around     (statements, 2 or more) the axes and about what comes next to them: where the axes of almost the same votes are sought
    """

    table: Floats
    loadings: Floats
    explained: Floats
    around: Floats

    @property
    def spots(self) -> Floats:
        """(3 · statements, 2) How far each possible vote moves a person along the axes, in the order of the places in a block."""
        return (self.table[:, :, None] * self.loadings[:, None, :]).reshape(-1, AXES)


def axes(votes: Votes, *, weights: Floats | None = None, near: Axes | None = None, precision: float = FINE) -> Axes:
    """The two principal components of the votes. Their signs: the statement with the largest loading in size has a positive one.

    weights    (people,) how often each person counts, for bootstraps; default once
    near       axes of almost the same votes: refined in a few steps instead of found anew, their signs kept
    precision  what may be left over of an axis, by the larger eigenvalue

    >>> from medskapa.methods.landscape.votes import votes_of
    >>> found = axes(votes_of([1, 1, 2, 2], [1, 2, 1, 2], [AGREE, DISAGREE, DISAGREE, AGREE]))
    >>> found.loadings[:, 0].round(3).tolist(), found.explained.round(3).tolist()
    ([0.707, -0.707], [1.0, 0.0])
    """
    heads = np.ones(len(votes.people)) if weights is None else weights
    counts = votes.counts if weights is None else votes.weighted(heads)
    table = _centred(counts, votes)
    total = float((counts * table**2).sum())
    if not total:
        nothing = np.zeros((len(table), AXES))
        return Axes(table, nothing, np.zeros(AXES), nothing)

    if len(table) <= FEW:
        strengths, around = _largest(_scatter(votes, heads, table))
    else:
        begin = np.random.default_rng(0).normal(size=(len(table), AXES)) if near is None else near.around
        strengths, around = _leading(_spread(votes, heads, table), begin, precision)
    is_there = strengths > NOTHING * total
    loadings = np.where(is_there, around[:, :AXES], 0.0)
    return Axes(table, loadings * _signs(loadings, near), np.where(is_there, strengths / total, 0.0), around)


def positions(votes: Votes, on: Axes) -> Floats:
    """(people, 2) Where each person lies: the sum of what each vote moves them, times √(statements / votes given).

    The factor brings people with few votes out of the middle, where missing votes had put them. Statements that are out count as
    voted on by everybody.
    """
    spots, is_out = on.spots, votes.is_out
    along = votes.summed(spots)
    seen = votes.given + is_out.sum()
    if is_out.any():
        on_out = np.repeat(is_out, KINDS).astype(np.float64)
        seen = seen - votes.summed(on_out)
    return np.asarray(along * np.sqrt(len(votes.statements) / np.maximum(1, seen))[:, None])


def _centred(counts: Floats, votes: Votes) -> Floats:
    """(statements, 3) Votes less the mean of their statement; people do not move by statements that are out."""
    said = np.array([DISAGREE, PASS, AGREE], dtype=np.float64)
    means = counts @ said / np.maximum(1, counts.sum(axis=1))
    return np.where(votes.is_out[:, None], 0.0, said - means[:, None])


def _spread(votes: Votes, heads: Floats, table: Floats) -> Callable[[Floats], Floats]:
    """The scatter matrix of the votes times (statements, …) directions: a sum over blocks of people."""

    def spread(directions: Floats) -> Floats:
        steps = (table[:, :, None] * directions[:, None, :]).reshape(KINDS * len(table), -1)
        moved = np.zeros_like(steps)
        for block, columnwise, part in votes.parted(heads):
            moved += times(columnwise, times(block, steps) * part[:, None])
        return np.asarray(np.einsum("sk,ska->sa", table, moved.reshape(*table.shape, -1)))

    return spread


def _scatter(votes: Votes, heads: Floats, table: Floats) -> Floats:
    """(statements, statements) The scatter matrix itself."""
    met = np.zeros((table.size, table.size))  # how often one person gave two votes
    for block, columnwise, part in votes.parted(heads):
        counted = csr_array((np.repeat(part, np.diff(block.indptr)), block.indices, block.indptr), shape=block.shape)
        met += (columnwise @ counted).toarray()
    by_statement = np.einsum("skp,sk->sp", met.reshape(*table.shape, -1), table)
    return np.asarray(np.einsum("stk,tk->st", by_statement.reshape(len(table), *table.shape), table))


def _largest(matrix: Floats) -> tuple[Floats, Floats]:
    """The two largest eigenvalues of a symmetric matrix, and their vectors; what does not exist is 0."""
    strengths, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    strengths, vectors = strengths[::-1][:AXES], vectors[:, ::-1][:, :AXES]
    lacking = AXES - len(strengths)
    return np.append(strengths, np.zeros(lacking)), np.hstack([vectors, np.zeros((len(matrix), lacking))])


def _leading(spread: Callable[[Floats], Floats], begin: Floats, precision: float) -> tuple[Floats, Floats]:
    """The same of many statements, without making the matrix, with a few more vectors: the best within some and what these leave over.

    Step by step, and on from the best vectors when they are too many (block Lanczos with thick restart: Wu and Simon 2000, SIAM Journal
    on Matrix Analysis 22). Where nothing is left over, the search is at its end: the same votes give the same axes, to the last bit.
    """
    basis, images, part = np.zeros((len(begin), 0)), np.zeros((len(begin), 0)), np.linalg.qr(begin)[0]
    for _step in range(STEPS):
        basis, images = np.hstack([basis, part]), np.hstack([images, spread(part)])
        within = basis.T @ images
        strengths, vectors = np.linalg.eigh((within + within.T) / 2)
        strengths, vectors = strengths[::-1][:KEPT], vectors[:, ::-1][:, :KEPT]
        best = vectors[:, :AXES]
        left = (images @ best - basis @ best * strengths[:AXES]) / max(strengths[0], NOTHING)
        part = _beside(basis, left)
        if np.linalg.norm(left) <= precision or not part.size:
            break
        if basis.shape[1] >= WIDEST:
            basis, images, vectors = basis @ vectors, images @ vectors, np.eye(KEPT)
    return strengths[:AXES], basis @ vectors[:, :AROUND]


def _beside(basis: Floats, left: Floats) -> Floats:
    """Vectors of length 1, at right angles to each other and to the basis, that span what is left over."""
    directions, sizes, _turn = np.linalg.svd(left - basis @ (basis.T @ left), full_matrices=False)
    found = directions[:, sizes > TINY]
    return np.linalg.qr(found - basis @ (basis.T @ found))[0]


def _signs(loadings: Floats, near: Axes | None) -> Floats:
    """(2,) 1 or -1 for each axis."""
    if near is None:
        return np.sign(loadings[np.argmax(np.abs(loadings).round(9), axis=0), range(AXES)])
    return np.where((loadings * near.loadings).sum(axis=0) < 0, -1.0, 1.0)
