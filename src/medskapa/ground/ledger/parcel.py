"""A parcel: a file of many things, sealed in pieces under one key. Cut off, changed or put together anew it does not open.

Small things are pressed together. A large one goes in as it is: what is large is a picture or a voice, and does not get smaller.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from medskapa.ground.ledger.data_keys import NONCE, bound_to, decrypt, encrypt
from medskapa.ground.ledger.errors import SealBroken

BEGINNING = b"medskapa parcel 2\n"
SIZE = 2**18  # bytes of a piece before it is sealed, and of small things that are pressed together
SEALED_SIZE = NONCE + SIZE + 16
LARGE = 2**15  # bytes from which on a thing goes in by itself
HEAD = struct.Struct(">cI")  # before each part: what it is, and its length
PRESSED, WHOLE = b"p", b"w"
LENGTH = struct.Struct(">I")  # before each thing of a pressed part


def pack(things: Iterable[bytes], target: BinaryIO, key: bytes) -> None:
    """Write things, each of less than 4 GiB, into a parcel under a key of 32 bytes. One of them is in memory at a time."""
    target.write(BEGINNING)
    number, waiting = 0, bytearray()
    for part in _parts(things):
        waiting += part
        while len(waiting) > SIZE:
            target.write(encrypt(key, bytes(waiting[:SIZE]), bound=_bound(number, is_last=False)))
            del waiting[:SIZE]
            number += 1
    target.write(encrypt(key, bytes(waiting), bound=_bound(number, is_last=True)))


def unpack(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    """What is in a parcel. Raises SealBroken where it is not one, not whole, or under another key."""
    if source.read(len(BEGINNING)) != BEGINNING:
        raise SealBroken
    for kind, part in _read_parts(_opened(source, key)):
        if kind == WHOLE:
            yield part
        else:
            yield from _taken_apart(zlib.decompress(part))


def _parts(things: Iterable[bytes]) -> Iterator[bytes]:
    small = bytearray()
    for thing in things:
        if len(thing) < LARGE:
            small += LENGTH.pack(len(thing)) + thing
        if small and (len(thing) >= LARGE or len(small) >= SIZE):
            yield _pressed(small)
            small.clear()
        if len(thing) >= LARGE:
            yield HEAD.pack(WHOLE, len(thing))
            yield thing
    if small:
        yield _pressed(small)


def _pressed(small: bytearray) -> bytes:
    pressed = zlib.compress(small)
    return HEAD.pack(PRESSED, len(pressed)) + pressed


def _read_parts(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= HEAD.size:
            kind, length = HEAD.unpack_from(waiting)
            end = HEAD.size + length
            if len(waiting) < end:
                break
            yield kind, bytes(memoryview(waiting)[HEAD.size : end])
            del waiting[:end]
    if waiting:
        raise SealBroken


def _taken_apart(small: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(small):
        (length,) = LENGTH.unpack_from(small, place)
        place += LENGTH.size + length
        yield small[place - length : place]


def _opened(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    number, piece = 0, source.read(SEALED_SIZE)
    if not piece:
        raise SealBroken
    while piece:
        following = source.read(SEALED_SIZE)
        yield decrypt(key, piece, bound=_bound(number, is_last=not following))
        number, piece = number + 1, following


def _bound(number: int, *, is_last: bool) -> bytes:
    return bound_to("parcel", str(number), "last" if is_last else "more")
