"""Faults of the machine that pass: others hold the store for too long, a disk is full, the database starts anew."""

import errno
import sqlite3

from django.db import OperationalError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
OF_SQLITE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})
OF_POSTGRESQL = ("08", "53", "55", "57")  # classes of SQLSTATE: connection, resources, locks, what the operator does
PRIMARY = 0xFF  # the lowest byte of an extended result code of SQLite


def passing(fault: BaseException | None) -> str:
    """The name of a fault for which nothing can be saved just now, and which is worth trying again later; nothing for others.

    Sources: SQLite, *Result and Extended Result Codes*; PostgreSQL, *Appendix A: Error Codes*.
    """
    if isinstance(fault, OSError):
        return errno.errorcode[fault.errno] if fault.errno in NO_ROOM else ""
    if not isinstance(fault, OperationalError):
        return ""
    cause = fault.__cause__
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorname if cause.sqlite_errorcode & PRIMARY in OF_SQLITE else ""
    state = getattr(cause, "sqlstate", None) or "08000"  # the connection broke before an answer came
    return f"SQLSTATE {state}" if state.startswith(OF_POSTGRESQL) else ""
