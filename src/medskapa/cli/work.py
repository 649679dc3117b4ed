"""The two that work behind the pages: the worker carries tasks out, the clock says when they are due."""

import logging
import signal
import threading
import time
from secrets import token_hex
from types import FrameType

from medskapa.cli.start import start_django

logger = logging.getLogger(__name__)

MINUTE = 60


def carry_out_tasks() -> None:
    """Carry out tasks until asked to end, and say meanwhile that this worker lives."""
    start_django()
    from django.core.management import call_command

    from medskapa.ground.ledger.workers import keep_saying, say_alive

    worker = token_hex(8)
    say_alive(worker)
    threading.Thread(target=keep_saying, args=(worker, threading.Event()), name="alive", daemon=True).start()
    logging.getLogger("django_tasks").setLevel(logging.WARNING)
    call_command("db_worker", worker_id=worker, queue_name="*", interval=1, reload=False, startup_delay=False, verbosity=0)


def keep_time() -> None:
    """Let the clock tick at the beginning of each minute until asked to end."""
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    start_django()
    _tick()
    while not ended.wait(MINUTE - time.time() % MINUTE):
        _tick()


def _tick() -> None:
    from django.db import close_old_connections

    from medskapa.ground.ledger.clock import tick

    close_old_connections()
    try:
        tick()
    except Exception:
        logger.exception("the clock could not tick; it tries again in a minute")
