"""The log of withdrawals: the ids of destroyed keys, synced beside the database before the destruction is committed.

A restored backup replays it before it serves. Each line is a moment, a key id and a checksum; a line that was cut off by a power
failure is one whose destruction was never committed.
"""

import os
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """What the log holds: the ids of destroyed keys, and the numbers of lines that cannot be read."""

    ids: frozenset[str]
    unreadable: tuple[int, ...]


def append(key_ids: Iterable[str], moment: datetime) -> None:
    """Add keys to the log; they are on disk when this returns. Raises OSError if they cannot be written."""
    lines = "".join(_line(key_id, moment) for key_id in key_ids)
    if not lines:
        return
    path = Path(settings.MEDSKAPA_WITHDRAWN)
    is_new = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        _write_all(file, (b"\n" if _ends_inside_a_line(file) else b"") + lines.encode())
        os.fsync(file)
    finally:
        os.close(file)
    if is_new:
        _sync_folder(path.parent)


def read(path: Path | str | None = None) -> Withdrawals:
    """Everything in the log, or in the one at ``path``; an absent log is an empty one."""
    source = Path(path or settings.MEDSKAPA_WITHDRAWN)
    lines = source.read_bytes().split(b"\n") if source.exists() else []
    found = {number: _key_id(line) for number, line in enumerate(lines, start=1) if line}
    ids = frozenset(key_id for key_id in found.values() if key_id is not None)
    return Withdrawals(ids, tuple(number for number, key_id in found.items() if key_id is None))


def _line(key_id: str, moment: datetime) -> str:
    text = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} {key_id}"
    return f"{text} {zlib.crc32(text.encode()):08x}\n"


def _key_id(line: bytes) -> str | None:
    text, _space, checksum = line.rpartition(b" ")
    if not text or checksum != b"%08x" % zlib.crc32(text):
        return None
    return text.rpartition(b" ")[2].decode("ascii")


def _ends_inside_a_line(file: int) -> bool:
    size = os.fstat(file).st_size
    return size > 0 and os.pread(file, 1, size - 1) != b"\n"


def _write_all(file: int, content: bytes) -> None:
    while content:
        content = content[os.write(file, content) :]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
