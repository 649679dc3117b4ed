"""The real server in a process of its own, on a folder of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlencode, urlsplit

import psycopg

PATIENCE = 240.0  # seconds, since other tests run beside it
COMMAND = (sys.executable, "-W", "ignore", "-m", "medskapa")


def bare_environment(**variables: str) -> dict[str, str]:
    """The environment of this process without settings of Medskapa, and with these."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("MEDSKAPA_", "DJANGO_", "PYTEST_"))} | variables


def medskapa(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments], env=bare_environment(**variables), capture_output=True, text=True, timeout=300, check=False
    )


@contextmanager
def a_store_beside() -> Iterator[dict[str, str]]:
    """Settings of a server with a store of its own: a new database on the PostgreSQL of the tests, where they run on one."""
    address, name = os.environ.get("MEDSKAPA_DATABASE"), f"beside_{token_hex(4)}"
    if not address:
        yield {}
        return
    with psycopg.connect(address, autocommit=True) as store:
        store.execute(f"CREATE DATABASE {name}")
        try:
            yield {"MEDSKAPA_DATABASE": urlsplit(address)._replace(path=f"/{name}").geturl()}
        finally:
            store.execute(f"DROP DATABASE {name} WITH (FORCE)")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running `medskapa serve`."""

    process: subprocess.Popen[bytes]
    port: int
    data: Path
    log: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://localhost:{self.port}"

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str) -> http.client.HTTPResponse:
        """The answer itself, redirects not followed; with a form, to that form. Underlines in names of headers stand for dashes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(connection):
            connection.request("GET" if form is None else "POST", path, body=urlencode(form) if form else None, headers=sent)
            answer = connection.getresponse()
            with answer:
                answer.read()
        return answer

    def said(self) -> str:
        """What it has written so far."""
        return self.log.read_text(encoding="utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command on the same data."""
        return medskapa(*arguments, MEDSKAPA_DATA=str(self.data), **self.variables)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, and give its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)


@contextmanager
def serving(data: Path, *options: str, **variables: str) -> Iterator[Server]:
    """A server that answers; it has ended when this ends."""
    port, log = free_port(), data / "server.log"
    data.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        command = [*COMMAND, "serve", "--port", str(port), *options]
        environment = bare_environment(MEDSKAPA_DATA=str(data), **variables)
        process = subprocess.Popen(command, env=environment, stdout=file, stderr=subprocess.STDOUT, start_new_session=True)
    server = Server(process, port, data, log, variables)
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        if process.poll() is None:
            server.stop()


def _wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise AssertionError(f"the server ended by itself:\n{server.said()}")
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server does not answer:\n{server.said()}")
