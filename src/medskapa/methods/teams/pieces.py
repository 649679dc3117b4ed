"""How few points those lose who wish to sit with each other: a proof by all pieces of a net of wishes.

Wishes tie people into nets. At a table sits a part of a net, which falls into pieces that hang together. A wish comes true within a piece
or not at all, and of a kind at least as many are too many at a table as in all its pieces together. So a seating takes each net apart into
pieces, and loses at least what they lose. A linear programme chooses pieces so that everybody is in one (set partitioning: Balas and
Padberg 1976, SIAM Review 18): what it chooses no seating can beat.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csc_array

MOST = 80_000  # pieces of a net that are looked at
NEAR = 1e-6  # what a linear programme may be off
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tie:
    """A block wishes to sit with at least ``count`` people of other blocks: block → how many of them are in it."""

    own: int
    others: Counter[int]
    count: int
    weight: int


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Pieces of the same size: (pieces, size) their blocks, rising; (pieces,) a number for each, rising; what each loses."""

    blocks: Numbers
    codes: Numbers
    costs: Numbers


class Net:
    """Blocks that ties join.

    amounts  (blocks, limits) of the blocks of the net
    most     (limits,) a table may have, or should
    prices   (limits,) points lost for each one more; 0 where there may be no more
    ties     between blocks, which are numbered as in ``amounts``
    """

    def __init__(self, amounts: Numbers, most: Numbers, prices: Numbers, ties: Sequence[Tie]) -> None:
        self.amounts, self.most, self.prices, self.ties = amounts, most, prices, ties
        self.may_be_more = prices > 0
        size = len(amounts)
        self.is_tied = np.zeros((size, size), dtype=np.bool_)
        self.people = np.zeros((len(ties), size), dtype=np.int64)  # (ties, blocks) how many wished people are in a block
        for number, tie in enumerate(ties):
            self.people[number, list(tie.others)] = list(tie.others.values())
            self.is_tied[tie.own, list(tie.others)] = self.is_tied[list(tie.others), tie.own] = True

    def fewest(self) -> int | None:
        """Points that the net loses at least, beyond what its blocks lose by their own size; None where there are too many pieces."""
        size = len(self.amounts)
        pieces = self._priced(np.arange(size)[:, None])
        found, seen, alone = [pieces], size, pieces.costs
        while len(pieces.blocks):
            if size ** (pieces.blocks.shape[1] + 1) >= 2**63:
                return None
            grown = self._grown(pieces.blocks)
            if grown is None or seen + len(grown) > MOST:
                return None
            larger = self._priced(grown)
            seen += len(grown)
            found.append(_needed(larger, pieces, alone, size))
            pieces = larger
        return math.ceil(_chosen(found, size) - NEAR)

    def _grown(self, blocks: Numbers) -> Numbers | None:
        """Pieces with one block more, each once, that fit at a table; None for far too many."""
        beside = np.asarray(self.is_tied[blocks].any(axis=1))
        np.put_along_axis(beside, blocks, values=False, axis=1)
        if np.count_nonzero(beside) > MOST * (blocks.shape[1] + 1):  # a piece may be found once for each of its blocks
            return None
        piece, block = np.nonzero(beside)
        grown = np.sort(np.column_stack([blocks[piece], block]), axis=1)
        _codes, first = np.unique(_codes_of(grown, len(self.amounts)), return_index=True)
        grown = grown[first]
        fits = (self._sums(grown) <= self.most) | self.may_be_more
        return np.asarray(grown[fits.all(axis=1)], dtype=np.int64)

    def _priced(self, blocks: Numbers) -> _Pieces:
        """Pieces with what they lose."""
        over = np.maximum(self.amounts - self.most, 0)
        costs = np.maximum(self._sums(blocks) - self.most, 0) @ self.prices - (over @ self.prices)[blocks].sum(axis=1)
        for number, tie in enumerate(self.ties):
            has = np.flatnonzero((blocks == tie.own).any(axis=1))
            costs[has] += tie.weight * (self.people[number][blocks[has]].sum(axis=1) < tie.count)
        return _Pieces(blocks, _codes_of(blocks, len(self.amounts)), costs)

    def _sums(self, blocks: Numbers) -> Numbers:
        """(pieces, limits) What the blocks of each piece sum to."""
        return sum((self.amounts[place] for place in blocks.T), np.zeros((len(blocks), len(self.most)), dtype=np.int64))


def _codes_of(blocks: Numbers, size: int) -> Numbers:
    """(pieces,) A number for each piece: its blocks as digits, the first one the highest."""
    return np.asarray(blocks @ size ** np.arange(blocks.shape[1] - 1, -1, -1, dtype=np.int64), dtype=np.int64)


def _needed(larger: _Pieces, smaller: _Pieces, alone: Numbers, size: int) -> _Pieces:
    """Without pieces that lose no less than with one block apart."""
    is_needed = np.ones(len(larger.blocks), dtype=np.bool_)
    for place in range(larger.blocks.shape[1]):
        codes = _codes_of(np.delete(larger.blocks, place, axis=1), size)
        where = np.minimum(np.searchsorted(smaller.codes, codes), len(smaller.codes) - 1)
        apart = smaller.costs[where] + alone[larger.blocks[:, place]]
        is_needed &= (smaller.codes[where] != codes) | (apart > larger.costs)
    return _Pieces(larger.blocks[is_needed], larger.codes[is_needed], larger.costs[is_needed])


def _chosen(found: list[_Pieces], size: int) -> float:
    """What pieces lose at least that have each block in one of them."""
    costs = np.concatenate([pieces.costs for pieces in found])
    sizes = np.concatenate([np.full(len(pieces.blocks), pieces.blocks.shape[1]) for pieces in found])
    blocks = np.concatenate([pieces.blocks.ravel() for pieces in found])
    is_in = csc_array((np.ones(len(blocks)), blocks, np.append(0, np.cumsum(sizes))), shape=(size, len(costs)))
    return float(linprog(costs, A_eq=is_in, b_eq=np.ones(size), method="highs").fun)
