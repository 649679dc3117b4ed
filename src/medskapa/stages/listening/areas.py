"""The picture of a conversation: each group a soft area, and the reader alone a dot. Nobody else can be found in it.

Everything lies on a coarse grid, so that one more answer hardly ever moves the picture: who looks before and after a friend
has answered learns nothing of the friend.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medskapa.methods.landscape.regions import Region

WIDE, HIGH, EDGE = 600, 420, 40
GRID = 20  # a thirtieth of the width
LEAST = 3 * GRID // 2  # how far an area reaches at least: people who answer just alike are no dot either
Point = tuple[float, float]

SHAPES = (  # an opinion group is told by its shape first, in a box of 18 by 18
    "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0z",
    "M-8-8H8V8H-8z",
    "M0-10L9.5 7H-9.5z",
    "M0-11L11 0L0 11L-11 0z",
    "M-5-9H5L10 0L5 9H-5L-10 0z",
)


@dataclass(frozen=True, slots=True)
class Area:
    """A group in the picture: its number, how many they are, where, the path of its sign, and which of the three colours it has."""

    number: int
    size: int
    x: str
    y: str
    rx: str
    ry: str
    below: str
    shape: str
    colour: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Areas, and where the reader is among them, if they are in a group."""

    areas: tuple[Area, ...]
    you: tuple[str, str, str] | None


def drawn(found: "Iterable[Region]", sizes: Mapping[int, int], you: Point | None) -> Picture:
    """The groups as areas in a box of 600 by 420, and the reader as a dot."""
    regions = list(found)
    corners = [_corner(region, side) for region in regions for side in (-1, 1)]
    ends = [*corners, you] if you else corners
    low = min(x for x, _y in ends), min(y for _x, y in ends)
    high = max(x for x, _y in ends), max(y for _x, y in ends)
    scale = min((WIDE - 2 * EDGE) / (high[0] - low[0] or 1), (HIGH - 2 * EDGE) / (high[1] - low[1] or 1))
    middle = (low[0] + high[0]) / 2, (low[1] + high[1]) / 2

    def placed(point: Point) -> tuple[int, int]:
        return _on_grid(WIDE / 2 + (point[0] - middle[0]) * scale), _on_grid(HIGH / 2 + (point[1] - middle[1]) * scale)

    areas = tuple(_area(region, sizes[region.group], placed(region.centre), scale) for region in regions)
    return Picture(areas, _dot(placed(you)) if you else None)


def _corner(region: "Region", side: int) -> Point:
    return region.centre[0] + side * region.reach[0], region.centre[1] + side * region.reach[1]


def _area(region: "Region", size: int, at: tuple[int, int], scale: float) -> Area:
    rx, ry = (max(LEAST, _on_grid(one * scale)) for one in region.reach)
    kind = (region.group - 1) % len(SHAPES)
    return Area(region.group, size, str(at[0]), str(at[1]), str(rx), str(ry), str(at[1] + 30), SHAPES[kind], str(1 + kind % 3))


def _dot(at: tuple[int, int]) -> tuple[str, str, str]:
    return str(at[0]), str(at[1]), str(at[1] - 14)


def _on_grid(length: float) -> int:
    return GRID * round(length / GRID)
