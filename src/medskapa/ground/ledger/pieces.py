"""Recordings and pictures, sealed in pieces under the key of their story, so that a long one is never whole in memory.

A sealed file begins with the id of its key. Each piece is bound to the file's name, its place and whether it is the last:
pieces that were cut off, put in, moved or taken from another file do not open.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

from medskapa.ground.ledger.data_keys import NONCE, bound_to, decrypt, encrypt, raw_key
from medskapa.ground.ledger.errors import SealBroken, WrongState
from medskapa.ground.ledger.models import DataKey

BEGINNING = b"medskapa pieces 1\n"
KEY_ID = 12
SIZE = 2**16  # bytes of a piece before it is sealed
SEALED_SIZE = NONCE + SIZE + 16


def seal_pieces(source: BinaryIO, target: BinaryIO, key: DataKey, name: str) -> None:
    """Seal everything in ``source`` into ``target``, for the file of this name. Raises WrongState if the key was destroyed."""
    raw = raw_key(key)
    if raw is None:
        raise WrongState
    target.write(BEGINNING + key.public_id.encode())
    for number, (piece, is_last) in enumerate(_with_last(_pieces(source, SIZE))):
        target.write(encrypt(raw, piece, bound=_bound(name, key.public_id, number, is_last=is_last)))


def open_pieces(source: BinaryIO, name: str) -> Iterator[bytes]:
    """The content of a sealed file, piece by piece. Raises WrongState if its key was destroyed, SealBroken. One SQL query."""
    beginning = source.read(len(BEGINNING))
    key_id = source.read(KEY_ID).decode("ascii", "replace")
    key = DataKey.objects.select_related("under").filter(public_id=key_id).first()
    if beginning != BEGINNING or key is None:
        raise SealBroken
    raw = raw_key(key)
    if raw is None:
        raise WrongState
    for number, (piece, is_last) in enumerate(_with_last(_pieces(source, SEALED_SIZE))):
        yield decrypt(raw, piece, bound=_bound(name, key_id, number, is_last=is_last))


def sealed_whole(content: bytes, key: DataKey, name: str) -> bytes:
    """A content that is in memory anyway, sealed likewise. Raises WrongState if the key was destroyed."""
    target = BytesIO()
    seal_pieces(BytesIO(content), target, key, name)
    return target.getvalue()


def opened_whole(sealed: bytes | memoryview, name: str) -> bytes:
    """What was sealed, in one. One SQL query. Raises WrongState if its key was destroyed, SealBroken."""
    return b"".join(open_pieces(BytesIO(bytes(sealed)), name))


def _pieces(source: BinaryIO, size: int) -> Iterator[bytes]:
    """Pieces of this size, the last one perhaps shorter; at least one."""
    piece = source.read(size)
    yield piece
    while len(piece) == size and (piece := source.read(size)):
        yield piece


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    waiting: bytes | None = None
    for piece in pieces:
        if waiting is not None:
            yield waiting, False
        waiting = piece
    if waiting is not None:
        yield waiting, True


def _bound(name: str, key_id: str, number: int, *, is_last: bool) -> bytes:
    return bound_to("piece", name, key_id, str(number), "last" if is_last else "more")
