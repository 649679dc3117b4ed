"""`medskapa migrate` and `medskapa worker`."""

import argparse
import os
import signal
import sys
import threading
from typing import Any

from medskapa.cli.family import Family
from medskapa.cli.start import is_migrated, migrate, start_django, start_with_store
from medskapa.cli.work import carry_out_tasks, keep_time


def add_to(commands: Any) -> None:
    """Add these commands to the parser."""
    parser = commands.add_parser("migrate", help="bring the database to this version")
    parser.add_argument("--look", action="store_true", help="only say whether it is; exit status 1 if it is not")
    parser.set_defaults(command=migrate_store)
    commands.add_parser("worker", help="carry out tasks and keep time, apart from `serve --no-worker`").set_defaults(command=work)


def migrate_store(options: argparse.Namespace) -> int:
    """Bring the database to this version, or say whether it is. Raises Refused."""
    start_django()
    if options.look:
        is_current = is_migrated()
        sys.stdout.write("The database is of this version.\n" if is_current else "The database is of an older version.\n")
        return 0 if is_current else 1
    migrate()
    return 0


def work(_options: argparse.Namespace) -> int:
    """Let worker and clock run until asked to end. Returns 1 if one ended by itself. Raises Refused."""
    start_with_store()
    from django.db import connections

    connections.close_all()
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ended.set())
    family = Family()
    family.have("worker", carry_out_tasks)
    family.have("clock", keep_time)
    family.watch(ended.set)
    sys.stdout.write(f"Worker and clock run (process {os.getpid()}).\n")
    sys.stdout.flush()
    ended.wait()
    family.end()
    if family.fault:
        sys.stderr.write(f"medskapa: {family.fault}\n")
    return 1 if family.fault else 0
