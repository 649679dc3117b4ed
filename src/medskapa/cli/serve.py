"""`medskapa serve`: pages, live streams, worker and clock under one parent and one address."""

import argparse
import logging
import os
import signal
import socket
import sys
import threading
import time
from functools import partial
from importlib import import_module
from typing import Any

from medskapa.cli.environment import Environment
from medskapa.cli.family import Family, end_with_parent
from medskapa.cli.refusals import Refused
from medskapa.cli.start import environment, start_with_store
from medskapa.cli.static import collect_static
from medskapa.cli.work import carry_out_tasks, keep_time

GRACE = 5  # seconds for requests under way
MOST_PROCESSES = 8
KNOCK = 0.05  # seconds between two looks whether it answers
APPLICATION = "medskapa.config.asgi"


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser("serve", help="start pages, live streams, worker and clock")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--address", help="address to listen on (default: this machine only; with MEDSKAPA_CERTIFICATE: all)")
    parser.add_argument("--processes", type=int, choices=range(1, MOST_PROCESSES + 1), metavar="N", help="processes for pages (1 to 8)")
    parser.add_argument("--no-worker", action="store_true", help="leave worker and clock out; run `medskapa worker` elsewhere")
    parser.add_argument("--demo", action="store_true", help="load the demo lab if the database is empty")
    parser.set_defaults(command=serve)


def serve(options: argparse.Namespace) -> int:
    """Serve until asked to end. Returns 1 if a part ended by itself. Raises Refused."""
    found = environment()
    address = _address(options, found)
    _refuse_taken(address, options.port)
    start_with_store()
    _refuse_demo_people(found)
    if options.demo:
        _load_demo_if_empty()
    collect_static()
    return _live_together(options, found, address)


def _live_together(options: argparse.Namespace, found: Environment, address: str) -> int:
    from django.db import connections

    from medskapa.cli.greeting import greeting

    line = greeting(found, options.port)
    connections.close_all()  # no child may inherit an open connection
    family = Family()
    if not options.no_worker:
        family.have("worker", carry_out_tasks)
        family.have("clock", keep_time)
    family.watch(partial(os.kill, os.getpid(), signal.SIGTERM))
    server = _server(options, found, address)
    server.on_startup(partial(_say_when_it_answers, line, address, options.port))
    try:
        server.serve(target_loader=partial(_load, os.getpid()))
    finally:
        family.end()
    if family.fault:
        sys.stderr.write(f"medskapa: {family.fault}\n")
    return 1 if family.fault else 0


def _server(options: argparse.Namespace, found: Environment, address: str) -> Any:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    logging.getLogger("_granian").setLevel(logging.WARNING)
    return Server(
        f"{APPLICATION}:application",
        address=address,
        port=options.port,
        interface=Interfaces.ASGI,
        workers=options.processes or (1 if found.is_local else min(os.cpu_count() or 1, MOST_PROCESSES)),
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=GRACE,
        ssl_cert=found.certificate,
        ssl_key=found.certificate_key,
    )


def _load(parent: int, *_arguments: object, **_options: object) -> Any:
    """The application, in the process that answers with it; named as for any server, since it stands after this room."""
    end_with_parent(parent)
    return import_module(APPLICATION).application


def _say_when_it_answers(line: str, address: str, port: int) -> None:
    threading.Thread(target=_wait_and_say, args=(line, address, port), name="greeting", daemon=True).start()


def _wait_and_say(line: str, address: str, port: int) -> None:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104  # where to knock, not where to listen
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(KNOCK)
        else:
            break
    _say(line)


def _say(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


def _address(options: argparse.Namespace, found: Environment) -> str:
    if options.address and found.is_local and options.address not in {"127.0.0.1", "::1", "localhost"}:
        raise Refused("in local mode only this machine is answered; set MEDSKAPA_HOSTS to serve others")
    given = "127.0.0.1" if options.address == "localhost" else options.address
    return given or ("0.0.0.0" if found.certificate else "127.0.0.1")  # noqa: S104  # asked for by a certificate of one's own


def _refuse_taken(address: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise Refused(f"cannot listen on {address} port {port}: {error.strerror}; choose another: --port (make run PORT=…)") from None


def _refuse_demo_people(found: Environment) -> None:
    from medskapa.ground.people.models import Account

    if not found.is_local and Account.objects.filter(is_demo=True).exists():
        raise Refused("the demo people could sign in here; remove them first: medskapa demo --remove")


def _load_demo_if_empty() -> None:
    from medskapa.ground.labs.models import Lab
    from medskapa.outlook.demo.load import load_demo

    if not Lab.objects.exists():
        _say("Loading the demo lab …\n")
        load_demo()


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; write a number from 1 to 65535")
    return int(text)
