"""The clock: it starts what is due each minute, hour and day, once per period, however many clocks run.

What can be a comparison with now is never a task: a release counts when ``effective_at <= now()``.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import close_old_connections, transaction
from django.db.models import Max
from django_tasks import task

from medskapa.ground.ledger.models import Due
from medskapa.ground.ledger.moment import now

Period = Literal["minute", "hour", "day"]
Work = Callable[[], object]

CLOCK = "clock"  # under this name a clock notes that it runs
KEPT = timedelta(days=7)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Every:
    """A function and how often it is due."""

    period: Period
    work: Work


DUTIES: dict[str, Every] = {}


def every(period: Period) -> Callable[[Work], Work]:
    """Run a function without arguments each minute, hour or day (UTC). It can run twice without harm, for a worker may die."""

    def decorate(work: Work) -> Work:
        DUTIES[f"{work.__module__}.{work.__qualname__}"] = Every(period, work)
        return work

    return decorate


@task()
def run_duty(name: str) -> None:
    """What the worker runs: the function of this name, if it still exists."""
    if name in DUTIES:
        DUTIES[name].work()


def tick() -> list[str]:
    """Hand to the worker what is due and not yet handed over. Gives the names. One transaction for each."""
    moment = now()
    claim(CLOCK, _begin(moment, "minute"))
    return [name for name, duty in DUTIES.items() if _hand_over(name, _begin(moment, duty.period))]


def last_tick() -> datetime | None:
    """When a clock last ran: if that is more than five minutes ago, it stands still. One SQL query."""
    return Due.objects.filter(task=CLOCK).aggregate(last=Max("enqueued_at"))["last"]


def claim(name: str, period: datetime) -> bool:
    """Whether nobody was here before in this period. Settled by the store: the first to insert the row has it. At most four SQL queries."""
    return Due.objects.get_or_create(task=name, period=period, defaults={"enqueued_at": now()})[1]


def this_minute() -> datetime:
    """The minute that it is."""
    return _begin(now(), "minute")


def is_noted(name: str) -> bool:
    """Whether this was done, and noted, within the last week. One SQL query."""
    return Due.objects.filter(task=name).exists()


def keep_time(stop: threading.Event) -> None:
    """Tick at the beginning of every minute, until told to stop. An error is logged, and the next minute comes."""
    while not stop.is_set():
        try:
            close_old_connections()
            tick()
        except Exception:
            _log.exception("the clock missed a minute")
        close_old_connections()
        moment = now()
        stop.wait((_begin(moment, "minute") + timedelta(minutes=1) - moment).total_seconds())


def forget_old_periods() -> int:
    """Remove what was started more than a week ago. One SQL query."""
    return Due.objects.filter(period__lt=now() - KEPT).delete()[0]


def forget_finished_tasks() -> int:
    """Remove tasks that ended a week ago; the clock alone makes some thousands a day. Gives how many. One SQL query."""
    from django_tasks_db.models import DBTaskResult  # not before: the ledger's own tests run without the table of tasks

    return int(DBTaskResult.objects.finished().filter(finished_at__lte=now() - KEPT).delete()[0])


def _hand_over(name: str, period: datetime) -> bool:
    with transaction.atomic():
        is_mine = claim(name, period)
        if is_mine:
            run_duty.enqueue(name)
    return is_mine


def _begin(moment: datetime, period: Period) -> datetime:
    minute = moment.replace(second=0, microsecond=0)
    return {"minute": minute, "hour": minute.replace(minute=0), "day": minute.replace(hour=0, minute=0)}[period]
