"""Days where the lab is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.timezone import localtime

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.moment import now


def today_of(lab: Lab | None) -> date:
    """Today's date where the lab is; outside labs, where this installation is."""
    return day_of(now(), lab)


def day_of(moment: datetime, lab: Lab | None) -> date:
    """On which day a moment was where the lab is; outside labs, where this installation is."""
    return localtime(moment, ZoneInfo(lab.time_zone) if lab else None).date()


def end_of_day(day: date | None, lab: Lab) -> datetime | None:
    """The moment at which a last day is over, where the lab is."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(lab.time_zone)).astimezone(UTC)
