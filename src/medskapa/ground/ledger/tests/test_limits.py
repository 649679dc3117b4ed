from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.ledger import moment
from medskapa.ground.ledger.errors import TooMany
from medskapa.ground.ledger.limits import forget_old_attempts, left, spend
from medskapa.ground.ledger.models import Spent
from medskapa.ground.ledger.tests.makers import at_once

pytestmark = pytest.mark.database

NOON = datetime(2017, 8, 31, 12, 0, tzinfo=UTC)


def spends(number: int, limit: int = 3, seconds: int = 60, source: str = "192.0.2.1", kind: str = "code") -> None:
    for _each in range(number):
        spend(kind, source, limit, seconds)


@pytest.mark.django_db
def test_up_to_the_limit_it_goes_and_then_says_how_long_to_wait():
    with moment.at(NOON):
        spends(3)
    with moment.at(NOON + timedelta(seconds=20)), pytest.raises(TooMany) as refusal:
        spends(1)

    assert (refusal.value.status, refusal.value.wait_seconds) == (429, 40)


@pytest.mark.django_db
def test_when_the_period_is_over_it_goes_again():
    with moment.at(NOON):
        spends(3)
    with moment.at(NOON + timedelta(seconds=60)):
        spends(3)
        with pytest.raises(TooMany):
            spends(1)


@pytest.mark.django_db
def test_other_sources_and_kinds_count_apart():
    with moment.at(NOON):
        spends(3)
        spends(3, source="192.0.2.2")
        spends(3, kind="mail")

        assert left("code", "192.0.2.1", 3, 60) == left("mail", "192.0.2.1", 3, 60) == 0
        assert left("code", "192.0.2.3", 3, 60) == 3


@pytest.mark.django_db
def test_the_source_is_kept_as_a_hash_that_changes_daily():
    for day in range(2):
        with moment.at(NOON + timedelta(days=day)):
            spends(1)

    sources = set(Spent.objects.values_list("source", flat=True))
    assert len(sources) == 2
    assert not [source for source in sources if "192.0.2.1" in source]


@pytest.mark.django_db
def test_after_a_day_counts_are_forgotten():
    with moment.at(NOON):
        spends(1)
    with moment.at(NOON + timedelta(days=1, seconds=1)):
        assert forget_old_attempts() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("limit", "seconds"), [(0, 60), (1, 0), (1, 86_401)])
def test_a_limit_that_makes_no_sense_is_refused(limit, seconds):
    with pytest.raises(ValueError, match="at least 1"):
        spend("code", "192.0.2.1", limit, seconds)


@pytest.mark.django_db
@given(limit=st.integers(1, 5), waits=st.lists(st.integers(0, 50), max_size=30))
def test_no_period_ever_holds_more_than_the_limit(limit, waits):
    """A period begins with the attempt that opens it; within it no more than the limit get through."""
    Spent.objects.all().delete()
    time, begun, inside = NOON - timedelta(hours=11), None, 0
    for wait in waits:
        time += timedelta(seconds=wait)
        with moment.at(time):
            is_new = begun is None or time - begun >= timedelta(seconds=60)
            begun, inside = (time, 0) if is_new else (begun, inside)
            try:
                spend("code", "192.0.2.1", limit, 60)
                inside += 1
            except TooMany:
                assert inside == limit
    assert inside <= limit


def test_of_many_at_once_exactly_the_limit_get_through(store):
    results = at_once(20, lambda _place: spend("code", "192.0.2.1", 7, 3600))

    assert results.count(None) == 7
    assert len([one for one in results if isinstance(one, TooMany)]) == 13
