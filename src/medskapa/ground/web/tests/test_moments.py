from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from medskapa.ground.web import moments

NOON = datetime(2017, 8, 31, 12, 0, tzinfo=UTC)


@pytest.fixture
def at_noon(monkeypatch):
    monkeypatch.setattr(moments, "_clock", [lambda: NOON])


def test_a_day_is_that_of_the_place_where_the_lab_is():
    late = datetime(2017, 8, 31, 23, 30, tzinfo=UTC)

    with timezone.override("Europe/Stockholm"):
        assert (moments.day(late), moments.month(late), moments.clock(late)) == ("1 September 2017", "September 2017", "01:30")


def test_a_day_without_a_moment_is_that_day():
    assert (moments.day(date(2017, 3, 12)), moments.day(None)) == ("12 March 2017", "")


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=59), "59 days ago"),
        (timedelta(days=60), "2 July 2017"),
        (timedelta(days=-2), "2 September 2017"),
    ],
)
def test_how_long_ago(at_noon, before, said):
    with timezone.override("UTC"):
        assert moments.ago(NOON - before) == said


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1530000, 0, "1\u00a0530\u00a0000"),
        (87, 0, "87"),
        (-12, 0, "\u221212"),
        (0.715, 2, "0.72"),
        (Decimal("2.5"), 1, "2.5"),
        (None, 0, ""),
    ],
)
def test_numbers_do_not_break(value, decimals, written):
    assert moments.number(value, decimals) == written


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (9500000, "SEK", "95\u00a0000\u00a0SEK"),
        (9500050, "SEK", "95\u00a0000.50\u00a0SEK"),
        (-100, "EUR", "\u22121\u00a0EUR"),
        (500, "JPY", "500\u00a0JPY"),
        (None, "SEK", ""),
    ],
)
def test_sums_are_written_from_minor_units(minor, currency, written):
    assert moments.money(minor, currency) == written


def test_arabic_has_its_own_digits():
    with translation.override("ar"):
        assert moments.number(1204) == "١\u00a0٢٠٤"
