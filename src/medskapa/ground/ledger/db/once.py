"""Much that is written at once: straight into the file of SQLite, where the log of what is not yet in it would hold all of it again."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection


@contextmanager
def written_once() -> Iterator[None]:
    """One large transaction goes in here; cut off, it is undone by whoever opens the store next. While others have the store open, and
    on other databases, it is written as always.
    """
    is_ours = connection.vendor == "sqlite" and not connection.in_atomic_block and _changes_to("truncate")
    try:
        yield
    finally:
        if is_ours:
            _changes_to("wal")


def _changes_to(mode: str) -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA journal_mode = {mode}")
            return bool(cursor.fetchone()[0] == mode)
    except OperationalError:  # others hold it
        return False
