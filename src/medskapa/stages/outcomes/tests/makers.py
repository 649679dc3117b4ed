"""Indicators and measurements, for tests."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.stages.outcomes.actions import note_measurement, write_indicator
from medskapa.stages.outcomes.models import Indicator, Measurement


def an_indicator(lab: Lab, **what: Any) -> Indicator:
    """Something that shows whether it got better, in people of 100."""
    defaults = {"title": "I know what to do with a letter", "summary": "Asked after a visit.", "language": "sv", "unit": "of 100"}
    return write_indicator(lab, by=_demo(lab), **(defaults | what))


def a_measurement(indicator: Indicator, value: float = 41, on: date | None = None, margin: float | None = None, **what: Any) -> Measurement:
    """A measurement of yesterday, of 40 people; ``margin``: how far the true value may lie to either side."""
    exact = Decimal(str(value))
    if margin is not None:
        what |= {"low": exact - Decimal(str(margin)), "high": exact + Decimal(str(margin))}
    day = on or today_of(indicator.lab) - timedelta(days=1)
    return note_measurement(indicator, value=exact, measured_on=day, by=_demo(indicator.lab), **({"people_count": 40} | what))


def a_baseline(indicator: Indicator, value: float = 41, on: date | None = None, **what: Any) -> Measurement:
    """What was measured before anything began: a year ago, unless told otherwise."""
    return a_measurement(indicator, value, on or today_of(indicator.lab) - timedelta(days=365), is_baseline=True, **what)


def _demo(lab: Lab) -> Actor:
    return Actor.system("demo", lab.public_id)
