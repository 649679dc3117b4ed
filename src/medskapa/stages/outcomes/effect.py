"""What changed between two measurements, and how sure one can be."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from medskapa.stages.outcomes.models import Indicator, Measurement

Verdict = Literal["better", "worse", "unclear"]


@dataclass(frozen=True, slots=True)
class Change:
    """Before and now, the difference, and between which values it probably lies.

    Margins of two independent measurements add like the sides of a right angle; without margins the difference says less.
    """

    before: Measurement
    now: Measurement
    direction: str

    @property
    def difference(self) -> Decimal:
        """Now minus before."""
        return self.now.value - self.before.value

    @property
    def margin(self) -> tuple[Decimal, Decimal] | None:
        """Between which values the difference probably lies; None if one of the two was noted without a margin."""
        below = _together(_below(self.now), _above(self.before))
        above = _together(_above(self.now), _below(self.before))
        if below is None or above is None:
            return None
        return self.difference - below, self.difference + above

    @property
    def verdict(self) -> Verdict:
        """Whether it got better: only what its margin leaves no doubt about; without margins we can't tell."""
        if self.margin is None or self.margin[0] <= 0 <= self.margin[1]:
            return "unclear"
        is_up = self.difference > 0
        return "better" if is_up == (self.direction == Indicator.Direction.UP) else "worse"


def change_of(indicator: Indicator, measurements: list[Measurement]) -> Change | None:
    """The last measurement before it began, and the last one since. ``measurements`` by day. None if one of them is missing. No SQL."""
    before = [row for row in measurements if row.is_baseline]
    since = [row for row in measurements if not row.is_baseline]
    return Change(before[-1], since[-1], indicator.direction) if before and since else None


def _below(measurement: Measurement) -> Decimal | None:
    return None if measurement.low is None else measurement.value - measurement.low


def _above(measurement: Measurement) -> Decimal | None:
    return None if measurement.high is None else measurement.high - measurement.value


def _together(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else (one * one + other * other).sqrt()
