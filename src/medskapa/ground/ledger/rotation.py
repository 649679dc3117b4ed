"""A new master key: every lab gets a new key under it, and what lies under those keys stays as it lies.

The new keys lie in a file beside the old one until the store is changed; then that file takes the old one's place. Whoever was cut
off in between runs it again: the store says which of the two it answers to.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.data_keys import opens, wrap_anew
from medskapa.ground.ledger.forgetting import forget_journal
from medskapa.ground.ledger.keyfile import Keys, read_key_file, successor_of, write_key_file
from medskapa.ground.ledger.models import WrappingKey

Reseal = Callable[[Keys, Keys], int]

_reseals: list[Reseal] = []


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did."""

    lab_count: int
    key_count: int
    was_cut_off: bool  # an earlier one had changed the store already; this one only put its key file in place


class WrongKeys(Exception):
    """The store lies under neither of the key files; the text is one line."""


def on_rotated(function: Reseal) -> Reseal:
    """Call this with the old and the new keys, in the same transaction, to seal anew what a room sealed under the master key itself.

    Gives how many things it sealed. Registered in AppConfig.ready.
    """
    if function not in _reseals:
        _reseals.append(function)
    return function


def rotate(path: Path) -> Rotated:
    """Put a new master key in the place of the one in this file. Nothing else may run on the store meanwhile.

    Raises KeyFileBroken, OSError, WrongKeys; then the store and the file fit each other as before.
    """
    upcoming = successor_of(path)
    old = read_key_file(path)
    if upcoming.exists():
        new = read_key_file(upcoming)
        if _is_under(new) and not _is_under(old):
            _put_in_place(upcoming, path)
            return Rotated(WrappingKey.objects.count(), 0, was_cut_off=True)
        upcoming.unlink()  # cut off before the store was changed
    if not _is_under(old):
        raise WrongKeys(f"what is stored here was not sealed under {path}; put the right key file in its place")
    new = write_key_file(upcoming, old.with_new_master())
    labs, keys = rotate_keys("", old=old, new=new, by=Actor.system("rotation"))
    _put_in_place(upcoming, path)
    forget_journal()
    return Rotated(labs, keys, was_cut_off=False)


@action("keys.rotate")
def rotate_keys(_installation: str, *, old: Keys, new: Keys, by: Actor) -> tuple[int, int]:
    """Wrap every lab's keys anew. Gives how many labs and how many keys. Raises NotAllowed, SealBroken."""
    labs = list(WrappingKey.objects.select_for_update().order_by("pk"))
    count = sum(wrap_anew(under, old=old, new=new) for under in labs)
    return len(labs), count + sum(reseal(old, new) for reseal in _reseals)


def _is_under(keys: Keys) -> bool:
    """Whether all that is sealed here lies under these keys; an empty store lies under any."""
    return all(opens(under, keys) for under in WrappingKey.objects.all())


def _put_in_place(upcoming: Path, path: Path) -> None:
    upcoming.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
