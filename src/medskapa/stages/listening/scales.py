"""The places on a scale where a mark can stand: seven between two ends, thirteen among three corners.

Few enough that each can be said in words, touched with a thumb and reached by keys; and whoever marks without a script marks as finely
as anybody else. A place is how much of each end it holds, in twelfths of the whole.
"""

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.templatetags.medskapa import apart, plainly
from medskapa.stages.listening.models import Mark, Scale

Shares = tuple[int, int, int]
Region = tuple[int, ...]  # the ends, by their number, of which a place holds most

LINE: tuple[Shares, ...] = tuple((Mark.WHOLE - second, second, 0) for second in range(0, Mark.WHOLE + 1, 2))
TRIANGLE: tuple[Shares, ...] = (  # row by row from the first corner down
    (12, 0, 0),
    (8, 2, 2),
    (6, 6, 0),
    (6, 0, 6),
    (5, 5, 2),
    (5, 2, 5),
    (4, 4, 4),
    (2, 8, 2),
    (2, 5, 5),
    (2, 2, 8),
    (0, 12, 0),
    (0, 6, 6),
    (0, 0, 12),
)
WIDE, HIGH = 600, 420  # the box of the drawing of a triangle; that of a line is lower
Words = dict[tuple[int, ...], str | Promise]
ON_A_LINE: Words = {
    (12, 0): _("All the way to “{0}”"),
    (10, 2): _("Much nearer to “{0}”"),
    (8, 4): _("A little nearer to “{0}”"),
    (6, 6): _("In the middle"),
}
IN_A_TRIANGLE: Words = {
    (12, 0, 0): _("All the way to “{0}”"),
    (8, 2, 2): _("Mostly “{0}”"),
    (6, 6, 0): _("Between “{0}” and “{1}”"),
    (5, 5, 2): _("Between “{0}” and “{1}”, and a little “{2}”"),
    (4, 4, 4): _("In the middle"),
}
REGIONS: Words = {(0,): _("Nearest to “{0}”"), (0, 1): _("Between “{0}” and “{1}”"), (0, 1, 2): _("In the middle")}


def places_on(scale: Scale) -> tuple[Shares, ...]:
    """Where a mark can stand, in the order of keys and of reading."""
    return TRIANGLE if scale.is_triangle else LINE


def ends_of(scale: Scale) -> list[str]:
    """What stands at the ends or corners, in the language of the page. No SQL if the scale went through ``worded``."""
    return [plainly(scale, name) for name in ("first", "second", "third")[: 3 if scale.is_triangle else 2]]


def place_in_words(scale: Scale, place: Shares) -> str:
    """A place as a page says it, each end in its own direction."""
    ends = ends_of(scale)
    order = sorted(range(len(ends)), key=lambda end: (-place[end], end))
    words = IN_A_TRIANGLE if scale.is_triangle else ON_A_LINE
    return format_html(str(words[tuple(place[end] for end in order)]), *(apart(ends[end]) for end in order))


def region_of(place: Shares) -> Region:
    """Which ends a place holds most of: one, or several alike."""
    return tuple(end for end, share in enumerate(place) if share == max(place))


def regions_on(scale: Scale) -> list[Region]:
    """The regions of a scale: near each end, then between."""
    return sorted({region_of(place) for place in places_on(scale)}, key=lambda region: (len(region), region))


def region_in_words(scale: Scale, region: Region) -> str:
    """A region as a page says it, each end in its own direction."""
    ends = ends_of(scale)
    if len(region) == len(ends):
        return str(REGIONS[0, 1, 2])
    return format_html(str(REGIONS[tuple(range(len(region)))]), *(apart(ends[end]) for end in region))


def middle_of(scale: Scale, region: Region) -> tuple[float, float, float]:
    """The middle of the places of a region: how much it holds of each end."""
    inside = [place for place in places_on(scale) if region_of(place) == region]
    first, second, third = (sum(shares) / len(inside) for shares in zip(*inside, strict=True))
    return first, second, third


def point_on(scale: Scale, place: Sequence[float]) -> tuple[int, int]:
    """Where a place lies in the drawing of its scale."""
    first, second, third = (share / Mark.WHOLE for share in place)
    x, y = (0.5 + (third - second) / 2, 1 - first) if scale.is_triangle else (second, 0.5)
    return round(50 + x * (WIDE - 100)), round(50 + y * (HIGH - 100))


def box_of(scale: Scale) -> str:
    """What the drawing of a scale shows, as SVG says it."""
    return f"0 0 {WIDE} {HIGH}" if scale.is_triangle else f"0 {HIGH // 2 - 60} {WIDE} 120"


def written(place: Sequence[int]) -> str:
    """A place as forms send it."""
    return "-".join(map(str, place))


def read_place(text: str, places: Iterable[Shares]) -> Shares | None:
    """The place that a form sent, or None for nothing and for anything else."""
    return {written(place): place for place in places}.get(text)


def place_of(mark: Mark) -> Shares:
    """Where a mark stands."""
    return (mark.first, mark.second, mark.third)
