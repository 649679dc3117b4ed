"""By when something has to happen for a child: within two hours, the same day, or later where the officer says so."""

from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.days import end_of_day, today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.moment import now

PATIENCE = timedelta(hours=2)  # how long a concern may lie unread


class Within(TextChoices):
    """The times that an officer can set for the next step."""

    SOON = "soon", _("Within two hours")
    TODAY = "today", _("Today")
    DAYS = "days", _("Within three days")
    WEEK = "week", _("Within a week")
    MONTH = "month", _("Within a month")


DAYS_AHEAD = {Within.TODAY: 0, Within.DAYS: 3, Within.WEEK: 7, Within.MONTH: 30}


def soon() -> datetime:
    """Two hours from now."""
    return now() + PATIENCE


def due(within: str, lab: Lab) -> datetime:
    """The moment by which it has to be done: the last minute of a day where the lab is, and never less than two hours off."""
    if within == Within.SOON:
        return soon()
    midnight = end_of_day(today_of(lab) + timedelta(days=DAYS_AHEAD[Within(within)]), lab)
    assert midnight is not None  # noqa: S101  # there is a day
    return max(midnight - timedelta(minutes=1), soon())
