"""A process that forks workers as `medskapa serve` does, whose clocks can be set forward. Run by ``worker_kills``.

Its argument is the port of a mail server.

``go SECONDS`` on its input starts a worker whose clock is so far ahead; it answers ``pid N``, and ``dead N`` when that one is gone.
``tick SECONDS`` lets a clock tick that is so far ahead; it answers ``ticked``. ``open`` is answered by ``open N FAILED``: how many
tasks are not done, and how many have failed.
"""

import os
import sys
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import django
from django.conf import settings
from django.utils import timezone

from medskapa.ground.ledger import moment


def set_forward(seconds: float) -> None:
    """From now on it is so much later, whoever asks."""

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + timedelta(seconds=seconds)

    moment.datetime = Ahead
    timezone.now = lambda: Ahead.now(UTC)


def mail_to(port: int) -> None:
    """Let mails go to this port of this machine."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 20


def start_worker(seconds: float) -> None:
    """Fork a worker, and say when it is gone."""
    pid = os.fork()
    if pid == 0:
        os.dup2(2, 1)
        set_forward(seconds)
        carry_out_tasks()
        os._exit(0)
    os.write(1, f"pid {pid}\n".encode())
    threading.Thread(target=lambda: (os.waitpid(pid, 0), os.write(1, f"dead {pid}\n".encode())), daemon=True).start()


if __name__ == "__main__":
    django.setup()
    mail_to(int(sys.argv[1]))
    from django.db import connections
    from django_tasks_db.models import DBTaskResult

    from medskapa.cli.work import carry_out_tasks
    from medskapa.ground.ledger.clock import tick

    for line in sys.stdin:
        word, *rest = line.split()
        if word == "go":
            start_worker(float(rest[0]))
        elif word == "tick":
            set_forward(float(rest[0]))
            tick()
            os.write(1, b"ticked\n")
        else:
            not_done = DBTaskResult.objects.filter(finished_at=None).count()
            os.write(1, f"open {not_done} {DBTaskResult.objects.failed().count()}\n".encode())
        connections.close_all()
