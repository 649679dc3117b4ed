"""The pool a panel is drawn from: quotas, and people who are alike in everything that quotas ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.errors import MethodError
from medskapa.methods.tables import Row, Table, read_table

HEADINGS = (("category", "feature"), ("feature", "value"))  # two programs, two names for the same columns


@dataclass(frozen=True, slots=True)
class Quota:
    """How many people with this value of a category the panel must have, at least and at most."""

    category: str
    value: str
    least: int
    most: int

    def __str__(self) -> str:
        return f"{self.category} {self.value}: {self.least}–{self.most}"


@dataclass(frozen=True)
class Pool:
    """Quotas, and who is in the pool: people by id, each with one value for every category.

    Raises MethodError where there is no quota, nobody, or somebody has a value that no quota knows.
    """

    quotas: tuple[Quota, ...]
    people: Mapping[str, Mapping[str, str]]

    def __post_init__(self) -> None:
        if not self.quotas or not self.people:
            raise MethodError("there must be quotas and people; expected at least one of each")
        known = {(quota.category, quota.value) for quota in self.quotas}
        for person, values in self.people.items():
            for category in self.categories:
                if (category, values.get(category, "")) not in known:
                    raise MethodError(f"{person} has {values.get(category)!r} as {category}, expected a value that has a quota")

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The names of the categories, sorted."""
        return tuple(sorted({quota.category for quota in self.quotas}))

    @cached_property
    def kinds(self) -> tuple[tuple[str, ...], ...]:
        """The combinations of values that somebody has, sorted; people of one kind are interchangeable."""
        return tuple(sorted({self._kind_of(person) for person in self.people}))

    @cached_property
    def members(self) -> tuple[tuple[str, ...], ...]:
        """Who is of each kind, sorted by id."""
        found: dict[tuple[str, ...], list[str]] = {kind: [] for kind in self.kinds}
        for person in sorted(self.people):
            found[self._kind_of(person)].append(person)
        return tuple(tuple(found[kind]) for kind in self.kinds)

    @cached_property
    def counts(self) -> NDArray[np.float64]:
        """(kinds,) How many people are of each kind."""
        return np.array([len(people) for people in self.members], dtype=np.float64)

    @cached_property
    def has(self) -> NDArray[np.float64]:
        """(quotas, kinds) 1 where people of a kind count for a quota."""
        places = [self.categories.index(quota.category) for quota in self.quotas]
        return np.array(
            [[kind[place] == quota.value for kind in self.kinds] for place, quota in zip(places, self.quotas, strict=True)],
            dtype=np.float64,
        )

    def _kind_of(self, person: str) -> tuple[str, ...]:
        return tuple(self.people[person][category] for category in self.categories)


def read_pool(categories: Path, people: Path) -> Pool:
    """Read the quotas (``category,feature,min,max`` or ``feature,value,min,max``) and the people (an id, a column for each category).

    The id is the column ``id``, or the first one. Raises BadInput with the line at fault.
    """
    quotas = _quotas(categories)
    names = sorted({quota.category for quota in quotas})
    table = read_table(people, names)
    identity = "id" if "id" in table.columns else table.columns[0]
    known = {name: [quota.value for quota in quotas if quota.category == name] for name in names}
    found: dict[str, dict[str, str]] = {}
    for row in table:
        person = row.filled(identity)
        if person in found:
            raise row.bad(f"{identity} {person} stands there twice", "each person once")
        found[person] = {name: _value(row, name, known[name]) for name in names}
    return Pool(quotas, found)


def _quotas(path: Path) -> tuple[Quota, ...]:
    table = read_table(path, ("min", "max"))
    category, value = _headings(table, path)
    quotas: dict[tuple[str, str], Quota] = {}
    for row in table:
        quota = Quota(row.filled(category), row.filled(value), row.whole("min", least=0), row.whole("max", least=0))
        if quota.least > quota.most:
            raise row.bad(f"min is {quota.least} and max is {quota.most}", "a min that is not above max")
        if (quota.category, quota.value) in quotas:
            raise row.bad(f"{quota.category} {quota.value} stands there twice", "each value once")
        quotas[quota.category, quota.value] = quota
    return tuple(quotas[key] for key in sorted(quotas))


def _headings(table: Table, path: Path) -> tuple[str, str]:
    for pair in HEADINGS:
        if set(pair) <= set(table.columns):
            return pair
    read_table(path, (*HEADINGS[0], "min", "max"))  # refuses, and names what is missing
    raise AssertionError("a table without its columns is refused")


def _value(row: Row, category: str, known: list[str]) -> str:
    value = row[category]
    if value not in known:
        shown = ", ".join(known[:8]) + (" …" if len(known) > 8 else "")
        raise row.bad(f"{category} is {value!r}", f"one of {shown}")
    return value
