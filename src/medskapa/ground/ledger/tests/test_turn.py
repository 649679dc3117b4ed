"""The turn of writers: nobody is told that the database is locked, nobody is overtaken, and who dies gives the turn back."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import F

from medskapa.ground.ledger.db.sqlite3.base import DatabaseWrapper, _writes
from medskapa.ground.ledger.db.turn import Turn, TurnTimeout
from medskapa.ground.ledger.models import Spent
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.tests.makers import at_once

HOLDER = """
import sys
from pathlib import Path
from medskapa.ground.ledger.db.turn import Turn
turn = Turn(Path(sys.argv[1]))
turn.take(10)
print("mine", flush=True)
sys.stdin.readline()
turn.give_back()
print("given back", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def turn(tmp_path) -> Turn:
    return Turn(tmp_path / "turn")


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the turn until it is told to give it back, or is killed."""
    source = str(Path(__file__).parents[4])
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path / "turn")], env={"PYTHONPATH": source}, text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
    assert process.stdout.readline() == "mine\n"
    yield process
    process.kill()
    process.communicate()


def test_threads_get_the_turn_in_the_order_in_which_they_came(turn):
    order: list[int] = []
    turn.take(5)
    threads = []
    for number in range(6):
        threads.append(threading.Thread(target=lambda number=number: (turn.take(5), order.append(number), turn.give_back())))
        threads[-1].start()
        while len(turn._queue) <= number:
            pass
    turn.give_back()
    for thread in threads:
        thread.join()

    assert order == list(range(6))


def test_who_has_waited_too_long_leaves_the_queue(turn):
    turn.take(5)

    with pytest.raises(TurnTimeout):
        turn.take(0.01)

    turn.give_back()
    turn.take(0)
    turn.give_back()


def test_another_process_is_waited_for(turn, holder):
    with pytest.raises(TurnTimeout):
        turn.take(0.05)

    holder.stdin.write("\n")
    holder.stdin.flush()
    turn.take(10)
    turn.give_back()


def test_who_gave_up_waiting_for_a_process_leaves_no_turn_taken(turn, holder):
    for _each in range(3):
        with pytest.raises(TurnTimeout):
            turn.take(0.02)
    holder.stdin.write("\n")
    holder.stdin.flush()
    assert holder.stdout.readline() == "given back\n"
    while turn._file._waiting is not None:
        pass

    other = Turn(turn._file._path)
    assert other._file._try()
    other.give_back()


def test_a_process_that_is_killed_gives_the_turn_back(turn, holder):
    holder.kill()

    turn.take(10)
    turn.give_back()


def test_a_forked_process_begins_without_its_parent_s_turns(turn):
    turn.take(5)

    child = os.fork()
    if child == 0:
        try:
            turn.take(0.01)
        except TurnTimeout:
            os._exit(7)
        os._exit(8)
    _pid, status = os.waitpid(child, 0)
    turn.give_back()

    assert os.waitstatus_to_exitcode(status) == 7  # it asked the kernel, which knows that the parent has it


@pytest.mark.parametrize(
    ("statement", "writes"),
    [
        ("SELECT 1", False), ("  select 1", False), ("PRAGMA foreign_keys", False), ("BEGIN DEFERRED", False), ("COMMIT", False),
        ("INSERT INTO x VALUES (1)", True), ("update x SET y = 1", True), ("BEGIN IMMEDIATE", True), ("BEGIN EXCLUSIVE", True),
        ("CREATE TABLE x (y)", True), ("PRAGMA wal_checkpoint(TRUNCATE)", True), ("VACUUM", True), ("", True),
    ],
)  # fmt: skip
def test_it_is_known_which_statements_write(statement, writes):
    assert _writes(statement) is writes


def counted_up(_place: int) -> int:
    """Read, change, write: the pattern that loses updates or ends in locks where writers do not take turns."""
    for _each in range(10):
        with transaction.atomic():
            row = Spent.objects.select_for_update().get()
            row.count += 1
            row.save()
        Spent.objects.update(count=F("count") + 1)
    return 0


@pytest.mark.database
def test_many_threads_write_and_nobody_is_told_that_it_is_locked(store):
    Spent.objects.create(kind="x", source="y", count=0, since=now())

    results = at_once(16, counted_up)

    assert results == [0] * 16
    assert Spent.objects.get().count == 16 * 20


def test_readers_do_not_wait_for_writers(store_path):
    Spent.objects.create(kind="x", source="y", count=1, since=now())
    with transaction.atomic():
        Spent.objects.update(count=2)

        [seen] = at_once(1, lambda _place: Spent.objects.get().count)

    assert seen == 1


def test_who_waits_longer_than_it_may_is_told(store_path):
    connection.settings_dict["OPTIONS"]["timeout"], usual = 0.05, connection.settings_dict["OPTIONS"]["timeout"]
    begun = monotonic()
    with transaction.atomic():
        [refused] = at_once(1, lambda _place: Spent.objects.create(kind="x", source="y", count=1, since=now()))
    connection.settings_dict["OPTIONS"]["timeout"] = usual

    assert isinstance(refused, OperationalError)
    assert monotonic() - begun < 10
    assert at_once(1, lambda _place: Spent.objects.count()) == [0]


def test_the_turn_is_given_back_whatever_happens(store_path):
    with pytest.raises(ArithmeticError), transaction.atomic():
        raise ArithmeticError
    with pytest.raises(OperationalError):
        connection.cursor().execute("INSERT INTO no_such_table VALUES (1)")
    with connection.cursor() as cursor:
        cursor.execute("BEGIN EXCLUSIVE")
        cursor.execute("COMMIT")
    transaction.set_autocommit(False)
    Spent.objects.count()
    connection.close()

    assert at_once(1, lambda _place: bool(Spent.objects.create(kind="x", source="y", count=1, since=now()))) == [True]


def test_the_settings_of_the_store_are_those_that_the_promises_rest_on(store_path):
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "temp_store": 2}
    plain = DatabaseWrapper(connection.settings_dict | {"OPTIONS": {}}, "plain")

    with plain.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    plain.close()

    assert found == wanted
    assert plain.transaction_mode == "IMMEDIATE"
