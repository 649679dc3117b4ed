import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from medskapa.ground.ledger import clock, moment
from medskapa.ground.ledger.clock import every, forget_old_periods, keep_time, last_tick, run_duty, tick
from medskapa.ground.ledger.models import Due
from medskapa.ground.ledger.tests.makers import at_once

pytestmark = pytest.mark.database

NOON = datetime(2017, 8, 31, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three duties, and what they did."""
    monkeypatch.setattr(clock, "DUTIES", {})
    done: list[str] = []

    def minutely() -> None:
        done.append("minute")

    def hourly() -> None:
        done.append("hour")

    def daily() -> None:
        done.append("day")

    every("minute")(minutely), every("hour")(hourly), every("day")(daily)
    return done


def enqueued() -> list[str]:
    return sorted(result.args_kwargs["args"][0].rpartition(".")[2] for result in DBTaskResult.objects.all())


@pytest.mark.django_db
def test_what_is_due_is_handed_over_once_in_its_period():
    for minutes in (0, 0, 1, 59):
        with moment.at(NOON + timedelta(minutes=minutes, seconds=7)):
            tick()

    assert enqueued() == ["daily", "hourly", "minutely", "minutely", "minutely"]


@pytest.mark.django_db
def test_after_standing_still_each_duty_is_done_once():
    for days in (0, 3):
        with moment.at(NOON + timedelta(days=days)):
            tick()

    assert enqueued() == ["daily", "daily", "hourly", "hourly", "minutely", "minutely"]


@pytest.mark.django_db
def test_the_worker_does_the_duty_and_no_longer_known_ones_are_left_out(done):
    run_duty.call(next(iter(clock.DUTIES)))
    run_duty.call("medskapa.gone.duty")

    assert done == ["minute"]


@pytest.mark.django_db
def test_the_clock_says_when_it_last_ran():
    assert last_tick() is None
    for seconds in (3, 50, 61):
        with moment.at(NOON + timedelta(seconds=seconds)):
            tick()

    assert last_tick() == NOON + timedelta(seconds=61)


@pytest.mark.django_db
def test_periods_older_than_a_week_are_forgotten():
    with moment.at(NOON):
        tick()
    with moment.at(NOON + timedelta(days=8)):
        assert forget_old_periods() == 4

    assert Due.objects.count() == 0


def test_however_many_clocks_run_each_duty_is_handed_over_once(store):
    def clocks(_place: int) -> Any:
        with moment.at(NOON):
            return tick()

    handed = at_once(8, clocks)

    assert sorted(name.rpartition(".")[2] for names in handed for name in names) == enqueued() == ["daily", "hourly", "minutely"]


@pytest.mark.django_db
def test_a_clock_that_fails_goes_on_the_next_minute(monkeypatch, caplog):
    stop, ticks = threading.Event(), []

    def failing() -> None:
        ticks.append(1)
        if len(ticks) == 2:
            stop.set()
        raise ArithmeticError

    monkeypatch.setattr(clock, "tick", failing)
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(seconds=59, milliseconds=999))
    keep_time(stop)

    assert len(ticks) == 2
    assert [record.message for record in caplog.records] == ["the clock missed a minute"] * 2


def test_the_ledger_s_own_duties_are_known_at_start():
    from medskapa.ground.ledger import tasks

    assert tasks.clean_up_withdrawn.__name__ == "clean_up_withdrawn"
