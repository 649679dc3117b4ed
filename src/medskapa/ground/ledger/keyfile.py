"""The key file: the master key, and the pepper and salt of return codes. It lies outside the database and knows no Django.

Settings read it before anything else starts; ``sealing`` and the return codes take their keys from it.
"""

import hashlib
import hmac
import os
import secrets
import stat
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

LENGTH = 32  # bytes of each key
HEAD = """\
# The keys of this installation of Medskapa. Who holds this file and a backup can read every story;
# without it nobody can read anything. Keep a copy apart from the data and from all backups.
"""


class KeyFileBroken(Exception):
    """The key file is missing, unreadable or does not hold the three keys; the text is one line."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What the key file holds."""

    master: bytes = field(repr=False)
    pepper: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    def with_new_master(self) -> "Keys":
        """The same pepper and salt, so that return codes stay valid, and a new master key."""
        return replace(self, master=secrets.token_bytes(LENGTH))

    def derived(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose, from which the master key cannot be worked out."""
        return hmac.new(self.master, f"medskapa/{purpose}".encode(), hashlib.sha256).digest()


def read_key_file(path: Path) -> Keys:
    """The keys in this file, which only its owner may be able to read. Raises KeyFileBroken."""
    try:
        mode = path.stat().st_mode
        found = tomllib.loads(path.read_text(encoding="ascii"))
        keys = Keys(**{one.name: bytes.fromhex(found[one.name]) for one in fields(Keys)})
    except OSError as error:
        raise KeyFileBroken(f"the key file {path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError):
        raise KeyFileBroken(f"the key file {path} does not hold master, pepper and salt") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFileBroken(f"others can read the key file {path}: chmod 600 {path}")
    if any(len(getattr(keys, one.name)) != LENGTH for one in fields(Keys)):
        raise KeyFileBroken(f"the key file {path} holds a key that is not {LENGTH} bytes long")
    return keys


def make_key_file(path: Path) -> Keys:
    """Make new keys in a new file. Raises FileExistsError, OSError."""
    return write_key_file(path, Keys(*(secrets.token_bytes(LENGTH) for _one in fields(Keys))))


def write_key_file(path: Path, keys: Keys) -> Keys:
    """Write keys to a new file that only its owner can read, whole and on disk before this returns. Raises FileExistsError, OSError."""
    lines = "".join(f'{one.name} = "{getattr(keys, one.name).hex()}"\n' for one in fields(Keys))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(HEAD + lines)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(part)  # unlike a rename, this never replaces keys that are there
    finally:
        part.unlink(missing_ok=True)
    return keys


def successor_of(path: Path) -> Path:
    """Where the next keys lie while the master key is changed."""
    return path.with_name(f"{path.name}.next")


def read_or_make_key_file(path: Path) -> Keys:
    """The keys in this file, made now if it is not there, however many processes start at once. Raises KeyFileBroken."""
    if not path.exists():
        with suppress(FileExistsError):
            return make_key_file(path)
    return read_key_file(path)
