"""A task that fails leaves what kind of error came and where, and nothing of what its text quoted."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from medskapa.config.logs import DiscreetFormatter
from medskapa.ground.ledger import clock
from medskapa.ground.ledger.clock import every, forget_finished_tasks, run_duty
from medskapa.ground.ledger.moment import now

CANARY = "I waited two years in a room without windows"


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> str:
    """A duty that fails over somebody's words; its name."""

    def read_aloud() -> None:
        try:
            int(CANARY)
        except ValueError as error:
            error.add_note(CANARY)
            raise LookupError(CANARY) from error

    monkeypatch.setattr(clock, "DUTIES", {})
    every("minute")(read_aloud)
    with pytest.raises(LookupError, match=CANARY):
        read_aloud()
    return next(iter(clock.DUTIES))


def work() -> None:
    call_command("db_worker", batch=True, queue_name="*", interval=0, reload=False, startup_delay=False, verbosity=0)


def files_of(store: Path) -> bytes:
    return b"".join(path.read_bytes() for path in store.parent.glob(f"{store.name}*"))


def test_what_a_failing_task_quotes_is_in_no_file_of_the_store(store_path, failing):
    run_duty.enqueue(failing)
    work()

    assert DBTaskResult.objects.get().status == "FAILED"
    assert b"LookupError" in files_of(store_path)
    assert CANARY.encode() not in files_of(store_path)


@pytest.mark.database
def test_its_row_and_the_log_say_what_kind_of_error_came_and_where(store, failing, caplog):
    with caplog.at_level(logging.WARNING):
        run_duty.enqueue(failing)
        work()

    row, told = DBTaskResult.objects.get(), "\n".join(map(DiscreetFormatter("%(message)s").format, caplog.records))
    assert row.exception_class_path == "builtins.LookupError"
    assert row.traceback.endswith("LookupError: text left out\n")
    assert "builtins.LookupError (text left out)" in told
    assert all("in read_aloud" in text and CANARY not in text for text in (row.traceback, told))


@pytest.mark.database
def test_a_finished_task_is_gone_after_a_week_and_one_that_waits_is_not(store, failing):
    run_duty.enqueue(failing)
    work()
    assert forget_finished_tasks() == 0

    DBTaskResult.objects.update(finished_at=now() - timedelta(days=8))
    run_duty.enqueue(failing)

    assert forget_finished_tasks() == 1
    assert DBTaskResult.objects.get().finished_at is None
