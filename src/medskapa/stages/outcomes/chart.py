"""A line over time, drawn on the server: before in ink, since then in red, other places dashed, margins as bands.

All numbers leave here as text with a point, whatever the language of the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from medskapa.ground.web.moments import month, number
from medskapa.stages.outcomes.models import Measurement
from medskapa.stages.outcomes.queries import Standing

HALF_A_LETTER = 3.7  # half as wide as a letter of the names under the line: the first is not cut, and none covers another
NEAR = 54  # labels at the end of lines keep this distance


@dataclass(frozen=True, slots=True)
class Box:
    """The drawing and, inside it, the field of the lines."""

    width: int
    height: int
    right: int
    ticks: int
    left: int = 44
    top: int = 26

    @property
    def bottom(self) -> int:
        """Where the field ends; below stand the months."""
        return self.height - 46


LONG = Box(width=760, height=380, right=610, ticks=4)
TALL = Box(width=344, height=400, right=254, ticks=2)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid or a month, with its text and where that stands."""

    at: str
    text_at: str
    text: str


@dataclass(frozen=True, slots=True)
class End:
    """What stands at the end of a line: the last value and whose it is."""

    x: str
    y: str
    label_y: str
    below_y: str
    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, ready for its template."""

    box: Box
    grid: list[Tick]
    months: list[Tick]
    bands: list[tuple[str, str]]  # class and path
    before: str
    since: str
    others: list[str]
    main: End
    ends: list[End]
    began: str | None  # where the vertical line stands


def charts(standing: Standing, *, began: date | None = None) -> list[Chart]:
    """The drawing for wide screens and the one for phones; none while fewer than two values can be shown."""
    if len(standing.here) < 2:
        return []
    return [_chart(standing, box, began) for box in (LONG, TALL)]


def _chart(standing: Standing, box: Box, began: date | None) -> Chart:
    here, elsewhere = standing.here, standing.elsewhere
    scale = _Scale(box, [*here, *(row for rows in elsewhere.values() for row in rows)], began)
    before = [row for row in here if row.is_baseline]
    since = [*before[-1:], *(row for row in here if not row.is_baseline)]
    name = standing.municipality.name if standing.municipality else ""
    main = scale.end(here[-1], name, [])
    ends: list[End] = []
    for place, rows in elsewhere.items():
        ends.append(scale.end(rows[-1], place.name if place else "", [main, *ends]))
    return Chart(
        box=box,
        grid=scale.grid(),
        months=scale.months(),
        bands=[band for band in (("inkf", scale.band(before)), ("dot", scale.band(since[1:] if before else since))) if band[1]],
        before=scale.line(before),
        since=scale.line(since),
        others=[scale.line(rows) for rows in elsewhere.values()],
        main=main,
        ends=ends,
        began=f"{scale.x(began):.1f}" if began else None,
    )


class _Scale:
    """Where days and values stand in a box, and the paths between them."""

    def __init__(self, box: Box, rows: Sequence[Measurement], began: date | None) -> None:
        days = [row.measured_on for row in rows] + ([began] if began else [])
        self.box, self.first, self.last = box, min(days), max(days)
        self.most = _round_up(max(float(max(row.value, row.high or row.value)) for row in rows))

    def x(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return self.box.left + (self.box.right - self.box.left) * (day - self.first).days / span

    def y(self, value: float | Decimal) -> float:
        share = min(max(float(value) / self.most, 0.0), 1.0)
        return self.box.bottom - (self.box.bottom - self.box.top) * share

    def grid(self) -> list[Tick]:
        values = [self.most * quarter / 4 for quarter in range(5)]
        return [Tick(f"{self.y(value):.1f}", f"{self.y(value) + 4.5:.1f}", _short(value)) for value in values]

    def months(self) -> list[Tick]:
        days = [self.first + (self.last - self.first) * step / self.box.ticks for step in range(self.box.ticks + 1)]
        found: list[Tick] = []
        end = 0.0
        for day in dict.fromkeys(days):
            text = month(day)
            half = len(text) * HALF_A_LETTER
            x = max(self.x(day), half)
            if not found or x - half > end:
                found.append(Tick(f"{x:.1f}", str(self.box.bottom + 26), text))
                end = x + half
        return found

    def line(self, rows: Sequence[Measurement]) -> str:
        if len(rows) == 1:
            return f"M{self.x(rows[0].measured_on):.1f} {self.y(rows[0].value):.1f}h.01"
        return _path((self.x(row.measured_on), self.y(row.value)) for row in rows)

    def band(self, rows: Sequence[Measurement]) -> str:
        known = [(self.x(row.measured_on), row.low, row.high) for row in rows if row.low is not None and row.high is not None]
        if len(known) < 2:
            return "".join(f"M{x - 2:.1f} {self.y(low):.1f}V{self.y(high):.1f}h4V{self.y(low):.1f}z" for x, low, high in known)
        upper = [(x, self.y(high)) for x, _low, high in known]
        lower = [(x, self.y(low)) for x, low, _high in reversed(known)]
        return _path([*upper, *lower]) + "z"

    def end(self, row: Measurement, name: str, others: Sequence[End]) -> End:
        y = self.y(row.value)
        label = y + 3
        for other in others:
            if abs(label - float(other.label_y)) < NEAR:
                label = float(other.label_y) + NEAR
        x = f"{self.x(row.measured_on):.1f}"
        return End(x, f"{y:.1f}", f"{label:.1f}", f"{label + 19:.1f}", written(row.value), name)


def written(value: Decimal) -> str:
    """A value as people write it: no decimals where there are none."""
    return number(value, 0 if value == value.to_integral_value() else 1)


def _short(value: float) -> str:
    return written(Decimal(str(round(value, 1))))


def _round_up(value: float) -> float:
    """The next round number that a value fits under: 100 for 68, 40 for 31."""
    if value <= 0:
        return 1.0
    size = 10.0 ** len(str(int(value))) / 10
    return next(step * size for step in (1, 2, 4, 6, 8, 10) if value <= step * size)


def _path(points: Iterable[tuple[float, float]]) -> str:
    text = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{text}" if text else ""
