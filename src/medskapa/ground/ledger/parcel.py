"""A parcel: a file of many lines, pressed and sealed in pieces under one key. Cut off, changed or put together anew it does not open."""

import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from medskapa.ground.ledger.data_keys import NONCE, bound_to, decrypt, encrypt
from medskapa.ground.ledger.errors import SealBroken

BEGINNING = b"medskapa parcel 1\n"
SIZE = 2**18  # bytes of a piece before it is sealed
SEALED_SIZE = NONCE + SIZE + 16


def pack(lines: Iterable[bytes], target: BinaryIO, key: bytes) -> None:
    """Write lines, none of which holds a line end, into a parcel under a key of 32 bytes."""
    target.write(BEGINNING)
    number, waiting = 0, b""
    for pressed in _pressed(lines):
        waiting += pressed
        while len(waiting) > SIZE:
            target.write(encrypt(key, waiting[:SIZE], bound=_bound(number, is_last=False)))
            number, waiting = number + 1, waiting[SIZE:]
    target.write(encrypt(key, waiting, bound=_bound(number, is_last=True)))


def unpack(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The lines of a parcel. Raises SealBroken where it is not one, not whole, or under another key."""
    if source.read(len(BEGINNING)) != BEGINNING:
        raise SealBroken
    rest, unpressed = b"", zlib.decompressobj()
    for piece in _opened(source, key):
        *lines, rest = (rest + unpressed.decompress(piece)).split(b"\n")
        yield from lines
    if rest or not unpressed.eof:
        raise SealBroken


def _pressed(lines: Iterable[bytes]) -> Iterator[bytes]:
    press = zlib.compressobj(6)
    for line in lines:
        yield press.compress(line + b"\n")
    yield press.flush()


def _opened(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    number, piece = 0, source.read(SEALED_SIZE)
    while piece:
        following = source.read(SEALED_SIZE)
        yield decrypt(key, piece, bound=_bound(number, is_last=not following))
        number, piece = number + 1, following


def _bound(number: int, *, is_last: bool) -> bytes:
    return bound_to("parcel", str(number), "last" if is_last else "more")
