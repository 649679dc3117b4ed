"""Killing the server while stories are sent, and what is in the store afterwards."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

from tests.serving import Server, bare_environment, medskapa, serving

SENDERS = 4
LAB = re.compile(r'href="(/en/labs/[a-z0-9-]+/)')
QUESTION = re.compile(r'name="(a_[A-Za-z0-9_-]+)"')
TOLD = """
import json, sys, django
django.setup()
from medskapa.ground.ledger.sealing import unseal
from medskapa.stages.listening.models import Story
print(json.dumps([one.words for one in unseal(Story.objects.all(), only=["words"])]))
"""


@dataclass
class Told:
    """What was sent: words by the key of their form; and the keys whose answer came."""

    words: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)

    @property
    def open_keys(self) -> list[str]:
        """The forms whose answer never came."""
        return sorted(self.words.keys() - self.acknowledged)


@dataclass(frozen=True, slots=True)
class After:
    """What is in the store: stories that were acknowledged and are lost, any that are there twice, and how many were sent."""

    sent: int
    acknowledged: int
    lost: list[str]
    doubled: list[str]


def kill_while_telling(folder: Path, *, kills: int, seed: int = 1) -> After:
    """Send stories from several phones, kill the server at random moments, send again what was not answered, and count."""
    chance, told = random.Random(seed), Told()
    assert medskapa("demo", MEDSKAPA_DATA=str(folder)).returncode == 0
    for _kill in range(kills):
        with serving(folder) as server:
            _send_until(server, told, killed_after=chance.uniform(0.2, 1.5))
    with serving(folder) as server:
        _resend(server, told)
    kept = Counter(stories_in(folder))
    lost = [told.words[key] for key in told.acknowledged if kept[told.words[key]] == 0]
    return After(len(told.words), len(told.acknowledged), lost, [words for words in told.words.values() if kept[words] > 1])


def _send_until(server: Server, told: Told, *, killed_after: float) -> None:
    lab, question = _where(server)
    _resend(server, told)
    is_over = threading.Event()

    def keep_telling() -> None:
        while not is_over.is_set():
            key = token_hex(12)
            told.words[key] = f"words of {key}"
            _tell(server, told, key, lab, question)

    phones = [threading.Thread(target=keep_telling) for _phone in range(SENDERS)]
    for phone in phones:
        phone.start()
    time.sleep(killed_after)
    os.killpg(server.process.pid, signal.SIGKILL)
    is_over.set()
    for phone in phones:
        phone.join()


def _resend(server: Server, told: Told) -> None:
    lab, question = _where(server)
    for key in told.open_keys:
        _tell(server, told, key, lab, question)


def _tell(server: Server, told: Told, key: str, lab: str, question: str) -> None:
    form = {question: told.words[key], "form_key": key, "step": "through"}
    try:
        answer = server.ask(f"{lab}tell/send/", form, Host=f"localhost:{server.port}", Sec_Fetch_Site="same-origin")
    except OSError:
        return
    if answer.status == 200:
        told.acknowledged.add(key)


def _where(server: Server) -> tuple[str, str]:
    lab = LAB.search(server.get("/en/")[1])
    assert lab
    question = QUESTION.search(server.get(f"{lab[1]}tell/")[1])
    assert question
    return lab[1], question[1]


def stories_in(folder: Path) -> list[str]:
    """The words of every story in the store."""
    environment = bare_environment(MEDSKAPA_DATA=str(folder), DJANGO_SETTINGS_MODULE="medskapa.config.settings")
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", TOLD], env=environment, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))
