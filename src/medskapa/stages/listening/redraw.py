"""Draw a picture anew: what comes out holds its pixels and nothing else, no place, no time, no name of a phone.

``pictures`` runs this file as a process of its own, with little memory and little time, so that a file made to do harm ends here.
It reads a file from its input and writes a JPEG to its output; how it ends says what was wrong. Each argument is an area to cover:
``left,top,right,bottom`` in pixels.
"""

import io
import sys
from collections.abc import Iterable

from PIL import Image, ImageDraw, ImageOps

try:
    import resource
except ImportError:  # not every system has it
    resource = None  # type: ignore[assignment]

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000  # asked of the file's head, before anything is decoded
MANY_PIXELS = 12_000_000  # less than that fits whatever the format
LONGEST_SIDE = 1600
LIGHT = 300_000  # bytes; the first quality that is as light is taken, or the last
QUALITIES = (85, 75, 60, 45)
MEMORY = 300 * 2**20  # of addresses, so never more of memory: a photo of 40 million pixels takes far less; what takes more is too big
SECONDS = 10
TOO_BIG, UNREADABLE = 3, 4
FLAT = (58, 64, 70)  # the colour of a cover, --cover in the styles
BLOCK = 16  # pixels that a JPEG presses together: whoever covers one of them covers all
Area = tuple[int, int, int, int]


class TooManyPixels(Exception):
    """A picture that would take too much memory once it is decoded."""


def redraw(content: bytes, areas: Iterable[Area] = ()) -> bytes:
    """The picture as a JPEG, upright, at most 1600 pixels long, on white, with nothing of what is under these areas.

    Raises TooManyPixels, or whatever a broken file leads to.
    """
    with _opened(content) as found:
        if found.width * found.height > MOST_PIXELS:
            raise TooManyPixels
        image = _small(found)
        return _light(_covered(_on_white(ImageOps.exif_transpose(image)), areas))


def _opened(content: bytes) -> Image.Image:
    """Known by its head, not yet decoded. Raises TooManyPixels for a WebP whose decoder lacks memory for what its head says."""
    try:
        return Image.open(io.BytesIO(content), formats=FORMATS)
    except OSError:
        if _pixels_of_webp(content) > MANY_PIXELS:
            raise TooManyPixels from None
        raise


def _pixels_of_webp(content: bytes) -> int:
    """How many a WebP says it has, none for other files: Pillow takes memory for all of them before it tells. Source: RFC 9649."""
    if content[8:12] != b"WEBP":
        return 0
    number = int.from_bytes(content[20:30], "little")
    if content[12:16] == b"VP8X":
        return ((number >> 32 & 0xFFFFFF) + 1) * ((number >> 56) + 1)
    if content[12:16] == b"VP8L":
        return ((number >> 8 & 0x3FFF) + 1) * ((number >> 22 & 0x3FFF) + 1)
    return (number >> 48 & 0x3FFF) * (number >> 64 & 0x3FFF)


def _small(found: Image.Image) -> Image.Image:
    """Decoded and at most 1600 pixels long. Raises TooManyPixels if a decoder says in its own way that it lacks memory."""
    has_many = found.width * found.height > MANY_PIXELS
    try:
        image = _in_colours(_no_larger_than_needed(found))
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except OSError:
        if has_many:
            raise TooManyPixels from None
        raise
    return image


def _no_larger_than_needed(image: Image.Image) -> Image.Image:
    """A JPEG can be decoded at a half, a quarter or an eighth, which takes as much less memory; other formats stay as they are."""
    shrink = max(image.width, image.height) / LONGEST_SIDE
    if shrink > 1:
        image.draft(None, (int(image.width / shrink), int(image.height / shrink)))
    return image


def _in_colours(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value / 256).convert("L")
    return image.convert("RGBA") if image.mode in {"1", "P", "PA"} else image


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _covered(image: Image.Image, areas: Iterable[Area]) -> Image.Image:
    """Grown to whole blocks and one pixel more: nothing around a cover depends on what was under it, not even a shade."""
    brush = ImageDraw.Draw(image)
    for left, top, right, bottom in areas:
        start = (left // BLOCK * BLOCK - 1, top // BLOCK * BLOCK - 1)
        end = (-(-right // BLOCK) * BLOCK, -(-bottom // BLOCK) * BLOCK)  # the last pixel is drawn, too
        brush.rectangle((start, end), fill=FLAT)
    return image


def _light(image: Image.Image) -> bytes:
    bare = Image.frombytes("RGB", image.size, image.tobytes())  # carries nothing that the file said besides its pixels
    for quality in QUALITIES:
        target = io.BytesIO()
        bare.save(target, "JPEG", quality=quality, optimize=True)
        if target.tell() <= LIGHT:
            break
    return target.getvalue()


def _hold_back() -> None:
    """Take no more memory and time than a picture needs. Systems without such limits have the time limit of whoever runs this."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _area(said: str) -> Area:
    left, top, right, bottom = map(int, said.split(","))
    return left, top, right, bottom


def main(arguments: list[str]) -> int:
    """Redraw one file."""
    _hold_back()
    Image.MAX_IMAGE_PIXELS = None  # we count them ourselves
    try:
        drawn = redraw(sys.stdin.buffer.read(), map(_area, arguments))
    except (TooManyPixels, MemoryError):
        return TOO_BIG
    except Exception:
        return UNREADABLE
    sys.stdout.buffer.write(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
