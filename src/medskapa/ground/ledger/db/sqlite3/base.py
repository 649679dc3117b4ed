"""The connection: WAL, synced at every commit, deleted rows overwritten, and a turn for whoever writes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from medskapa.ground.ledger.db.turn import Turn, TurnTimeout, turn_of

# What is committed is on disk (FULL); what is deleted is overwritten; nothing typed lands in a temporary file.
PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
)
READING = ("SELECT", "EXPLAIN", "PRAGMA", "VALUES", "BEGIN DEFERRED", "COMMIT", "ROLLBACK", "RELEASE", "END")
CHECKPOINT = "PRAGMA WAL_CHECKPOINT"
LONGEST = len(CHECKPOINT)
WAIT = 20.0  # seconds


class DatabaseWrapper(base.DatabaseWrapper):
    """Whoever writes, in a transaction or with a single statement, first waits for the turn and gives it back at the end."""

    init_commands: list[str]
    _turn: Turn | None = None
    _has_turn = False

    def get_connection_params(self) -> dict[str, Any]:
        options = self.settings_dict["OPTIONS"]
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("timeout", WAIT)
        params = super().get_connection_params()
        self.init_commands = [*PRAGMAS, *self.init_commands]
        name = str(params["database"])
        self._turn = turn_of(name, None if self.is_in_memory_db() else Path(name).with_name(Path(name).name + "-turn"))
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection = super().get_new_connection(conn_params)
        if connection.execute("PRAGMA journal_mode").fetchone()[0] not in {"wal", "memory"}:
            self._take_turn()
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            finally:
                self._give_turn_back()
        return connection

    def create_cursor(self, name: str | None = None) -> "TurnCursor":
        assert self.connection is not None  # noqa: S101  # Django connects before
        cursor = self.connection.cursor(factory=TurnCursor)
        cursor.wrapper = self
        return cursor

    @contextmanager
    def turn_for(self, query: Any) -> Iterator[None]:
        """Around a statement: hold the turn if it writes, until what it belongs to is written."""
        if not self._has_turn and _writes(str(query)) and not self._is_in_transaction():
            self._take_turn()
        try:
            yield
        finally:
            self._settle()

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._settle()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._settle()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_turn_back()

    def _settle(self) -> None:
        if self._has_turn and not self._is_in_transaction():
            self._give_turn_back()

    def _is_in_transaction(self) -> bool:
        return self.connection is not None and bool(self.connection.in_transaction)

    def _take_turn(self) -> None:
        assert self._turn is not None  # noqa: S101  # made with the parameters of the connection
        try:
            self._turn.take(float(self.settings_dict["OPTIONS"]["timeout"]))
        except TurnTimeout:
            late = sqlite3.OperationalError("database is locked: others wrote all the time that this one waited")
            late.sqlite_errorcode, late.sqlite_errorname = sqlite3.SQLITE_BUSY, "SQLITE_BUSY"
            raise late from None
        self._has_turn = True

    def _give_turn_back(self) -> None:
        if self._has_turn and self._turn:
            self._has_turn = False
            self._turn.give_back()


class TurnCursor(base.SQLiteCursorWrapper):
    """A cursor that asks for the turn."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        with self.wrapper.turn_for(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.wrapper.turn_for(query):
            return super().executemany(query, param_list)


def _writes(query: str) -> bool:
    """Whether a statement outside a transaction writes, or begins a transaction that may."""
    start = query.lstrip()[:LONGEST].upper()
    return not start.startswith(READING) or start.startswith(CHECKPOINT)
