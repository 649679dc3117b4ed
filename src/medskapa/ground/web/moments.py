"""Moments, months, sums and numbers as people write them, in the language of the page."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from medskapa.ground.web import languages

NO_BREAK = "\u00a0"  # keeps the order of a number in a line that runs from right to left
MONTHS: tuple[str | Promise, ...] = (
    pgettext_lazy("month", "January"),
    pgettext_lazy("month", "February"),
    pgettext_lazy("month", "March"),
    pgettext_lazy("month", "April"),
    pgettext_lazy("month", "May"),
    pgettext_lazy("month", "June"),
    pgettext_lazy("month", "July"),
    pgettext_lazy("month", "August"),
    pgettext_lazy("month", "September"),
    pgettext_lazy("month", "October"),
    pgettext_lazy("month", "November"),
    pgettext_lazy("month", "December"),
)
WEEKDAYS: tuple[str | Promise, ...] = (
    pgettext_lazy("short weekday", "Mon"),
    pgettext_lazy("short weekday", "Tue"),
    pgettext_lazy("short weekday", "Wed"),
    pgettext_lazy("short weekday", "Thu"),
    pgettext_lazy("short weekday", "Fri"),
    pgettext_lazy("short weekday", "Sat"),
    pgettext_lazy("short weekday", "Sun"),
)
MINUTE, HOUR, DAY = 60, 3600, 86400
NO_MINOR_UNIT = frozenset({"ISK", "JPY", "KRW", "UGX", "XOF", "XAF"})

_clock: list[Callable[[], datetime]] = [lambda: datetime.now(UTC)]


def read_clock_from(now: Callable[[], datetime]) -> None:
    """Let "3 days ago" be counted from this clock. The ledger registers the product's own at start."""
    _clock[0] = now


def now() -> datetime:
    """The moment that pages count from."""
    return _clock[0]()


def day(moment: date | datetime | None) -> str:
    """``12 March 2017``, in the zone that is active (the lab's). Nothing for no moment."""
    if moment is None:
        return ""
    local = _local(moment)
    parts = {"day": str(local.day), "month": MONTHS[local.month - 1], "year": str(local.year)}
    return _written(pgettext("date", "%(day)s %(month)s %(year)s") % parts)


def month(moment: date | datetime | None) -> str:
    """``March 2017``."""
    if moment is None:
        return ""
    local = _local(moment)
    return _written(pgettext("date", "%(month)s %(year)s") % {"month": MONTHS[local.month - 1], "year": str(local.year)})


def clock(moment: datetime | None) -> str:
    """``14:20`` in the zone that is active."""
    return _written(_local(moment).strftime("%H:%M")) if moment else ""


def ago(moment: datetime | None) -> str:
    """``3 days ago``; after two months the day itself says more."""
    if moment is None:
        return ""
    seconds = int((now() - moment).total_seconds())
    if seconds < MINUTE:
        return _("just now") if seconds > -MINUTE else day(moment)
    if seconds >= 60 * DAY:
        return day(moment)
    return _written(_long_ago(seconds))


def _long_ago(seconds: int) -> str:
    if seconds < HOUR:
        count = seconds // MINUTE
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", count) % {"count": count}
    if seconds < DAY:
        count = seconds // HOUR
        return ngettext("%(count)d hour ago", "%(count)d hours ago", count) % {"count": count}
    count = seconds // DAY
    return ngettext("%(count)d day ago", "%(count)d days ago", count) % {"count": count}


def number(value: int | float | Decimal | None, decimals: int = 0) -> str:
    """``1 530 000`` with spaces that do not break, in the digits of the language."""
    if value is None:
        return ""
    text = f"{Decimal(str(value)):,.{decimals}f}".replace(",", NO_BREAK).replace("-", "\u2212")
    return _written(text.replace(".", pgettext("decimal sign", ".")))


def money(minor: int | None, currency: str) -> str:
    """An amount in minor units: 9500000 öre are ``95 000 kr``. Cents are shown where there are any."""
    if minor is None:
        return ""
    places = 0 if currency in NO_MINOR_UNIT else 2
    amount = Decimal(minor).scaleb(-places)
    return f"{number(amount, decimals=0 if amount == int(amount) else places)}{NO_BREAK}{_unit(currency)}"


def _unit(currency: str) -> str:
    return pgettext("Swedish crowns, after an amount", "SEK") if currency == "SEK" else currency


def _local(moment: date | datetime) -> date | datetime:
    return timezone.localtime(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment


def _written(text: str) -> str:
    return languages.in_digits(text, languages.shown())
