"""Killing the worker at every step of its mails and between them, day after day, and what its duties have come to afterwards."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.post_office import STEPS, Mail, PostOffice, post_office
from tests.sending import inside
from tests.serving import PATIENCE, bare_environment, medskapa

KILLS_A_DAY = 5
A_WHILE = timedelta(minutes=4)  # after that a worker that was killed counts as dead
AT_MOST = 1.5  # seconds until a kill comes that waits for no step
LABS = """
import json
from medskapa.ground.labs.models import RoleGiven
from medskapa.ground.labs.tests.makers import a_lab, a_participation
from medskapa.ground.safeguarding.tests.makers import a_concern
from medskapa.stages.listening.tests.makers import a_statement
for number in range(3):
    lab = a_lab(language="en", name=f"Harbour {number}")
    a_participation(lab, "process_leader"), a_participation(lab, "safeguarding_deputy")
    a_concern(lab), a_statement(lab, is_open=False)
print(json.dumps(list(RoleGiven.objects.values_list("lab__name", "role", "participation__account__email"))))
"""
DUTIES = {
    "Today's proof of what was done in {}": {"process_leader", "safeguarding_officer"},
    "Somebody has to look at {} today": {"safeguarding_officer", "safeguarding_deputy", "process_leader"},
    "Statements wait in {}": {"moderator"},
}
Due = set[tuple[str, str]]  # address and subject of the mails of one day


@dataclass
class After:
    """What came of the duties: of the mails of each day those that are missing, that came as two, or that nobody had to send."""

    kills: int = 0
    at_steps: Counter[str] = field(default_factory=Counter)
    mails: int = 0
    copies: int = 0  # deliveries of a mail that had come already, under the same Message-ID
    missing: list[tuple[str, str]] = field(default_factory=list)
    doubled: list[tuple[str, str]] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    undone: int = 0
    failed: int = 0

    @property
    def between(self) -> int:
        """How many kills may have come between handing a mail over and noting it: no other may bring a copy."""
        return sum(self.at_steps[step] for step in ("taken", "answered", "parted", "any"))


class Workers:
    """The process that forks them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._pid = 0
        self.is_alive = False

    def go(self, ahead: timedelta) -> None:
        """Start one whose clock is so far ahead."""
        self._pid = int(self._ask(f"go {ahead.total_seconds()}", "pid")[0])
        self.is_alive = True

    def kill(self) -> None:
        """Kill it, wherever it is."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    def wait_until_dead(self) -> None:
        """Until it is gone."""
        if self.is_alive:
            self._hear("dead")
            self.is_alive = False

    def tick(self, ahead: timedelta) -> None:
        """Hand over what is due so far ahead."""
        self._ask(f"tick {ahead.total_seconds()}", "ticked")

    def open(self) -> tuple[int, int]:
        """How many tasks are not done, and how many have failed."""
        not_done, failed = self._ask("open", "open")
        return int(not_done), int(failed)

    def _ask(self, line: str, word: str) -> list[str]:
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._hear(word)

    def _hear(self, word: str) -> list[str]:
        assert self._process.stdout
        said, *rest = self._process.stdout.readline().split() or ["nothing"]
        if said == "dead" != word:  # it comes when it comes
            self.is_alive = False
            return self._hear(word)
        assert said == word, f"the workers' parent said {said}"
        return rest


def kill_while_working(folder: Path, *, kills: int, seed: int = 1, **store: str) -> After:
    """Each day all duties fall due and the worker is killed five times over them; then one may come to the end, and mails are counted."""
    chance, after, names = random.Random(seed), After(), set[str]()
    due = _labs(folder, store)
    morning = _morning(datetime.now(UTC))
    with post_office() as office, _workers(folder, office.port, store) as workers:
        for day in range(kills // KILLS_A_DAY):
            ahead = morning + timedelta(days=day) - datetime.now(UTC)
            workers.tick(ahead)
            for _kill in range(KILLS_A_DAY):
                after.at_steps[_kill_one(workers, office, ahead, chance)] += 1
                ahead += A_WHILE
                workers.tick(ahead)
            after.undone, after.failed = _work_to_the_end(workers, ahead)
            after.kills += KILLS_A_DAY
            _count(after, due, office.taken, names)
            office.taken.clear()
    return after


def _labs(folder: Path, store: dict[str, str]) -> Due:
    """Make labs with duties, and say what has to be mailed to whom each day."""
    made = medskapa("migrate", MEDSKAPA_DATA=str(folder), **store)
    assert made.returncode == 0, made.stderr
    roles = json.loads(inside(folder, LABS, store))
    return {(address, subject.format(lab)) for subject, who in DUTIES.items() for lab, role, address in roles if role in who}


def _morning(raised: datetime) -> datetime:
    """Begins an hour in which no day ends and no round of an alarm begins: a full number of rounds after concerns were raised, and more."""
    morning = raised + timedelta(days=2, minutes=10)
    while not 8 <= morning.hour < 10:
        morning += timedelta(hours=2)
    return morning


@contextmanager
def _workers(folder: Path, port: int, store: dict[str, str]) -> Iterator[Workers]:
    environment = bare_environment(MEDSKAPA_DATA=str(folder), DJANGO_SETTINGS_MODULE="medskapa.config.settings", **store)
    command = [sys.executable, "-W", "ignore", "-m", "tests.mortal_workers", str(port)]
    with (folder / "workers.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            yield Workers(process)
        finally:
            process.kill()
            process.communicate()


def _kill_one(workers: Workers, office: PostOffice, ahead: timedelta, chance: random.Random) -> str:
    """Start a worker and kill it at some step of one of its next mails, or at any moment. Gives where."""
    step, number, delay = chance.choice([*STEPS, "any"]), chance.randint(1, 3), chance.uniform(0, AT_MOST)
    grace = chance.uniform(0, 0.01) if step == "parted" else 0  # from then on it notes that the mail is out

    def kill() -> None:
        time.sleep(grace)
        workers.kill()

    reached = office.await_step(step, number, kill)
    workers.go(ahead)
    is_reached = reached.wait(delay) if step == "any" else _is_reached(reached, workers)
    office.forget_step()
    if not is_reached:
        workers.kill()
    workers.wait_until_dead()
    return step if is_reached else "any"


def _is_reached(step: threading.Event, workers: Workers) -> bool:
    """Whether a mail comes to this step before nothing is left to do."""
    deadline = time.monotonic() + PATIENCE
    while not step.wait(0.2):
        if not workers.open()[0] or time.monotonic() > deadline:
            return step.is_set()
    return True


def _work_to_the_end(workers: Workers, ahead: timedelta) -> tuple[int, int]:
    """Let a worker live until nothing waits. Gives how many tasks are not done after all, and how many have failed."""
    deadline = time.monotonic() + PATIENCE
    workers.go(ahead)
    while (left := workers.open())[0] and time.monotonic() < deadline:
        time.sleep(0.2)
    assert workers.is_alive, "the worker ended by itself"
    workers.kill()
    workers.wait_until_dead()
    return left


def _count(after: After, due: Due, taken: list[Mail], names: set[str]) -> None:
    """Mails with the same Message-ID are one; a name that another day's mail had counts as missing."""
    mails = {mail.name: (mail.to, mail.subject) for mail in taken if mail.name not in names}
    counted = Counter(mails.values())
    names.update(mails)
    after.mails += len(mails)
    after.copies += len(taken) - len(mails)
    after.missing += due - counted.keys()
    after.others += counted.keys() - due
    after.doubled += [one for one, count in counted.items() if count > 1]
