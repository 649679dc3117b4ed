"""Queries whose SQL is always the same, for every lab or every insight: Django writes it once, and then only the keys are filled in.

For a query of many parts, writing the SQL takes longer than the store takes to answer it.
"""

from collections.abc import Callable, Hashable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

STAND_IN = -2_147_000_001  # stands for the key while the SQL is written; no row has it
Written = tuple[str, tuple[Any, ...], dict[int, Any]]  # SQL, parameters, and the columns that a kind of database keeps in its own way


class Shape:
    """A query about one row, such as a lab, that gives plain values. ``build`` makes it for a key; for several, or for one that is no
    number, ``stand_ins`` are what stands for them while the SQL is written.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *stand_ins: Hashable) -> None:
        self._build = build
        self._stand_ins = stand_ins or (STAND_IN,)
        self._written: dict[str, Written] = {}  # by the kind of database

    def rows(self, *keys: Any) -> list[tuple[Any, ...]]:
        """What it gives for these keys. One SQL query."""
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._write()
        sql, parameters, columns = self._written[connection.vendor]
        filled = {_adapted(stand_in): _adapted(key) for stand_in, key in zip(self._stand_ins, keys, strict=True)}
        with connection.cursor() as cursor:
            cursor.execute(sql, [filled.get(value, value) for value in parameters])
            return [_read(row, columns) for row in cursor.fetchall()]

    def _write(self) -> Written:
        compiler = self._build(*self._stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        columns = [column for column, *_name in compiler.select[: compiler.col_count]]
        return sql, tuple(parameters), {number: columns[number] for number in compiler.get_converters(columns)}


def _adapted(value: Any) -> Any:
    """A moment or a day as this kind of database compares it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _read(row: tuple[Any, ...], columns: dict[int, Any]) -> tuple[Any, ...]:
    values = list(row)
    for number, column in columns.items():
        for read in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection)):
            values[number] = read(values[number], column, connection)
    return tuple(values)
