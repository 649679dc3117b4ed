"""A mail server that keeps what it takes, and that can do something at a chosen step of a chosen mail, such as kill whoever brings it."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import cast

STEPS = ("greeted", "named", "half", "taken", "answered", "parted")  # kept from "taken" on; who brings it knows so from "answered" on
ANSWERS = {b"EHLO": b"250 here", b"MAIL": b"250 good", b"RCPT": b"250 good", b"RSET": b"250 good", b"NOOP": b"250 good"}


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that was taken."""

    to: str
    subject: str
    name: str  # its Message-ID


@dataclass
class PostOffice:
    """What was taken, and what is to happen at which step."""

    port: int = 0
    taken: list[Mail] = field(default_factory=list)
    _step: str = ""
    _then: Callable[[], None] | None = None
    _to_come: int = 0
    _has_happened: threading.Event = field(default_factory=threading.Event)

    def await_step(self, step: str, number: int, then: Callable[[], None]) -> threading.Event:
        """Do this at this step of the mail of this number, counted from now, once; the event says that it was done."""
        self._has_happened = threading.Event()
        self._step, self._to_come, self._then = step, number, then
        return self._has_happened

    def forget_step(self) -> None:
        """Do nothing at any step."""
        self._then = None

    def reach(self, step: str) -> None:
        """A mail has come to a step."""
        if step != self._step or self._then is None:
            return
        self._to_come -= 1
        if self._to_come == 0:
            then, self._then = self._then, None
            then()
            self._has_happened.set()


class _Counter(StreamRequestHandler):
    """Takes the mails of one connection."""

    def handle(self) -> None:
        with suppress(OSError):
            self._say(b"220 here")
            while line := self.rfile.readline():
                if not self._answer(line[:4].upper().strip()):
                    break

    def _answer(self, word: bytes) -> bool:
        office = cast(_Server, self.server).office
        if word == b"DATA":
            self._say(b"354 go on")
            office.reach("half")
            if (mail := self._read()) is None:
                return False
            office.taken.append(mail)
            office.reach("taken")
            self._say(b"250 taken")
        elif word == b"QUIT":
            office.reach("answered")
            self._say(b"221 farewell")
            office.reach("parted")
            return False
        else:
            office.reach({b"EHLO": "greeted", b"RCPT": "named"}.get(word, ""))
            self._say(ANSWERS.get(word, b"500 what"))
        return True

    def _read(self) -> Mail | None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return None
            lines.append(line)
        head = message_from_bytes(b"".join(lines))
        return Mail(str(head["To"]), re.sub(r"\s+", " ", str(make_header(decode_header(str(head["Subject"]))))), str(head["Message-ID"]))

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


class _Server(ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    office: PostOffice


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """A mail server on a port of this machine, without encryption."""
    with _Server(("127.0.0.1", 0), _Counter) as server:
        server.office = PostOffice(server.server_address[1])
        threading.Thread(target=server.serve_forever, name="post office", daemon=True).start()
        yield server.office
        server.shutdown()
