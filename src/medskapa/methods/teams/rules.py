"""The rules of a seating, in words and in numbers. Hard rules hold at every table; wishes are fulfilled as far as they can be.

A hard rule or an even spread is turned into *limits*: an amount for each person, and how much of it a table may have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.errors import MethodError

SEPARATORS = str.maketrans({";": " ", ",": " "})


@dataclass(frozen=True)
class Group:
    """The people to be seated: id → column → value. They stand in the order of their ids, whatever order they came in."""

    cells: Mapping[str, Mapping[str, str]]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """All ids, sorted."""
        return tuple(sorted(self.cells))

    def value(self, person: int, column: str) -> str:
        """A cell of the person at this place among the ids."""
        return self.cells[self.ids[person]][column].strip()

    def values(self, column: str) -> list[str]:
        """The cells of a column, in the order of the ids. Raises MethodError if somebody has no such column."""
        for one in self.ids:
            if column not in self.cells[one]:
                raise MethodError(f"{one} has no column {column}, expected one of {', '.join(self.cells[one])}")
        return [self.cells[one][column].strip() for one in self.ids]

    def lists(self, column: str) -> list[list[str]]:
        """The cells of a column, taken apart at blanks, commas and semicolons."""
        return [list(dict.fromkeys(value.translate(SEPARATORS).split())) for value in self.values(column)]

    def named(self, column: str) -> list[list[str]]:
        """The people named in the cells of a column. Ids may hold blanks: then they are parted by semicolons or commas."""
        return [self._named(value) for value in self.values(column)]

    def _named(self, value: str) -> list[str]:
        if value in self.cells:
            return [value]
        parts = value.replace(",", ";").split(";") if {";", ","} & set(value) else value.split()
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def places(self, people: Sequence[str]) -> list[int]:
        """Where these people stand among the ids. Raises MethodError for somebody who is not there."""
        place = {one: number for number, one in enumerate(self.ids)}
        for one in people:
            if one not in place:
                raise MethodError(f"there is no {one}, expected one of the {len(place)} people")
        return [place[one] for one in people]

    def __len__(self) -> int:
        return len(self.cells)


@dataclass(frozen=True, slots=True)
class Limit:
    """At each table the amounts of its people sum to at least ``least`` and at most ``most``."""

    amounts: NDArray[np.int64]  # (people,)
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Size:
    """How many people a table has. Without being given: as evenly as possible."""

    least: int
    most: int
    is_given: bool = True

    @classmethod
    def even(cls, people: int, tables: int) -> "Size":
        """The most even size."""
        return cls(people // tables, -(-people // tables), is_given=False)

    def limits(self, group: Group, _tables: int) -> list[Limit]:
        """Everybody counts one."""
        return [Limit(np.ones(len(group), dtype=np.int64), self.least, self.most)]

    def words(self, group: Group, tables: int) -> str:
        """The rule as somebody would say it."""
        number = f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"
        why = "" if self.is_given else ", as even as it can be; no size was given"
        return f"each of {tables} tables has {number} people (there are {len(group)}{why})"


@dataclass(frozen=True, slots=True)
class Share:
    """So many people of a value at each table, or of each value that a column has."""

    column: str
    value: str = ""
    least: int = 0
    most: int | None = None

    def limits(self, group: Group, _tables: int) -> list[Limit]:
        """One for the value, or one for each value; people without a value count for none."""
        values = group.values(self.column)
        wanted = [self.value] if self.value else sorted(set(values) - {""})
        most = len(group) if self.most is None else self.most
        return [Limit(np.array([one == value for one in values], dtype=np.int64), self.least, most) for value in wanted]

    def words(self, group: Group, tables: int) -> str:
        """The rule as somebody would say it."""
        number = f"at least {self.least}" if self.most is None else f"at most {self.most}"
        if not self.value:
            return f"{number} of the same {self.column} at each of {tables} tables"
        there = group.values(self.column).count(self.value)
        return f"{number} with {self.column} {self.value} at each of {tables} tables (there are {there})"


@dataclass(frozen=True, slots=True)
class Apart:
    """No two of these people sit at one table."""

    people: tuple[str, ...]

    def limits(self, group: Group, _tables: int) -> list[Limit]:
        """At most one of them at a table."""
        amounts = np.zeros(len(group), dtype=np.int64)
        amounts[group.places(self.people)] = 1
        return [Limit(amounts, 0, 1)]

    def words(self, _group: Group, _tables: int) -> str:
        """The rule as somebody would say it."""
        return f"{_and(self.people)} sit apart"


@dataclass(frozen=True, slots=True)
class Together:
    """These people sit at one table."""

    people: tuple[str, ...]

    def limits(self, _group: Group, _tables: int) -> list[Limit]:
        """None: it is no matter of amounts."""
        return []

    def words(self, _group: Group, _tables: int) -> str:
        """The rule as somebody would say it."""
        return f"{_and(self.people)} sit together"


@dataclass(frozen=True, slots=True)
class Language:
    """Each table has a language that everybody there speaks, or that somebody there interprets for those who do not.

    column       the languages that somebody speaks
    interpreted  the languages between which somebody interprets; "" if nobody does
    """

    column: str = "languages"
    interpreted: str = ""

    def spoken(self, group: Group) -> tuple[tuple[str, ...], NDArray[np.bool_], NDArray[np.bool_]]:
        """All languages; (people, languages) who speaks which, and who interprets which. An interpreter speaks what they interpret."""
        interpreted = [_lower(one) for one in group.lists(self.interpreted)] if self.interpreted else [[] for _one in group.ids]
        spoken = [_lower(one) + own for one, own in zip(group.lists(self.column), interpreted, strict=True)]
        names = tuple(sorted({name for one in spoken for name in one}))
        return names, _table(spoken, names), _table(interpreted, names)

    def limits(self, _group: Group, _tables: int) -> list[Limit]:
        """None: it is no matter of amounts."""
        return []

    def words(self, _group: Group, _tables: int) -> str:
        """The rule as somebody would say it."""
        return "everybody at a table shares a language" + (" or has an interpreter for it" if self.interpreted else "")


@dataclass(frozen=True, slots=True)
class Mix:
    """A wish: each value of a column is spread over the tables as evenly as it can be."""

    column: str
    weight: int = 1

    def limits(self, group: Group, tables: int) -> list[Limit]:
        """For each value the even share of a table, rounded down and up."""
        return [_even(limit.amounts, tables) for limit in Share(self.column).limits(group, tables)]

    def words(self) -> str:
        """The wish as somebody would say it."""
        return f"an even mix of {self.column}"


@dataclass(frozen=True, slots=True)
class Balance:
    """A wish: the numbers in a column sum to nearly the same at each table."""

    column: str
    weight: int = 1

    def limits(self, group: Group, tables: int) -> list[Limit]:
        """The even share of a table, rounded down and up. An empty cell counts 0. Raises MethodError for what is no whole number."""
        values = group.values(self.column)
        for one, value in zip(group.ids, values, strict=True):
            if value and not value.isdecimal():
                raise MethodError(f"{self.column} of {one} is {value!r}, expected a whole number of at least 0")
        return [_even(np.array([int(value or 0) for value in values], dtype=np.int64), tables)]

    def words(self) -> str:
        """The wish as somebody would say it."""
        return f"the same sum of {self.column} at each table"


@dataclass(frozen=True, slots=True)
class Near:
    """A wish of each person who names others in a column: to sit with at least so many of them (or with all, if they are fewer)."""

    column: str
    weight: int = 1
    count: int = 1

    def wished(self, group: Group) -> list[tuple[int, tuple[int, ...]]]:
        """Who wishes for whom, by their places. Raises MethodError for a wish for somebody who is not there, or for oneself."""
        wishes = [(person, tuple(sorted(group.places(names)))) for person, names in enumerate(group.named(self.column)) if names]
        for person, others in wishes:
            if person in others:
                raise MethodError(f"{group.ids[person]} wishes for themselves, expected others")
        return wishes

    def words(self) -> str:
        """The wish as somebody would say it."""
        return f"sitting with {'somebody' if self.count == 1 else f'{self.count} people'} named in {self.column}"


Hard = Size | Share | Apart | Together | Language
Soft = Mix | Balance | Near


@dataclass(frozen=True, slots=True)
class Rules:
    """Hard rules, which hold, and wishes, which are weighed against each other. Without a Size tables are as even as possible."""

    hard: tuple[Hard, ...] = ()
    soft: tuple[Soft, ...] = ()

    def __post_init__(self) -> None:
        if sum(isinstance(rule, Language) for rule in self.hard) > 1:
            raise MethodError("there are several rules about language, expected one at most")

    def sized(self, people: int, tables: int) -> "Rules":
        """With a size, even if none was given."""
        has_size = any(isinstance(rule, Size) for rule in self.hard)
        return self if has_size else Rules((Size.even(people, tables), *self.hard), self.soft)


def _even(amounts: NDArray[np.int64], tables: int) -> Limit:
    total = int(amounts.sum())
    return Limit(amounts, total // tables, -(-total // tables))


def _lower(names: Sequence[str]) -> list[str]:
    return [name.casefold() for name in names]


def _table(lists: Sequence[Sequence[str]], names: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([[name in one for name in names] for one in lists], dtype=np.bool_).reshape(len(lists), len(names))


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
