"""Workers that die: each says every minute that it lives, and a task that a dead one had begun is begun again.

So a task is done at least once, and what is done twice must do no harm. A worker that is stopped for three minutes counts as dead, too.
"""

import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import close_old_connections
from django_tasks.base import TaskResultStatus

from medskapa.ground.ledger.clock import claim, this_minute
from medskapa.ground.ledger.models import Due
from medskapa.ground.ledger.moment import now

if TYPE_CHECKING:
    from django_tasks_db.models import DBTaskResult

SAID_EVERY = timedelta(minutes=1)
SILENT = timedelta(minutes=3)
MOST_TRIES = 10  # a task that ends every worker must not keep the others waiting for ever
WORKER = "worker "

_log = logging.getLogger(__name__)


def say_alive(worker: str) -> None:
    """Note that a worker lives, once a minute. At most four SQL queries."""
    claim(f"{WORKER}{worker}", this_minute())


def keep_saying(worker: str, stop: threading.Event) -> None:
    """Say every minute that a worker lives, until told to stop. An error is logged, and the next minute comes."""
    while not stop.wait(SAID_EVERY.total_seconds()):
        try:
            close_old_connections()
            say_alive(worker)
        except Exception:
            _log.exception("a worker could not say that it lives")
        close_old_connections()


def begin_again() -> int:
    """Let the tasks be done again that somebody had begun who no longer lives. Gives how many. Two SQL queries, and one for each.

    However many do this at once, each task is begun again once.
    """
    from django_tasks_db.models import DBTaskResult  # not before: the ledger's own tests run without the table of tasks

    silent_since = now() - SILENT
    alive = set(Due.objects.filter(task__startswith=WORKER, period__gt=silent_since).values_list("task", flat=True))
    begun = DBTaskResult.objects.running().filter(started_at__lt=silent_since)
    left = [task for task in begun if not alive.intersection(f"{WORKER}{worker}" for worker in task.worker_ids[-1:])]
    return sum(map(_let_go, left))


def _let_go(task: "DBTaskResult") -> int:
    is_hopeless = len(task.worker_ids) >= MOST_TRIES
    if is_hopeless:
        _log.error("a task was given up, since no worker lived to its end: %s", task.id)
    becomes = {"status": TaskResultStatus.FAILED, "finished_at": now()} if is_hopeless else {"status": TaskResultStatus.READY}
    begun = type(task).objects.running().filter(pk=task.pk, started_at=task.started_at)  # by nobody else in the meantime
    return int(begun.update(**becomes))
