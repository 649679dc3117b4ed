"""Answers that come in bursts: many people who begin within ten minutes and answer exactly alike, as others hardly ever do.

Neither is a fault alone: a class begins in the same minute, and friends think alike. It is marked only if it would happen less than once
in a million times, had the moment nothing to do with the answers. Where somebody answered from is not known
here, so nobody is marked for sharing an address. A mark is a question to a person, never a verdict.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import hypergeom

WINDOW = 600.0  # seconds between the first and the last who begin
FEWEST = 5  # people in a burst
CHANCE = 1e-6  # of so many alike in one window, if moment and answer had nothing to do with each other
NONE = 2  # in a table: not answered


@dataclass(frozen=True)
class Person:
    """When somebody began, in seconds from any moment, and what they answered: by statement 1, 0 or -1."""

    began: float
    answers: Mapping[int, int]


@dataclass(frozen=True)
class Burst:
    """People who began within the window and answered exactly alike.

    people    their ids
    began     when the first and the last of them began
    chance    of so many alike in the window, if the moment had nothing to do with the answers
    """

    people: frozenset[int]
    began: tuple[float, float]
    chance: float


def bursts(people: Mapping[int, Person]) -> list[Burst]:
    """All bursts among people, by their ids; the least likely first. Each person stands in one at most.

    For each set of answers that at least five people gave: of all N who answered these statements K did so alike; of the n who began
    within one window of 600 s, m. It is a burst if that many of the K in the window have a chance below one in a million, drawn at
    random without putting back (Fisher's exact test, one-sided). Where nobody came at another time that chance is 1.

    Whoever copies with errors, or sends few in each ten minutes, is not found. Source: Fisher (1935), The logic of inductive inference.
    """
    ids = sorted(people, key=lambda one: (people[one].began, one))
    crowd = _Crowd(ids, np.array([people[one].began for one in ids]), _table([people[one].answers for one in ids]))
    found = [burst for alike in crowd.alike() for burst in crowd.in_windows(alike)]
    taken: set[int] = set()
    kept = []
    for burst in sorted(found, key=lambda one: (one.chance, -len(one.people), one.began, min(one.people))):
        if taken.isdisjoint(burst.people):
            kept.append(burst)
            taken |= burst.people
    return kept


@dataclass(frozen=True)
class _Crowd:
    """Everybody in the order in which they began: ``table`` has a row for each and a column for each statement."""

    ids: Sequence[int]
    began: NDArray[np.float64]
    table: NDArray[np.int8]

    def alike(self) -> list[NDArray[np.intp]]:
        """The rows of those who gave exactly the same answers to the same statements, where they are enough."""
        found: dict[bytes, list[int]] = defaultdict(list)
        for row, said in enumerate(self.table):
            found[said.tobytes()].append(row)
        return [np.array(rows) for rows in found.values() if len(rows) >= FEWEST and (self.table[rows[0]] != NONE).any()]

    def in_windows(self, rows: NDArray[np.intp]) -> Iterator[Burst]:
        """The bursts among people who answered exactly alike: one window from each of them on."""
        asked = self.table[rows[0]] != NONE
        able = (self.table[:, asked] != NONE).all(axis=1)
        same = able & (self.table[:, asked] == self.table[rows[0], asked]).all(axis=1)
        starts = self.began[rows]
        inside, able_inside, same_inside = (_counts(moments, starts) for moments in (starts, self.began[able], self.began[same]))
        chances = hypergeom.sf(same_inside - 1, able.sum(), same.sum(), able_inside)
        for first in np.flatnonzero((inside >= FEWEST) & (chances < CHANCE)):
            of_it = rows[first : first + inside[first]]
            began = float(self.began[of_it[0]]), float(self.began[of_it[-1]])
            yield Burst(frozenset(self.ids[row] for row in of_it), began, float(chances[first]))


def _table(answers: Sequence[Mapping[int, int]]) -> NDArray[np.int8]:
    columns = {statement: column for column, statement in enumerate(sorted({name for said in answers for name in said}))}
    table = np.full((len(answers), len(columns)), NONE, dtype=np.int8)
    for row, said in enumerate(answers):
        for statement, value in said.items():
            table[row, columns[statement]] = value
    return table


def _counts(moments: NDArray[np.float64], starts: NDArray[np.float64]) -> NDArray[np.intp]:
    """How many of these moments, in their order, lie in the window that begins at each start."""
    return np.searchsorted(moments, starts + WINDOW, side="right") - np.searchsorted(moments, starts, side="left")
