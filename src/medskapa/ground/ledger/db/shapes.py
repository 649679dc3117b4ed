"""Queries whose SQL is the same for every lab, or for every insight: Django writes it once, and then only the key is filled in.

For a query of many parts, writing the SQL takes longer than the store takes to answer it.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

STAND_IN = -2_147_000_001  # stands for the key while the SQL is written; no row has it


class Shape:
    """A query about one row, such as a lab. ``build`` makes it for a key; what it gives are plain numbers and texts."""

    def __init__(self, build: Callable[[int], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._written: dict[str, tuple[str, tuple[Any, ...]]] = {}  # by the kind of database

    def rows(self, key: int) -> list[tuple[Any, ...]]:
        """What it gives for this key. One SQL query."""
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._build(STAND_IN).query.sql_with_params()
        sql, parameters = self._written[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(sql, [key if value == STAND_IN else value for value in parameters])
            return cursor.fetchall()
