"""Days where the lab is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.moment import now


def today_of(lab: Lab) -> date:
    """Today's date where the lab is."""
    return now().astimezone(ZoneInfo(lab.time_zone)).date()


def end_of_day(day: date | None, lab: Lab) -> datetime | None:
    """The moment at which a last day is over, where the lab is."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(lab.time_zone)).astimezone(UTC)
