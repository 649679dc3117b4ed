"""How a process hears that topics changed: SQLite is asked five times a second, PostgreSQL calls by itself.

Both run on the event loop, beside Django's own connections.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Collection
from typing import Any, Protocol

from django.conf import settings

from medskapa.ground.web.live import CHANNEL

logger = logging.getLogger(__name__)

PAUSE = 0.2  # seconds between two looks at SQLite; a look costs less than 0.1 ms
AFTER_FAILURE = 2.0  # seconds


class Source(Protocol):
    """Where versions are read."""

    async def changed(self) -> None:
        """Wait until something may have changed."""

    async def versions(self, topics: Collection[str]) -> dict[str, int]:
        """The version of each of these topics that was ever touched."""


class SqliteSource:
    """Looks at SQLite's own counter, which tells in no time whether another connection wrote."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, timeout=PAUSE, isolation_level=None)
        self._connection.execute("PRAGMA query_only = ON")
        self._seen = self._counter()

    async def changed(self) -> None:
        while (counter := self._counter()) == self._seen:
            await asyncio.sleep(PAUSE)
        self._seen = counter

    async def versions(self, topics: Collection[str]) -> dict[str, int]:
        marks = ", ".join("?" * len(topics))
        return dict(self._connection.execute(f"SELECT name, version FROM web_topic WHERE name IN ({marks})", list(topics)))  # noqa: S608

    def _counter(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


class PostgresqlSource:
    """Listens on a connection of its own."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        self._connection: Any = None

    async def changed(self) -> None:
        connection = await self._open()
        async for _notice in connection.notifies(timeout=AFTER_FAILURE, stop_after=1):
            return

    async def versions(self, topics: Collection[str]) -> dict[str, int]:
        connection = await self._open()
        cursor = await connection.execute("SELECT name, version FROM web_topic WHERE name = ANY(%s)", [list(topics)])
        return dict(await cursor.fetchall())

    async def _open(self) -> Any:
        import psycopg  # an extra, and only here

        if self._connection is None or self._connection.closed:
            self._connection = await psycopg.AsyncConnection.connect(**self._options, autocommit=True)
            await self._connection.execute(f"LISTEN {CHANNEL}")
        return self._connection


def source_of_this_installation() -> Source:
    """The source that fits the database in the settings."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("postgresql"):
        return SqliteSource(str(database["NAME"]))
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}  # names of settings
    return PostgresqlSource({**database["OPTIONS"], **{key: database[name] for key, name in named.items() if database[name]}})
