"""What is compared, as files hold it."""

import re
from datetime import date
from itertools import pairwise
from math import isnan, nan
from pathlib import Path

import numpy as np

from medskapa.methods.effect.did import Unit
from medskapa.methods.effect.its import Series
from medskapa.methods.tables import Row, Table, read_table

DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
YES, NO = ("yes", "true"), ("no", "false")


def read_before_after(path: Path) -> tuple[list[float], list[float], bool]:
    """Read ``when,value``: the values before, those after, and whether they are shares. Raises BadInput with the line at fault."""
    table = read_table(path, ("when", "value"))
    values = [(_is_after(row), _value(row, "value")) for row in table]
    is_share = all(value in (0.0, 1.0) for _is_later, value in values)
    if not is_share:
        _refuse_words(table, ("value",))
    return [value for is_after, value in values if not is_after], [value for is_after, value in values if is_after], is_share


def read_paired(path: Path) -> tuple[list[float], list[float], bool]:
    """Read ``unit,before,after``: the values before and after, nan where one is missing, and whether they are shares. Raises BadInput."""
    table = read_table(path, ("unit", "before", "after"))
    seen: dict[str, int] = {}
    for row in table:
        if row.filled("unit") in seen:
            raise row.bad(f"{row['unit']} stands there twice (before in line {seen[row['unit']]})", "each unit once")
        seen[row["unit"]] = row.line
    pairs = [tuple(_value(row, side) if row[side] else nan for side in ("before", "after")) for row in sorted(table, key=_unit)]
    is_share = all(value in (0.0, 1.0) or isnan(value) for pair in pairs for value in pair)
    if not is_share:
        _refuse_words(table, ("before", "after"))
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs], is_share


def _unit(row: Row) -> str:
    return row["unit"]


def read_units(path: Path) -> tuple[list[Unit], bool]:
    """Read ``unit,group,when,value``, the group being ``pilot`` or ``comparison``: the units, and whether values are shares.

    Raises BadInput for a unit in both groups, or any other fault.
    """
    table = read_table(path, ("unit", "group", "when", "value"))
    groups: dict[str, str] = {}
    values: dict[str, tuple[list[float], list[float]]] = {}
    for row in table:
        unit, group = row.filled("unit"), row.filled("group").lower()
        if group not in ("pilot", "comparison"):
            raise row.bad(f"group is {row['group']!r}", "pilot or comparison")
        if groups.setdefault(unit, group) != group:
            raise row.bad(f"{unit} is in {group}, before it was in {groups[unit]}", "one group for each unit")
        values.setdefault(unit, ([], []))[_is_after(row)].append(_value(row, "value"))
    is_share = all(value in (0.0, 1.0) for sides in values.values() for side in sides for value in side)
    if not is_share:
        _refuse_words(table, ("value",))
    return [Unit(unit, groups[unit] == "pilot", tuple(before), tuple(after)) for unit, (before, after) in sorted(values.items())], is_share


def read_series(path: Path) -> Series:
    """Read ``time,when,value``: times are whole numbers, years, months (2026-11) or days (2026-11-28). Raises BadInput."""
    table = read_table(path, ("time", "when", "value"))
    rows = sorted(zip(_steps(table), table.rows, strict=True), key=lambda pair: pair[0])
    for (one, first), (other, second) in pairwise(rows):
        if one == other:
            raise second.bad(f"{second['time']} stands there twice (before in line {first.line})", "each time once")
        if _is_after(first) and not _is_after(second):
            raise second.bad(f"{second['time']} is before, but {first['time']} is after already", "all before and then all after")
    times = np.array([time for time, _row in rows], dtype=np.int64)
    wide = int(np.gcd.reduce(np.diff(times))) if len(times) > 1 else 1
    values = np.array([row.number("value") for _time, row in rows])
    return Series((times - times[0]) // wide, values, np.array([_is_after(row) for _time, row in rows]))


def _is_after(row: Row) -> bool:
    when = row["when"].lower()
    if when not in ("before", "after"):
        raise row.bad(f"when is {row['when']!r}", "before or after")
    return when == "after"


def _value(row: Row, column: str) -> float:
    """A number; yes is 1, no is 0."""
    text = row[column].lower()
    if text in YES or text in NO:
        return float(text in YES)
    return row.number(column)


def _refuse_words(table: Table, columns: tuple[str, ...]) -> None:
    """Where values are numbers, none may be yes or no."""
    for row in table:
        for column in columns:
            if row[column].lower() in (*YES, *NO):
                raise row.bad(f"{column} is {row[column]!r}", "a number, as elsewhere in the file")


def _steps(table: Table) -> list[int]:
    """The times as whole numbers: as they stand, or months or days counted; days that are the same of each month count as months."""
    written = {len(row["time"].split("-")) if DATE.fullmatch(row["time"]) else 0 for row in table}
    if written == {0}:
        return [row.whole("time") for row in table]
    dates = [_date(row) for row in table]
    if len(written) > 1:
        raise table.rows[0].bad(f"time is {table.rows[0]['time']!r}, elsewhere it is written in another way", "all times written alike")
    if len({date.day for date in dates}) == 1:
        return [12 * date.year + date.month for date in dates]
    return [date.toordinal() for date in dates]


def _date(row: Row) -> date:
    text = row.filled("time")
    try:
        return date.fromisoformat(f"{text}-01" if text.count("-") == 1 else text)
    except ValueError:
        raise row.bad(f"time is {text!r}", "a whole number, or a date such as 2026-11 or 2026-11-28") from None
