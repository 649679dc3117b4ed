"""Making the database forget: what was deleted must not stay readable in its journal."""

from django.db import connection

WAIT = 1000  # milliseconds that writers may be held up by this


def forget_journal() -> bool:
    """Make sure that what was overwritten is in no file of the database any more. False if readers are in the way: try again later.

    SQLite overwrites what is deleted (``secure_delete``), but its write-ahead log keeps old pages until it is truncated.
    PostgreSQL keeps old rows until they are vacuumed. Raises RuntimeError inside a transaction.
    """
    if connection.in_atomic_block:
        raise RuntimeError("the journal is not forgotten inside a transaction")
    return _truncate_wal() if connection.vendor == "sqlite" else _vacuum()


def _truncate_wal() -> bool:
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {WAIT}")
        try:
            is_busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
    return not is_busy


def _vacuum() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ledger_datakey")
    return True
