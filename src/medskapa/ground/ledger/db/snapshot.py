"""One moment of the store: what is read inside belongs together, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Read from one moment of the store. Raises RuntimeError inside a transaction, which has its own view."""
    if connection.in_atomic_block:
        raise RuntimeError("a snapshot is not taken inside a transaction")
    yield from _deferred() if connection.vendor == "sqlite" else _repeatable()


def _deferred() -> Iterator[None]:
    """A transaction that takes no turn from writers: SQLite gives it the state at its first read."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _repeatable() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
