"""The two that work behind the pages: the worker carries tasks out, the clock says when they are due."""

import logging
import signal
import threading
from secrets import token_hex
from types import FrameType

from medskapa.cli.start import start_django


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
    from medskapa.ground.ledger import clock

    clock.keep_time(ended)
