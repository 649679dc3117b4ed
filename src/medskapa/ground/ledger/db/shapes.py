"""Queries whose SQL is always the same, for every lab or every insight: Django writes it once, and then only the keys are filled in.

For a query of many parts, writing the SQL takes longer than the store takes to answer it.
"""

from collections.abc import Callable, Hashable
from copy import copy
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from medskapa.ground.ledger.moment import at, now

STAND_IN = -2_147_000_001  # stands for the key while the SQL is written; no row has it
MOMENT = datetime(1901, 2, 3, 4, 5, 6, 789, UTC)  # stands for now
NEAR_MOMENT = ("1899-", "1900-", "1901-", "1902-", "1903-")


class Written(NamedTuple):
    """A query, what has written its SQL and knows how to read the answer, and the SQL; None if it can give nothing."""

    queryset: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: tuple[str, tuple[Any, ...]] | None


class Shape:
    """A query of which only keys differ from time to time, and the moment. ``build`` makes it for a key; for several, or for one that is
    no number, ``stand_ins`` are what stands for them while the SQL is written.

    Whatever asks ``now()`` while it is built is asked anew each time, but must not calculate with it.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *stand_ins: Hashable) -> None:
        self._build = build
        self._stand_ins = stand_ins or (STAND_IN,)
        self._written: dict[str, Written] = {}  # by the kind of database

    def rows(self, *keys: Any) -> list[Any]:
        """What it gives for these keys. One SQL query."""
        connection = connections["default"]
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._write(connection)
        queryset, writer, written = self._written[connection.vendor]
        if written is None:
            return []
        sql, parameters = written
        pairs = zip((MOMENT, *self._stand_ins), (now(), *keys), strict=True)
        filled = {_adapted(stand_in, connection): _adapted(key, connection) for stand_in, key in pairs}
        compiler = copy(writer)
        compiler.connection = connection
        compiler.as_sql = lambda: (sql, tuple(filled.get(value, value) for value in parameters))  # type: ignore[method-assign, assignment, misc]
        found = queryset.all()
        found.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]
        return list(found)

    def _write(self, connection: Any) -> Written:
        """Raises ValueError if the query calculates with the moment, since the result would stay as it is."""
        with at(MOMENT):
            queryset = self._build(*self._stand_ins)
            compiler = queryset.query.get_compiler(connection=connection)
            try:
                sql, parameters = compiler.as_sql()
            except EmptyResultSet:
                return Written(queryset, compiler, None)
        known = [_adapted(value, connection) for value in (MOMENT, *self._stand_ins)]
        if calculated := [value for value in parameters if str(value).startswith(NEAR_MOMENT) and value not in known]:
            raise ValueError(f"calculated with the moment: {calculated}")
        return Written(queryset, compiler, (sql, tuple(parameters)))


def stand_ins(count: int) -> list[str]:
    """What stands for so many keys that are texts."""
    return [f"stand-in {number}" for number in range(count)]


def filled_up(keys: list[Any]) -> list[Any]:
    """The keys, the last of them again until there are 1, 2, 4, 8, … of them, so that lists of any length need only a few shapes."""
    return [*keys, *keys[-1:] * ((1 << (len(keys) - 1).bit_length()) - len(keys))]


def _adapted(value: Any, connection: Any) -> Any:
    """A moment or a day as this kind of database compares it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
