"""Who said what to which statement, kept as small as it is: a byte for each vote and four for its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csc_array, csr_array

from medskapa.methods.errors import MethodError, ShapeError

DISAGREE, PASS, AGREE = -1, 0, 1
KINDS = 3  # disagree, pass, agree: the places that each statement has in a row
BLOCK = 1 << 14  # people
PART = 1 << 20  # votes that are looked through in one piece

Ids = NDArray[np.int64] | NDArray[np.str_]
Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Votes:
    """Votes of people on statements, one at most for each pair, in the order of people and then of statements.

    people      (people,) sorted ids of all who voted: whole numbers where all ids are such, else text
    statements  (statements,) sorted ids of all that were voted on
    starts      (people + 1,) where the votes of each person begin
    columns     (votes,) the statement of each vote, as its place among the statements
    values      (votes,) AGREE 1, PASS 0, DISAGREE -1
    is_out      (statements,) True for statements that moderation took out, and for those about the people themselves (meta)
    """

    people: Ids
    statements: Ids
    starts: Counts
    columns: NDArray[np.int32]
    values: NDArray[np.int8]
    is_out: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.values)

    @cached_property
    def given(self) -> Counts:
        """(people,) How many votes each person gave, those on statements that are out included."""
        return np.diff(self.starts)

    @cached_property
    def blocks(self) -> tuple[csr_array, ...]:
        """The votes as blocks of people: (people of the block, 3 · statements), a 1 for each vote at ``3 · statement + vote + 1``.

        Means, scaling, projection and counts are sums over these blocks, or stacks of what each of them gives.
        """
        places = self.columns * np.int32(KINDS)
        places += self.values
        places += np.int32(1)
        ends = [*range(0, len(self.people), BLOCK), len(self.people)]
        longest = max((int(self.starts[end] - self.starts[start]) for start, end in pairwise(ends)), default=0)
        ones = np.ones(longest)
        return tuple(self._block(places, ones, start, end) for start, end in pairwise(ends))

    def _block(self, places: NDArray[np.int32], ones: Floats, start: int, end: int) -> csr_array:
        first, last = int(self.starts[start]), int(self.starts[end])
        begins = (self.starts[start : end + 1] - first).astype(np.int32)
        shape = (end - start, KINDS * len(self.statements))
        return csr_array((ones[: last - first], places[first:last], begins), shape=shape)

    @cached_property
    def columnwise(self) -> tuple[csc_array, ...]:
        """The blocks, statements by people."""
        return tuple(block.T for block in self.blocks)

    def parted(self, by_person: Floats) -> Iterator[tuple[csr_array, csc_array, Floats]]:
        """Each block, the same statements by people, and its part of something that has one row a person."""
        for number, (block, columnwise) in enumerate(zip(self.blocks, self.columnwise, strict=True)):
            yield block, columnwise, by_person[number * BLOCK : number * BLOCK + block.shape[0]]

    def weighted(self, weights: Floats) -> Floats:
        """(statements, 3, …) The sum of the weights (people, …) of those who disagreed with, passed over and agreed with each statement.

        >>> votes = votes_of(["ada", "bo", "bo"], [1, 1, 2], [AGREE, DISAGREE, PASS])
        >>> votes.weighted(np.array([1.0, 0.5])).tolist()
        [[0.5, 0.0, 1.0], [0.0, 0.5, 0.0]]
        """
        shape = (len(self.statements), KINDS, *weights.shape[1:])
        total = np.zeros((KINDS * len(self.statements), *weights.shape[1:]))
        for _block, columnwise, part in self.parted(weights):
            total += times(columnwise, part)
        return total.reshape(shape)

    def summed(self, moves: Floats) -> Floats:
        """(people, …) For each person the sum of the moves (3 · statements, …) that belong to their votes, in the order of a block.

        >>> votes_of(["ada", "bo", "bo"], [1, 1, 2], [AGREE, DISAGREE, PASS]).summed(np.array([-1.0, 0, 1, -5, 0, 5])).tolist()
        [1.0, -1.0]
        """
        return np.concatenate([np.zeros((0, *moves.shape[1:])), *(times(block, moves) for block in self.blocks)])

    @cached_property
    def counts(self) -> Floats:
        """(statements, 3) How many disagreed with, passed over and agreed with each statement."""
        return self.weighted(np.ones(len(self.people)))

    def of(self, chosen: Counts) -> "Votes":
        """The votes of some people only, who are given by their places in rising order; a place may come more than once."""
        given = self.given[chosen]
        starts = _starts(given)
        rows = np.arange(starts[-1]) + np.repeat(self.starts[chosen] - starts[:-1], given)
        return Votes(self.people[chosen], self.statements, starts, self.columns[rows], self.values[rows], self.is_out)

    def with_vote(self, person: int | str, statement: int | str, value: int) -> "Votes":
        """The same votes and one more, or another one in its place; person and statement may be new.

        Raises MethodError where the value is no vote, or an id is text among numbers or a number among texts.
        """
        _check(np.array([value]))
        people, row, is_new_person = _with(self.people, person)
        statements, place, is_new_statement = _with(self.statements, statement)
        starts = np.insert(self.starts, row, self.starts[row]) if is_new_person else self.starts
        columns = self.columns + (self.columns >= place) if is_new_statement else self.columns
        first, last = starts[row], starts[row + 1]
        at = int(first + np.searchsorted(columns[first:last], place))
        if at < last and columns[at] == place:
            values = self.values.copy()
            values[at] = value
            return replace(self, values=values)
        starts = starts + (np.arange(len(starts)) > row)
        is_out = np.insert(self.is_out, place, False) if is_new_statement else self.is_out
        values = np.insert(self.values, at, value)
        return Votes(people, statements, starts, np.insert(columns, at, place).astype(np.int32), values, is_out)

    def some(self, most: int, *, rng: np.random.Generator) -> "Votes":
        """The votes of so many people drawn by lot, where there are more than that; else all of them."""
        if len(self.people) <= most:
            return self
        return self.of(np.sort(rng.choice(len(self.people), most, replace=False)))


def times(matrix: csr_array | csc_array, columns: Floats) -> Floats:
    """A sparse matrix times one or more columns, one by one: in scipy that is three times as fast as all of them at once."""
    if columns.ndim == 1:
        return np.asarray(matrix @ columns)
    found = np.empty((matrix.shape[0], columns.shape[1]), order="F")
    for number, column in enumerate(columns.T):
        found[:, number] = matrix @ column
    return found


def votes_of(
    people: ArrayLike, statements: ArrayLike, values: ArrayLike, *, moments: ArrayLike | None = None, out: Sequence[int | str] = ()
) -> Votes:
    """Votes from three columns of one length: who, on what, AGREE 1, PASS 0 or DISAGREE -1. The order of rows does not matter.

    moments  when each vote was given: where somebody voted more than once on a statement, the last one counts, and contradicting
             votes of one moment count as PASS; without moments, the order of rows is the order of time
    out      ids of statements that moderation took out or that are meta: they stay, and count as passed over by everybody

    >>> votes = votes_of([7, 7, 3], [1, 2, 1], [AGREE, DISAGREE, PASS], out=[2])
    >>> votes.people.tolist(), votes.columns.tolist(), votes.values.tolist(), votes.is_out.tolist()
    ([3, 7], [0, 0, 1], [0, 1, -1], [False, True])

    Raises ShapeError where the columns differ in length, MethodError where a value is none of the three.
    """
    said = np.asarray(values)
    if not len(said) == np.size(people) == np.size(statements):
        raise ShapeError(people=np.size(people), statements=np.size(statements), values=len(said))
    _check(said)
    who, rows = ids_of(people)
    what, columns = ids_of(statements)
    width = max(1, len(what))
    pairs = rows.astype(np.int64)
    pairs *= width
    pairs += columns
    del rows, columns
    pairs, settled = _settled(pairs, said.astype(np.int8), None if moments is None else np.asarray(moments))
    places = np.empty(len(pairs), dtype=np.int32)
    np.remainder(pairs, width, out=places, casting="unsafe")
    np.floor_divide(pairs, width, out=pairs)
    is_out = np.isin(what.astype(np.str_), [str(one) for one in out])
    return Votes(who, what, _starts(np.bincount(pairs, minlength=len(who))), places, settled, is_out)


def _check(values: NDArray[np.generic]) -> None:
    is_vote = (values == DISAGREE) | (values == PASS) | (values == AGREE)
    if not is_vote.all():
        raise MethodError(f"a vote is {values[~is_vote][0]}, expected 1 (agree), 0 (pass) or -1 (disagree)")


def _with(ids: Ids, one: int | str) -> tuple[Ids, int, bool]:
    """Sorted ids with one more, its place, and whether it is new."""
    if isinstance(one, str) != (ids.dtype.kind == "U"):
        raise MethodError(f"the id {one!r} is of another kind than the others, expected one like {ids[:1].tolist()}")
    place = int(np.searchsorted(ids, one))
    if place < len(ids) and ids[place] == one:
        return ids, place, False
    return np.concatenate([ids[:place], [one], ids[place:]]), place, True


def ids_of(names: ArrayLike) -> tuple[Ids, NDArray[np.int32]]:
    """Sorted ids without repeats, and the place of each name among them: by number if all are whole numbers, else as text.

    >>> ids_of(["10", "9", "10"])
    (array([ 9, 10]), array([1, 0, 1], dtype=int32))
    """
    found = np.asarray(names)
    if found.dtype.kind in "US":
        numbers = _numbers(found)
        found = found if numbers is None else numbers
    if found.dtype.kind not in "iu":
        found = found.astype(np.str_)
    elif len(found) and int(found.max()) - int(found.min()) <= 4 * len(found) + 1000:
        return _close_ids(found)
    ids, places = np.unique(found, return_inverse=True)
    return ids.astype(np.int64) if ids.dtype.kind in "iu" else ids, places.astype(np.int32)


def _close_ids(found: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The same for numbers that lie close together, without sorting them."""
    lowest = found.min()
    is_there = np.zeros(int(found.max()) - int(lowest) + 1, dtype=np.bool_)
    is_there[found - lowest] = True
    ranks = np.cumsum(is_there, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(is_there) + int(lowest), ranks[found - lowest]


def _numbers(texts: NDArray[np.str_]) -> NDArray[np.int64] | None:
    """Texts as whole numbers if every one of them is written as a number is, without signs or zeros in front; else None."""
    kinds, places = np.unique(texts, return_inverse=True)
    if any(len(text) > 18 or not text.isascii() or not text.isdigit() or str(int(text)) != text for text in kinds.tolist()):
        return None
    return kinds.astype(np.int64)[places]


def _starts(given: Counts) -> Counts:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(given, dtype=np.int64)])


def _settled(pairs: Counts, values: NDArray[np.int8], moments: NDArray[np.generic] | None) -> tuple[Counts, NDArray[np.int8]]:
    """The pairs without repeats, rising, and what was said last of each."""
    codes = pairs * KINDS
    codes += values
    codes += 1
    codes.sort()
    last = np.empty(len(codes), dtype=np.int8)
    np.remainder(codes, KINDS, out=last, casting="unsafe")
    last -= 1
    np.floor_divide(codes, KINDS, out=codes)
    is_first = np.append(True, codes[1:] != codes[:-1])[: len(codes)]
    if is_first.all():
        return codes, last
    kept, last = codes[is_first], last[is_first]
    repeated = np.unique(codes[~is_first])
    rows = np.concatenate([begin + _in(pairs[begin : begin + PART], repeated) for begin in range(0, len(pairs), PART)])
    last[np.searchsorted(kept, repeated)] = _last(pairs[rows], values[rows], None if moments is None else moments[rows])
    return kept, last


def _in(pairs: Counts, repeated: Counts) -> Counts:
    """Where the pairs are that are repeated, which are sorted."""
    return np.flatnonzero(repeated[np.minimum(np.searchsorted(repeated, pairs), len(repeated) - 1)] == pairs)


def _last(pairs: Counts, values: NDArray[np.int8], moments: NDArray[np.generic] | None) -> NDArray[np.int8]:
    """What each of the pairs says last, in rising order of pairs; of votes at one last moment that differ: PASS."""
    order = np.argsort(pairs, kind="stable")
    values, begins = values[order], np.flatnonzero(np.diff(pairs[order], prepend=-1))
    ends = np.append(begins[1:], len(pairs))
    if moments is None:
        return np.asarray(values[ends - 1], dtype=np.int8)
    moments = moments[order]
    is_late = moments == np.repeat(np.maximum.reduceat(moments, begins), ends - begins)
    lowest = np.minimum.reduceat(np.where(is_late, values, AGREE), begins)
    highest = np.maximum.reduceat(np.where(is_late, values, DISAGREE), begins)
    return np.asarray(np.where(lowest == highest, lowest, PASS), dtype=np.int8)
