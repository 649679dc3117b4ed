"""The files of a seating: people and an earlier seating in CSV, rules in TOML."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medskapa.methods.errors import BadInput, MethodError
from medskapa.methods.tables import read_table, text_of
from medskapa.methods.teams.rules import Apart, Balance, Group, Hard, Language, Mix, Near, Rules, Share, Size, Soft, Together

ONCE = ("size", "language")
KEYS = {
    "size": ("least", "most"),
    "share": ("column", "value", "least", "most"),
    "apart": ("people", "column"),
    "together": ("people", "column"),
    "language": ("column", "interpreted"),
    "mix": ("column", "weight"),
    "balance": ("column", "weight"),
    "near": ("column", "weight", "count"),
}


def read_people(path: Path) -> Group:
    """The people of a CSV file with an id (the column ``id``, or the first one). Raises BadInput."""
    if not text_of(path).strip():
        raise BadInput(str(path), 1, "the file is empty", "a line with the names of the columns, and a line for each person")
    table = read_table(path, ())
    column = "id" if "id" in table.columns else table.columns[0]
    cells: dict[str, Mapping[str, str]] = {}
    for row in table:
        if row.filled(column) in cells:
            raise row.bad(f"{row[column]} stands there twice", "each person once")
        cells[row[column]] = row.cells
    return Group(cells)


def read_seating(path: Path) -> dict[str, str]:
    """An earlier seating, person → table, from a CSV file with the columns person and table; whoever has no table is left out."""
    found: dict[str, str] = {}
    for row in read_table(path, ("person", "table")):
        if row.filled("person") in found:
            raise row.bad(f"{row['person']} stands there twice", "each person once")
        found[row["person"]] = row["table"]
    return {person: table for person, table in found.items() if table}


def read_rules(path: Path, group: Group) -> Rules:
    """The rules of a TOML file, for this group. Raises BadInput with the line of a rule that says nothing about the group.

    Hard rules: ``[size]`` with least and most; ``[[share]]`` with column, value, least and most; ``[[apart]]`` and ``[[together]]`` with
    people, or with a column whose equal values are meant; ``[language]`` with column and interpreted.
    Wishes, each with a weight: ``[[mix]]`` and ``[[balance]]`` with column, ``[[near]]`` with column and count.
    """
    text = text_of(path)
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise BadInput(str(path), int(line[1]) if line else text.count("\n") + 1, f"it is no TOML ({error})", "rules in TOML") from None
    rules = [rule for section in _sections(str(path), text, said) for rule in _rules_of(section, group)]
    hard = tuple(rule for rule in rules if not isinstance(rule, Mix | Balance | Near))
    return Rules(hard, tuple(rule for rule in rules if isinstance(rule, Mix | Balance | Near)))


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands under one heading, and where."""

    file: str
    line: int
    name: str
    said: dict[str, Any]

    def bad(self, wrong: str, expected: str) -> BadInput:
        return BadInput(self.file, self.line, f"{self.name}: {wrong}", expected)

    def text(self, key: str, default: str | None = None) -> str:
        """What is said, or the default."""
        found = self.said.get(key, default)
        if not isinstance(found, str) or (default is None and not found):
            raise self.bad(f"{key} is missing" if found is None else f"{key} is {found!r}", f'{key} = "…"')
        return found.strip()

    def whole(self, key: str, default: int, least: int) -> int:
        """A whole number of at least so much."""
        found = self.said.get(key, default)
        if isinstance(found, bool) or not isinstance(found, int) or found < least:
            raise self.bad(f"{key} is {found!r}", f"a whole number of at least {least}")
        return found

    def people(self) -> tuple[str, ...]:
        """At least two, each once."""
        found = self.said["people"]
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found) or len({*found}) < max(2, len(found)):
            raise self.bad(f"people is {found!r}", "a list of at least two people, each once")
        return tuple(found)


def _sections(file: str, text: str, said: Mapping[str, Any]) -> Iterator[_Section]:
    """The sections in the order in which they stand in the file."""
    found = []
    for name, content in said.items():
        lines = [number for number, line in enumerate(text.split("\n"), start=1) if re.match(rf"\s*\[*\s*\"?{re.escape(name)}\b", line)]
        line = lines[0] if lines else 1
        if name not in KEYS:
            raise BadInput(file, line, f"the rule {name} is not known", f"one of {', '.join(KEYS)}")
        parts = content if isinstance(content, list) and name not in ONCE else [content]
        if not all(isinstance(part, dict) for part in parts):
            form = f"[{name}]" if name in ONCE else f"[[{name}]]"
            raise BadInput(file, line, f"{name} is not a section", f"a line {form}, and below it what it says")
        found += [_Section(file, at, name, part) for at, part in zip(lines + [line] * len(parts), parts, strict=False)]
    yield from sorted(found, key=lambda section: section.line)


def _rules_of(section: _Section, group: Group) -> list[Hard | Soft]:
    """The rules of a section, tried on the group."""
    unknown = sorted(set(section.said) - set(KEYS[section.name]))
    if unknown:
        raise section.bad(f"{unknown[0]} is not known", f"only {', '.join(KEYS[section.name])}")
    try:
        rules = READERS[section.name](section, group)
        for rule in rules:
            _try(rule, group)
    except BadInput:
        raise
    except MethodError as error:
        wrong, _between, expected = str(error).partition(", expected ")
        raise section.bad(wrong, expected) from None
    return rules


def _try(rule: Hard | Soft, group: Group) -> None:
    """Raise MethodError if a rule does not fit the group."""
    if isinstance(rule, Together):
        group.places(rule.people)
    elif isinstance(rule, Language):
        rule.spoken(group)
    elif isinstance(rule, Near):
        rule.wished(group)
    else:
        rule.limits(group, 1)


def _size(section: _Section, group: Group) -> list[Hard | Soft]:
    least = section.whole("least", 1, 1)
    return [Size(least, section.whole("most", len(group), least))]


def _share(section: _Section, group: Group) -> list[Hard | Soft]:
    column, value, least = section.text("column"), section.text("value", ""), section.whole("least", 0, 0)
    if "most" not in section.said and not least:
        raise section.bad("nothing is asked for", "least or most")
    return [Share(column, value, least, section.whole("most", len(group), least) if "most" in section.said else None)]


def _apart(section: _Section, group: Group) -> list[Hard | Soft]:
    return [Apart(people) for people in _companies(section, group)]


def _together(section: _Section, group: Group) -> list[Hard | Soft]:
    return [Together(people) for people in _companies(section, group)]


def _companies(section: _Section, group: Group) -> list[tuple[str, ...]]:
    """Those who are named, or those of the same value in a column."""
    if ("people" in section.said) == ("column" in section.said):
        raise section.bad("whom it is about is not clear", "either people or column")
    if "people" in section.said:
        return [section.people()]
    values = group.values(section.text("column"))
    companies = [tuple(one for one, own in zip(group.ids, values, strict=True) if own == value) for value in sorted({*values} - {""})]
    return [people for people in companies if len(people) > 1]


def _language(section: _Section, _group: Group) -> list[Hard | Soft]:
    return [Language(section.text("column", "languages"), section.text("interpreted", ""))]


def _mix(section: _Section, _group: Group) -> list[Hard | Soft]:
    return [Mix(section.text("column"), section.whole("weight", 1, 1))]


def _balance(section: _Section, _group: Group) -> list[Hard | Soft]:
    return [Balance(section.text("column"), section.whole("weight", 1, 1))]


def _near(section: _Section, _group: Group) -> list[Hard | Soft]:
    return [Near(section.text("column"), section.whole("weight", 1, 1), section.whole("count", 1, 1))]


READERS: dict[str, Callable[[_Section, Group], list[Hard | Soft]]] = {
    "size": _size,
    "share": _share,
    "apart": _apart,
    "together": _together,
    "language": _language,
    "mix": _mix,
    "balance": _balance,
    "near": _near,
}
