"""The square on the code's luggage tag. It opens the return page and never holds the code."""

from dataclasses import dataclass

import segno


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code as one path in a box of ``size`` modules."""

    size: int
    path: str


def square_of(address: str) -> Square:
    """The QR code of an address."""
    rows = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]
    parts = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module]
    return Square(len(rows), "".join(parts))
