"""A proxy that cuts connections, as a train in a tunnel does: before a request has come through whole, or before its answer has."""

import random
import re
import socket
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BufferedIOBase
from pathlib import Path

from tests.sending import After, Told, begin_a_lab, counted, tell, where_to_tell
from tests.serving import Server, serving

BEFORE = ("no request", "a request without its end")
BEHIND = ("no answer", "half an answer")
SHARE = 0.3  # of the connections that are cut, half of them before the server has the request
END = 8  # bytes; they are of the words that are told
SOURCES = 200  # addresses that stories come from, so that they stay below what one address may send
TRIES = 50  # of all that has no answer yet


class Proxy(socketserver.ThreadingTCPServer):
    """Stands before a server and says what it cut."""

    daemon_threads = True

    def __init__(self, beyond: int, chance: random.Random) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.beyond, self.cut = beyond, Counter[str]()
        self._chance = chance

    def fate(self) -> str:
        """What happens to the next connection."""
        fate = self._chance.choice(BEFORE + BEHIND) if self._chance.random() < SHARE else ""
        self.cut[fate] += 1
        return fate


class _Connection(socketserver.StreamRequestHandler):
    server: Proxy

    def handle(self) -> None:
        fate, request = self.server.fate(), _message(self.rfile)
        if fate == "no request":
            return
        with socket.create_connection(("127.0.0.1", self.server.beyond)) as beyond, beyond.makefile("rb") as answering:
            beyond.sendall(request[:-END] if fate in BEFORE else request)
            if fate in BEFORE:
                return
            answer = _message(answering)
        if fate != "no answer":
            self.wfile.write(answer[: len(answer) // 2] if fate else answer)


def _message(file: BufferedIOBase) -> bytes:
    """A whole request or a whole answer."""
    head = b"".join(iter(file.readline, b"\r\n")) + b"\r\n"
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return head + (file.read(int(length[1])) if length else b"")


@contextmanager
def behind_a_proxy(server: Server, *, seed: int) -> Iterator[tuple[Server, Counter[str]]]:
    """The same server, reached through a proxy that cuts; and what was cut."""
    with Proxy(server.port, random.Random(seed)) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield replace(server, port=proxy.server_address[1]), proxy.cut
        proxy.shutdown()
        thread.join()


def tell_through_a_cutting_proxy(folder: Path, *, sends: int, seed: int = 1, **store: str) -> tuple[After, Counter[str]]:
    """Send stories, send again what was not answered until all are, and count; with how often what was cut."""
    told = Told()
    begin_a_lab(folder, **store)
    with serving(folder, MEDSKAPA_PROXIES="1", **store) as server:
        place = where_to_tell(server)
        with behind_a_proxy(server, seed=seed) as (cutting, cut):
            for number, key in enumerate([told.write() for _story in range(sends)]):
                for _try in range(TRIES):
                    tell(cutting, told, key, place, X_Forwarded_For=f"192.0.2.{number % SOURCES}")
                    if key in told.acknowledged:
                        break
    return counted(told, folder, **store), cut
