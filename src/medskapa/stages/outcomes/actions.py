"""Indicators and measurements: saying what shows whether it got better, and noting what was measured."""

from datetime import date
from decimal import Decimal
from typing import Any

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.places.models import Municipality
from medskapa.stages.outcomes.errors import Frozen, NotYet
from medskapa.stages.outcomes.models import Indicator, Measurement
from medskapa.stages.understanding.models import Insight


@action("indicator.write")
def write_indicator(
    lab: Lab,
    *,
    title: str,
    summary: str,
    language: str,
    unit: str,
    by: Actor,
    direction: str = Indicator.Direction.UP,
    written_by_young: bool = False,
    insight: Insight | None = None,
    source: str | None = None,
) -> Indicator:
    """Say what shows whether it got better, and how it is measured. It can change until the first measurement."""
    return Indicator.objects.create(
        lab=lab,
        title=title,
        summary=summary,
        language=language,
        unit=unit,
        direction=direction,
        written_by_young=written_by_young,
        insight=insight,
        source=source,
    )


@action("indicator.edit")
def edit_indicator(indicator: Indicator, /, *, by: Actor, **changes: Any) -> Indicator:
    """Say it anew. Raises Frozen from the first measurement on."""
    if Indicator.objects.filter(pk=indicator.pk, frozen_at__isnull=True).update(**changes) != 1:
        raise Frozen
    for name, value in changes.items():
        setattr(indicator, name, value)
    return indicator


@action("measurement.note")
def note_measurement(
    indicator: Indicator,
    *,
    value: Decimal,
    measured_on: date,
    by: Actor,
    is_baseline: bool = False,
    municipality: Municipality | None = None,
    low: Decimal | None = None,
    high: Decimal | None = None,
    people_count: int | None = None,
    note: str = "",
    source: str | None = None,
) -> Measurement:
    """Note one measured value. The first one freezes what the indicator means. Raises NotYet for a day to come."""
    _must_be_past(indicator.lab, measured_on)
    _freeze(indicator)
    return Measurement.objects.create(
        lab=indicator.lab,
        indicator=indicator,
        municipality=municipality,
        is_baseline=is_baseline,
        value=value,
        low=low,
        high=high,
        people_count=people_count,
        measured_on=measured_on,
        note=note,
        source=source,
        made_at=now(),
    )


@action("measurement.edit")
def edit_measurement(measurement: Measurement, /, *, by: Actor, **changes: Any) -> Measurement:
    """Put right what was noted wrongly. Raises NotYet for a day to come."""
    _must_be_past(measurement.lab, changes.get("measured_on", measurement.measured_on))
    for name, value in changes.items():
        setattr(measurement, name, value)
    measurement.save(update_fields=list(changes))
    note(measurement.indicator)
    return measurement


def _must_be_past(lab: Lab, day: date) -> None:
    if day > today_of(lab):
        raise NotYet


def _freeze(indicator: Indicator) -> None:
    moment = now()
    if Indicator.objects.filter(pk=indicator.pk, frozen_at__isnull=True).update(frozen_at=moment):
        indicator.frozen_at = moment
