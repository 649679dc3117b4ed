"""Which faults pass by themselves, so that it is worth sending again."""

import errno
import sqlite3

import pytest
from django.db import OperationalError
from psycopg import errors

from medskapa.ground.web.faults import passing


def of(cause: Exception) -> OperationalError:
    """What Django makes of an error of the database."""
    fault = OperationalError(str(cause))
    fault.__cause__ = cause
    return fault


def of_sqlite(code: int, name: str) -> OperationalError:
    cause = sqlite3.OperationalError("words of SQLite")
    cause.sqlite_errorcode, cause.sqlite_errorname = code, name
    return of(cause)


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        (of_sqlite(sqlite3.SQLITE_FULL, "SQLITE_FULL"), "SQLITE_FULL"),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT, "SQLITE_BUSY_SNAPSHOT"), "SQLITE_BUSY_SNAPSHOT"),
        (of(errors.DiskFull()), "SQLSTATE 53100"),
        (of(errors.LockNotAvailable()), "SQLSTATE 55P03"),
        (of(errors.OperationalError("connection refused")), "SQLSTATE 08000"),
        (OSError(errno.ENOSPC, "No space left on device"), "ENOSPC"),
    ],
)
def test_a_full_disk_a_held_store_and_a_lost_database_pass(fault, name):
    assert passing(fault) == name


@pytest.mark.parametrize(
    "fault",
    [
        of_sqlite(sqlite3.SQLITE_ERROR, "SQLITE_ERROR"),
        of(errors.UndefinedTable()),
        OSError(errno.EACCES, ""),
        ValueError("no number"),
        None,
    ],
)
def test_what_is_broken_in_the_program_does_not_pass(fault):
    assert passing(fault) == ""
