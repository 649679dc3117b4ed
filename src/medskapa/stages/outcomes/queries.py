"""Indicators and measurements for a reader. Numbers about fewer than five people stay inside the team."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.places.models import Municipality
from medskapa.ground.safeguarding.disclosure import is_few
from medskapa.stages.outcomes.effect import Change, change_of
from medskapa.stages.outcomes.models import Indicator, Measurement


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement as a reader may see it."""

    row: Measurement
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator with what was measured, in one municipality or in none named, and what changed there."""

    indicator: Indicator
    measured: list[Measured]
    municipality: Municipality | None
    change: Change | None

    @property
    def here(self) -> list[Measurement]:
        """What may be seen of this municipality, by day."""
        return [one.row for one in self.measured if not one.is_withheld and one.row.municipality == self.municipality]

    @property
    def elsewhere(self) -> dict[Municipality | None, list[Measurement]]:
        """What may be seen of other places, by day."""
        places: dict[Municipality | None, list[Measurement]] = {}
        for one in self.measured:
            if not one.is_withheld and one.row.municipality != self.municipality:
                places.setdefault(one.row.municipality, []).append(one.row)
        return places


def indicators_of(lab: Lab) -> QuerySet[Indicator]:
    """The indicators of a lab with their measurements by day, newest indicator first. Two SQL queries."""
    return with_measurements(lab.indicators.select_related("lab", "insight__lab")).order_by("-made_at", "-pk")


def with_measurements(indicators: QuerySet[Indicator]) -> QuerySet[Indicator]:
    """The same indicators, each with its measurements by day. One more SQL query."""
    return indicators.prefetch_related(Prefetch("measurements", measured_by_day()))


def measured_by_day() -> QuerySet[Measurement]:
    """Measurements of any indicator, as ``standing_of`` needs them loaded. One SQL query."""
    return Measurement.objects.select_related("municipality").order_by("measured_on", "pk")


def measurements_of(lab: Lab) -> QuerySet[Measurement]:
    """The measurements of a lab, newest first. One SQL query."""
    return lab.measurements.select_related("lab", "indicator__lab", "municipality").order_by("-measured_on", "-pk")


def is_withheld(measurement: Measurement, *, reader: Actor) -> bool:
    """Whether a number is kept from this reader since too few people stand behind it."""
    return measurement.people_count is not None and is_few(measurement.people_count) and not reader.is_team


def standing_of(indicator: Indicator, *, reader: Actor, municipality: Municipality | None = None, since: date | None = None) -> Standing:
    """How it stands with an indicator whose measurements are loaded: in this municipality, else where most was measured. No SQL.

    ``since``: what was measured before this day counts as before, whatever was noted.
    """
    rows = list(indicator.measurements.all())
    for row in rows:
        row.is_baseline = row.is_baseline or (since is not None and row.measured_on < since)
    place = municipality if any(row.municipality == municipality for row in rows) else _most_measured(rows)
    measured = [Measured(row, is_withheld(row, reader=reader)) for row in rows]
    here = [one.row for one in measured if not one.is_withheld and one.row.municipality == place]
    return Standing(indicator, measured, place, change_of(indicator, here))


def _most_measured(rows: list[Measurement]) -> Municipality | None:
    counted = Counter(row.municipality for row in rows)
    return counted.most_common(1)[0][0] if counted else None
