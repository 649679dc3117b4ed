"""Backups: all rows of one moment in one sealed file, the same for both databases; and the way back.

The file is sealed under a key derived from the master key, so a restore needs both. Sealed words lie in it as they lie in the store.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from medskapa import __version__
from medskapa.ground.ledger import rows, withdrawn_log
from medskapa.ground.ledger.db.once import written_once
from medskapa.ground.ledger.db.snapshot import snapshot
from medskapa.ground.ledger.errors import SealBroken
from medskapa.ground.ledger.models import DataKey, Record
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.parcel import pack, unpack
from medskapa.ground.ledger.withdrawal import clean_up_withdrawn, replay_withdrawals


class BackupRefused(Exception):
    """A backup cannot be made or restored; the text is one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself."""

    medskapa: str
    at: str
    migrations: list[str]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    about: About
    row_count: int
    withdrawn_count: int  # keys that had been destroyed since the backup was made


def back_up(target: Path) -> int:
    """Write all rows of this moment to a file that only its owner can read; it is whole, on disk and read once again, or not there.

    Gives the number of rows. Raises OSError if it cannot be written, BackupRefused if it does not read back.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    Path(settings.MEDSKAPA_WITHDRAWN).touch(mode=0o600)  # a restore asks for it, even if nothing was ever withdrawn
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file, snapshot():
            written = _Counted(rows.lines())
            pack(chain([_about()], written), file, _key())
            file.flush()
            os.fsync(file.fileno())
        _check(part, written.count)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return written.count


def restore(source: Path, *, overwrites: bool = False, without_withdrawals: bool = False) -> Restored:
    """Put the rows of a backup in the place of all that is there, and destroy again what was withdrawn since. All of it or nothing.

    overwrites           allows it to replace what somebody has entered here
    without_withdrawals  allows it without the log of withdrawals; what was withdrawn after the backup is then readable again

    Raises OSError, BackupRefused.
    """
    _refuse_without_log(is_allowed=without_withdrawals)
    if not overwrites and _holds_something():
        raise BackupRefused("there is data here already, and a restore replaces all of it; say --overwrite to do that")
    try:
        with source.open("rb") as file, written_once(), transaction.atomic():
            lines = unpack(file, _key())
            about = _read_about(next(lines))
            restored = Restored(about, rows.replace_all(lines), replay_withdrawals())
    except SealBroken:
        raise BackupRefused(f"{source} does not open: it is no backup, not whole, or made under another key file") from None
    except (ValueError, LookupError, IntegrityError) as error:
        raise BackupRefused(f"{source} does not fit this version ({type(error).__name__}); nothing was changed") from error
    clean_up_withdrawn()
    return restored


class _Counted:
    """Lines as they pass, and how many of them are rows."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.count += line.startswith(b"[")
            yield line


def _check(path: Path, count: int) -> None:
    with path.open("rb") as file:
        found = sum(line.startswith(b"[") for line in unpack(file, _key()))
    if found != count:
        raise BackupRefused(f"the backup does not read back: {found} of {count} rows; nothing was kept")


def _key() -> bytes:
    return settings.MEDSKAPA_KEYS.derived("backup")


def _about() -> bytes:
    return json.dumps(asdict(About(__version__, now().isoformat(timespec="seconds"), _migrations()))).encode()


def _read_about(line: bytes) -> About:
    about = About(**json.loads(line))
    if about.migrations != _migrations():
        raise BackupRefused(
            f"the backup is from version {about.medskapa}, whose tables are not those of this one ({__version__}); "
            "restore it with that version, then migrate"
        )
    return about


def _migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _holds_something() -> bool:
    """Whether somebody has entered something here: every action leaves a record."""
    return Record.objects.exists() or DataKey.objects.exists()


def _refuse_without_log(*, is_allowed: bool) -> None:
    log = Path(settings.MEDSKAPA_WITHDRAWN)
    if not log.exists() and not is_allowed:
        raise BackupRefused(
            f"the log of withdrawals {log} is not here, so what was withdrawn after the backup would come back; put it there, "
            "or say --without-withdrawals if nothing was withdrawn"
        )
    if unreadable := withdrawn_log.read(log).unreadable:
        raise BackupRefused(f"line {unreadable[0]} of {log} cannot be read, so a withdrawal may be missing; mend or remove that line")
