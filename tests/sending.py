"""Stories that are sent over real HTTP to a real server, sent again where no answer came, and counted in its store afterwards."""

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from secrets import token_hex

from tests.serving import Server, bare_environment, medskapa

LAB = re.compile(r'href="(/en/labs/[a-z0-9-]+/)')
QUESTION = re.compile(r'name="(a_[A-Za-z0-9_-]+)"')
A_LAB = """
from medskapa.ground.labs.tests.makers import a_lab
from medskapa.stages.listening.tests.makers import a_prompt
a_prompt(a_lab())
"""
TOLD = """
import json
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

    def write(self) -> str:
        """A new story, not yet sent; gives the key of its form."""
        key = token_hex(12)
        self.words[key] = f"words of {key}"
        return key


@dataclass(frozen=True, slots=True)
class After:
    """What is in the store: of what was acknowledged, what is lost; what is there twice; and what nobody sent, such as half a story."""

    sent: int
    acknowledged: int
    lost: list[str]
    doubled: list[str]
    others: list[str]


def begin_a_lab(folder: Path, **variables: str) -> None:
    """Make a store with one lab in which stories can be told."""
    made = medskapa("migrate", MEDSKAPA_DATA=str(folder), **variables)
    assert made.returncode == 0, made.stderr
    inside(folder, A_LAB, variables)


def where_to_tell(server: Server) -> tuple[str, str]:
    """The address of the lab, and the name of its first question."""
    lab = LAB.search(server.get("/en/")[1])
    assert lab
    question = QUESTION.search(server.get(f"{lab[1]}tell/")[1])
    assert question
    return lab[1], question[1]


def tell(server: Server, told: Told, key: str, place: tuple[str, str], **headers: str) -> None:
    """Send a story, for the first time or again, and note whether an answer came."""
    lab, question = place
    form = {"form_key": key, "step": "through", question: told.words[key]}  # as in the page: the words come last
    try:
        answer = server.ask(f"{lab}tell/send/", form, Host=f"localhost:{server.port}", Sec_Fetch_Site="same-origin", **headers)
    except (OSError, HTTPException):
        return
    if answer.status == 200:
        told.acknowledged.add(key)


def counted(told: Told, folder: Path, **variables: str) -> After:
    """Compare what was sent with what is in the store."""
    kept, sent = Counter(stories_in(folder, **variables)), set(told.words.values())
    return After(
        sent=len(told.words),
        acknowledged=len(told.acknowledged),
        lost=[told.words[key] for key in told.acknowledged if not kept[told.words[key]]],
        doubled=[words for words in sent if kept[words] > 1],
        others=list(kept.keys() - sent),
    )


def stories_in(folder: Path, **variables: str) -> list[str]:
    """The words of every story in the store."""
    return list(json.loads(inside(folder, TOLD, variables)))


def inside(folder: Path, script: str, variables: dict[str, str]) -> str:
    """What a script says that runs where the server's store is."""
    environment = bare_environment(MEDSKAPA_DATA=str(folder), DJANGO_SETTINGS_MODULE="medskapa.config.settings", **variables)
    command = [sys.executable, "-W", "ignore", "-c", f"import django\ndjango.setup()\n{script}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
