"""Pictures as they come in: redrawn in a process of their own, so that no file reaches anybody as it was sent; and covered there, so
that what others see holds nothing of what was covered.
"""

import subprocess
from collections.abc import Collection, Iterator

from medskapa.ground.ledger.pieces import opened_whole, sealed_whole
from medskapa.ground.ledger.sealing import seal
from medskapa.stages.listening import redraw
from medskapa.stages.listening.apart import run_apart
from medskapa.stages.listening.errors import NotAPicture, PictureTooBig
from medskapa.stages.listening.models import Cover, Picture, Story

TYPE = "image/jpeg"
SIZES = frozenset({0xC0, 0xC1, 0xC2})  # the marks of a JPEG behind which its height and width stand


def redrawn(content: bytes) -> bytes:
    """The same picture as a JPEG without anything but its pixels. Raises PictureTooBig, NotAPicture."""
    return _drawn(content)


def covered(picture: Picture, cells: Collection[int]) -> bytes:
    """The picture drawn once more, with these fields of it under one flat colour. Raises WrongState if its story was taken back."""
    content = opened(picture)
    return _drawn(content, *areas_of(cells, picture.rows, *size_of(content)))


def sealed_picture(story: Story, content: bytes) -> Picture:
    """A picture of this story, not yet saved, sealed under the story's key. Raises WrongState if the key was destroyed."""
    width, height = size_of(content)
    picture = Picture(lab=story.lab, story=story, width=width, height=height)
    picture.sealed = sealed_whole(content, story.key, picture.public_id)
    return picture


def sealed_cover(picture: Picture, content: bytes, *, cells: Collection[int], shows: str, by: str) -> Cover:
    """What others may see of a picture, not yet saved, sealed likewise."""
    key = picture.story.key
    cover = Cover(lab=picture.lab, picture=picture, cells=sorted(cells), shows=seal(shows, key), by=by)
    cover.sealed = sealed_whole(content, key, cover.public_id)
    return cover


def opened(row: Picture | Cover) -> bytes:
    """The picture itself. Two SQL queries. Raises WrongState if its story was taken back, SealBroken."""
    return opened_whole(row.sealed, row.public_id)


def size_of(drawn: bytes) -> tuple[int, int]:
    """Width and height of a JPEG that was drawn here."""
    place = 2
    while drawn[place + 1] not in SIZES:
        place += 2 + int.from_bytes(drawn[place + 2 : place + 4])
    return int.from_bytes(drawn[place + 7 : place + 9]), int.from_bytes(drawn[place + 5 : place + 7])


def areas_of(cells: Collection[int], rows: int, width: int, height: int) -> Iterator[str]:
    """Where these fields lie in a picture of this size, for ``redraw``."""
    for row, column in (divmod(cell, Picture.COLUMNS) for cell in cells):
        across = [width * end // Picture.COLUMNS for end in (column, column + 1)]
        down = [height * end // rows for end in (row, row + 1)]
        yield f"{across[0]},{down[0]},{across[1]},{down[1]}"


def _drawn(content: bytes, *areas: str) -> bytes:
    try:
        done = run_apart(redraw, content, *areas)
    except subprocess.TimeoutExpired:
        raise PictureTooBig from None
    if done.returncode == redraw.TOO_BIG:
        raise PictureTooBig
    if done.returncode or not done.stdout:
        raise NotAPicture
    return done.stdout
