"""Killing the server while stories are sent, and what is in the store afterwards."""

import os
import random
import signal
import threading
import time
from pathlib import Path

from tests.sending import After, Told, begin_a_lab, counted, tell, where_to_tell
from tests.serving import Server, serving

SENDERS = 4


def kill_while_telling(folder: Path, *, kills: int, seed: int = 1, **store: str) -> After:
    """Send stories from several phones, kill the server at random moments, send again what was not answered, and count."""
    chance, told = random.Random(seed), Told()
    begin_a_lab(folder, **store)
    for _kill in range(kills):
        with serving(folder, **store) as server:
            _send_until(server, told, killed_after=chance.uniform(0.2, 1.5))
    with serving(folder, **store) as server:
        _resend(server, told)
    return counted(told, folder, **store)


def _send_until(server: Server, told: Told, *, killed_after: float) -> None:
    place = _resend(server, told)
    is_over = threading.Event()

    def keep_telling() -> None:
        while not is_over.is_set():
            tell(server, told, told.write(), place)

    phones = [threading.Thread(target=keep_telling) for _phone in range(SENDERS)]
    for phone in phones:
        phone.start()
    time.sleep(killed_after)
    os.killpg(server.process.pid, signal.SIGKILL)
    is_over.set()
    for phone in phones:
        phone.join()


def _resend(server: Server, told: Told) -> tuple[str, str]:
    place = where_to_tell(server)
    for key in told.open_keys:
        tell(server, told, key, place)
    return place
