"""Plain tables, read many lines at once: whole numbers between commas.

What is not plain is refused without a reason (`NotPlain`): whoever reads then takes the slow way, line by line, which reads more kinds of
files and finds the line of a fault.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PIECE = 1 << 23  # bytes
LONGEST = 18  # digits of a whole number in 64 bits
MINUS, ZERO, QUOTE, END = ord("-"), ord("0"), ord('"'), ord("\n")


class NotPlain(Exception):
    """Something that has to be read line by line."""


@dataclass(frozen=True)
class Piece:
    """Some whole lines of a file, and the number of the first one."""

    line: int
    raw: bytes

    def cells(self, columns: int, delimiter: str) -> "Cells":
        """The cells of these lines. Raises NotPlain where a line has not so many, or a cell holds a delimiter or a line end in quotes."""
        text = self.raw.rstrip(b"\n") + b"\n"
        raw = np.frombuffer(text, dtype=np.uint8)
        ends = np.flatnonzero((raw == ord(delimiter)) | (raw == END))
        if len(ends) % columns or text.count(b"\n") * columns != len(ends) or (raw[ends[columns - 1 :: columns]] != END).any():
            raise NotPlain
        begins = np.append(0, ends[:-1] + 1)
        if not is_utf8(text):
            raise NotPlain
        if QUOTE in text:
            if (np.searchsorted(np.flatnonzero(raw == QUOTE), ends) % 2).any():
                raise NotPlain
            is_quoted = (raw[begins] == QUOTE) & (raw[ends - 1] == QUOTE) & (ends - begins > 1)
            begins, ends = begins + is_quoted, ends - is_quoted
        return Cells(raw, begins.reshape(-1, columns), ends.reshape(-1, columns))


@dataclass(frozen=True)
class Cells:
    """The bytes of some lines, and (lines, columns) where each cell begins and ends in them."""

    raw: NDArray[np.uint8]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]

    def numbers(self, column: int) -> NDArray[np.int64]:
        """(lines,) The cells of a column as whole numbers. Raises NotPlain where one is not written as such."""
        return whole_numbers(self.raw, self.begins[:, column], self.ends[:, column])


def read_pieces(path: Path) -> Iterator[Piece]:
    """The lines below the first one, piece by piece, with the line ends of Unix. Raises OSError where the file cannot be read."""
    line = 2
    with path.open("rb") as file:
        file.readline()
        while raw := file.read(PIECE):
            raw = (raw + file.readline()).replace(b"\r\n", b"\n")
            yield Piece(line, raw)
            line += raw.count(b"\n")


def whole_numbers(raw: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """(cells,) The numbers written between these bytes, digit by digit for all cells at once. Raises NotPlain.

    >>> whole_numbers(np.frombuffer(b"12,-3,", dtype=np.uint8), np.array([0, 3]), np.array([2, 5])).tolist()
    [12, -3]
    """
    is_negative = raw[begins] == MINUS
    firsts = begins + is_negative
    lengths = ends - firsts
    longest = int(lengths.max(initial=0))
    has_zero_in_front = (raw[firsts] == ZERO) & (lengths + is_negative > 1)
    if not 1 <= lengths.min(initial=1) <= longest <= LONGEST or has_zero_in_front.any():
        raise NotPlain
    numbers = np.zeros(len(begins), dtype=np.int64)
    for place in range(longest):
        is_there = lengths > place
        digits = raw[firsts + np.minimum(place, lengths - 1)] - np.uint8(ZERO)
        if (digits > 9).any():
            raise NotPlain
        numbers = np.where(is_there, numbers * 10 + digits, numbers)
    return np.where(is_negative, -numbers, numbers)


def is_utf8(raw: bytes) -> bool:
    """Whether bytes are text in UTF-8."""
    try:
        raw.isascii() or raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def header_of(path: Path, delimiters: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The names in the first line of a file, and the delimiter between them. Raises NotPlain, and OSError if it cannot be read."""
    with path.open("rb") as file:
        first = file.readline().removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n")
    used = [sign for sign in delimiters if sign.encode() in first]
    if not is_utf8(first) or b"\r" in first or len(used) != 1:
        raise NotPlain
    cells = [cell.strip() for cell in first.decode().split(used[0])]
    if any(cell.count('"') % 2 for cell in cells):
        raise NotPlain
    return tuple(cell.replace('"', "") for cell in cells), used[0]
