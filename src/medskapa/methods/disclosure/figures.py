"""Tables of counts that belong together, each a list of figures: how many people are of these kinds.

A figure is named by its key: for each column a value, or ``TOTAL`` where everybody counts whatever the column says. Tables that share a
column are linked: places by ages and places by languages, say, which both give the total of each place.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from medskapa.methods.errors import BadInput, MethodError
from medskapa.methods.tables import Row, read_table

TOTAL = ""
TOTALS = ("", "total", "totalt", "alla", "summa", "all", "sum")
COUNT, PUBLIC = "count", "public"
YES, NO = ("yes", "ja", "1", "x"), ("", "no", "nej", "0")
MOST_KINDS = 20_000
MOST_PEOPLE = 10**8
Key = tuple[str, ...]
Level = tuple[bool, ...]  # for each column, whether its values are told apart


class Contradiction(MethodError):
    """A figure is not the sum of its parts."""

    def __init__(self, key: Key, wrong: str, expected: str) -> None:
        super().__init__(f"{wrong}, expected {expected}")
        self.key, self.wrong, self.expected = key, wrong, expected


@dataclass(frozen=True)
class Figures:
    """Counts of people that are published together.

    columns  what people are told apart by
    counts   key → how many people, at least 0
    public   keys of figures that everybody knows already, and that cannot be withheld any more

    A combination of values that is not among the counts, at a level where others are, does not exist: nobody is of that kind, and everybody
    knows.

    Raises Contradiction if a figure is not the sum of its parts, or two linked tables give different sums; MethodError for a count below
    0, and for columns that have more than 20,000 combinations.
    """

    columns: tuple[str, ...]
    counts: Mapping[Key, int]
    public: frozenset[Key] = frozenset()

    def __post_init__(self) -> None:
        if not self.counts or any(len(key) != len(self.columns) for key in self.counts):
            raise MethodError(f"there are keys of another length, expected figures by {', '.join(self.columns) or 'at least one column'}")
        if min(self.counts.values()) < 0 or max(self.counts.values()) > MOST_PEOPLE:
            raise MethodError(f"a count is below 0 or above {MOST_PEOPLE}, expected numbers of people")
        if unknown := sorted(self.public - self.counts.keys()):
            raise MethodError(f"{self.say(unknown[0])} is public and has no count, expected figures that are there")
        for one, other in combinations(self.levels, 2):
            self._refuse_other_sums(one, other)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """All keys, in an order that does not hang on how they came in."""
        return tuple(sorted(self.counts))

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """Which columns are told apart together, the fewest first."""
        return tuple(sorted({level_of(key) for key in self.counts}, key=lambda level: (sum(level), level)))

    def say(self, key: Key) -> str:
        """A key in words, such as ``place=Lund, age=total``."""
        return ", ".join(f"{column}={value or 'total'}" for column, value in zip(self.columns, key, strict=True))

    def kinds(self) -> list[Key]:
        """The finest combinations of values that may exist: kinds of people of which every figure is a sum."""
        values = [sorted({key[place] for key in self.counts if key[place]}) or [TOTAL] for place in range(len(self.columns))]
        if (number := prod(map(len, values))) > MOST_KINDS:
            raise MethodError(f"the columns have {number} combinations, expected at most {MOST_KINDS}: publish fewer columns together")
        return [kind for kind in product(*values) if all(up_to(kind, level) in self.counts for level in self.levels)]

    def sums(self, kinds: Sequence[Key]) -> csr_array:
        """(figures, kinds) 1 where people of a kind count in a figure."""
        numbers = {key: number for number, key in enumerate(self.keys)}
        rows = [numbers[up_to(kind, level)] for kind in kinds for level in self.levels]
        places = np.repeat(np.arange(len(kinds)), len(self.levels))
        return csr_array((np.ones(len(rows)), (rows, places)), shape=(len(self.keys), len(kinds)))

    def numbers(self) -> NDArray[np.int64]:
        """(figures,) the counts in the order of the keys."""
        return np.array([self.counts[key] for key in self.keys], dtype=np.int64)

    def _refuse_other_sums(self, one: Level, other: Level) -> None:
        """Two levels must give the same sums for what both tell apart."""
        common = tuple(mine and theirs for mine, theirs in zip(one, other, strict=True))
        found, expected = self._sums(one, common), self._sums(other, common)
        for key in sorted(found.keys() | expected.keys()):
            if found[key] != expected[key]:
                by = "" if one == common else f" as the sum by {self._say_level(one)}"
                raise Contradiction(key, f"{self.say(key)} is {found[key]}{by}", f"{expected[key]}, the sum by {self._say_level(other)}")

    def _say_level(self, level: Level) -> str:
        return " and ".join(column for column, is_told in zip(self.columns, level, strict=True) if is_told)

    def _sums(self, level: Level, common: Level) -> Mapping[Key, int]:
        sums: dict[Key, int] = defaultdict(int)
        for key, count in self.counts.items():
            if level_of(key) == level:
                sums[up_to(key, common)] += count
        return sums


def level_of(key: Key) -> Level:
    """Which columns a figure tells apart."""
    return tuple(value != TOTAL for value in key)


def up_to(key: Key, level: Level) -> Key:
    """The figure of a level in which the people of a kind count."""
    return tuple(value if is_told else TOTAL for value, is_told in zip(key, level, strict=True))


def with_totals(columns: Sequence[str], counts: Mapping[Key, int], public: frozenset[Key] = frozenset()) -> Figures:
    """Figures with all their totals, where there are none yet: whoever publishes a table publishes its totals, or somebody knows them.

    >>> figures = with_totals(["place", "age"], {("Lund", "young"): 3, ("Lund", "old"): 9, ("Eslöv", "old"): 8})
    >>> figures.counts["Lund", TOTAL], figures.counts[TOTAL, "old"], figures.counts[TOTAL, TOTAL]
    (12, 17, 20)
    """
    if any(TOTAL in key for key in counts):
        return Figures(tuple(columns), counts, public)
    sums: dict[Key, int] = defaultdict(int)
    for level in product((False, True), repeat=len(columns)):
        for key, count in counts.items():
            sums[up_to(key, level)] += count
    return Figures(tuple(columns), dict(sums), public)


def read_figures(path: Path) -> Figures:
    """Read figures from a CSV file: a column ``count``, perhaps a column ``public`` (yes or no), and all others say who is counted.

    ``total`` or an empty cell means that everybody counts; a file without any total gets them all. Raises BadInput with the line at
    fault: a count that is none, a figure that stands there twice, a total that is not the sum of its parts.
    """
    table = read_table(path, [COUNT])
    columns = [column for column in table.columns if column and column not in (COUNT, PUBLIC)]
    if not columns:
        raise BadInput(table.file, 1, "there is only a count", "a column that says who is counted, such as place")
    lines: dict[Key, Row] = {}
    for row in table:
        key = tuple(TOTAL if row[column].lower() in TOTALS else row[column] for column in columns)
        if key in lines:
            raise row.bad(f"this figure stands in line {lines[key].line}, too", "each figure once")
        lines[key] = row
    counts = {key: row.whole(COUNT, least=0) for key, row in lines.items()}
    public = frozenset(_public(lines)) if PUBLIC in table.columns else frozenset[Key]()
    try:
        return with_totals(columns, counts, public)
    except Contradiction as error:
        row = lines.get(error.key, table.rows[0])
        raise row.bad(error.wrong, error.expected) from None


def _public(lines: Mapping[Key, Row]) -> Iterator[Key]:
    for key, row in lines.items():
        if (said := row[PUBLIC].lower()) in YES:
            yield key
        elif said not in NO:
            raise row.bad(f"{PUBLIC} is {row[PUBLIC]!r}", "yes or no")
