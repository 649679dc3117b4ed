"""What a worker had begun that no longer lives is begun again, once, and not for ever."""

import logging
from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from medskapa.ground.ledger import clock
from medskapa.ground.ledger.clock import every, run_duty
from medskapa.ground.ledger.models import Due
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.ledger.tests.makers import at_once
from medskapa.ground.ledger.workers import MOST_TRIES, SILENT, begin_again, say_alive

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def duty(monkeypatch: pytest.MonkeyPatch) -> str:
    """A duty that is known; its name."""
    monkeypatch.setattr(clock, "DUTIES", {})
    every("day")(list)
    return next(iter(clock.DUTIES))


def begun_by(*workers: str, ago: timedelta = timedelta(0)) -> DBTaskResult:
    """A task that these have begun one after the other, the last of them so long ago."""
    task = DBTaskResult.objects.get(pk=run_duty.enqueue("builtins.list").id)
    for worker in workers:
        task.claim(worker)
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=now() - ago)
    return task


def state_of(task: DBTaskResult) -> str:
    task.refresh_from_db()
    return str(task.status)


@pytest.mark.django_db
def test_what_a_dead_worker_had_begun_waits_again_and_what_a_living_one_is_at_does_not():
    say_alive("living")
    of_the_dead, of_the_living = (begun_by(worker, ago=timedelta(hours=1)) for worker in ("dead", "living"))
    just_begun = begun_by("dead")

    assert begin_again() == 1

    assert [state_of(task) for task in (of_the_dead, of_the_living, just_begun)] == ["READY", "RUNNING", "RUNNING"]


@pytest.mark.django_db
def test_who_has_not_said_for_three_minutes_that_it_lives_counts_as_dead():
    say_alive("me")
    task = begun_by("me")
    with at(now() + SILENT - timedelta(minutes=1)):
        assert begin_again() == 0
        say_alive("me")
    with at(now() + SILENT + timedelta(minutes=1)):
        assert begin_again() == 0
    with at(now() + 2 * SILENT):
        assert begin_again() == 1

    assert state_of(task) == "READY"


@pytest.mark.django_db
def test_a_worker_says_it_once_a_minute():
    with at(now().replace(second=1)):
        say_alive("me"), say_alive("me")

    assert Due.objects.count() == 1


@pytest.mark.django_db
def test_a_task_that_ended_ten_workers_is_given_up_and_the_log_says_so(caplog):
    tried, hopeless = (begun_by(*["dead"] * times, ago=timedelta(hours=1)) for times in (MOST_TRIES - 1, MOST_TRIES))
    with caplog.at_level(logging.ERROR):
        begin_again()

    assert [state_of(tried), state_of(hopeless)] == ["READY", "FAILED"]
    assert str(hopeless.pk) in caplog.text
    assert str(tried.pk) not in caplog.text


def test_however_many_look_at_once_it_is_begun_again_once(store):
    begun_by("dead", ago=timedelta(hours=1))

    assert sum(at_once(8, lambda _place: begin_again())) == 1
