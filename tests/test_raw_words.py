"""No word that nobody released, and none that was taken back, stands readable in any file of an installation: database, its log of
writes, sessions and tasks in it, what the server said, backup, temporary files."""

import json
from pathlib import Path

import pytest

from tests.raw import lived_in

LIVED = """
import json, secrets, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
call_command("migrate", verbosity=0)
from medskapa.ground.labs.tests.makers import a_client, a_lab
from medskapa.ground.ledger.backup import back_up
from medskapa.ground.ledger.withdrawal import clean_up_withdrawn
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.alarm import ring_for_waiting
from medskapa.stages.listening.actions import withdraw_story
from medskapa.stages.listening.models import Reach, Story
from medskapa.stages.listening.tests.makers import a_prompt, a_story, teller_of
from medskapa.stages.listening.tests.telling import code_on, fields_of, send, walk_to_the_end

folder, lab, planted = Path(sys.argv[1]), a_lab(), {}
a_prompt(lab)
moderator, officer = a_client(lab, Role.MODERATOR), a_client(lab, Role.SAFEGUARDING_OFFICER)

def new(what):
    planted[what] = "".join(secrets.choice("bcdfghjklm") for _letter in range(16))
    return f"I waited for {planted[what]} two years."

def told(words):
    client = Client()
    sent = send(client, lab, walk_to_the_end(client, lab, words=words))
    return client, code_on(sent), Story.objects.latest("pk")

def wrote(client, address, words):
    fields = fields_of(client.get(address))
    return client.post(address, {**fields, **{name: [words] for name, value in fields.items() if name in {"words", "worry", "reason"}}})

told(new("a story that waits"))
_client, _code, opened = told(new("a story that a moderator opened"))
moderator.get(f"/sv/labs/{lab.slug}/moderation/")
page = moderator.get(f"/sv/labs/{lab.slug}/moderation/{opened.public_id}/")
assert planted["a story that a moderator opened"] in page.content.decode()
told("Jag vill dö. " + new("a story with words that worry"))
ring_for_waiting()
officer.get(f"/sv/labs/{lab.slug}/concerns/")
walk_to_the_end(Client(), lab, words=new("a story that was never sent"))
Client().post(f"/sv/labs/{lab.slug}/tell/send/", {"form_key": "k", "words": new("a story that was refused")})
_client, code, _story = told("A first story.")
back = Client()
back.post("/sv/return/", {"code": code, "form_key": secrets.token_hex(12)})
wrote(back, "/sv/return/mine/write/", new("a letter to the lab"))
assert planted["a letter to the lab"] in back.get("/sv/return/mine/").content.decode()
for reach in (Reach.LAB, Reach.PUBLIC):
    gone = a_story(lab, new(f"a story that was {reach} and is taken back"), released=True, reach=reach, title=new(f"its {reach} title"))
    Client().get(f"/sv/labs/{lab.slug}/stories/{gone.public_id}/")
    assert a_client(lab, Role.CO_CREATOR).get(f"/sv/labs/{lab.slug}/stories/{gone.public_id}/").status_code == 200
    withdraw_story(gone, by=teller_of(gone))
clean_up_withdrawn()
back_up(folder / "monday.medskapa")
print(json.dumps({"planted": planted, "stories": Story.objects.count()}))
"""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], int]:
    """A folder of an installation in which people told, wrote, opened and took back; what was planted in it; how many stories there are."""
    folder = tmp_path_factory.mktemp("raw")
    found = json.loads(lived_in(folder, LIVED))
    return folder, found["planted"], found["stories"]


def found_in(folder: Path, planted: dict[str, str]) -> list[tuple[str, str]]:
    """Which of the planted words stand in which file, as they are or as a database or a program would write them."""
    forms = {what: (word.encode(), word.encode("utf-16-le"), word.encode().hex().encode()) for what, word in planted.items()}
    contents = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [(name, what) for name, content in contents.items() for what, ways in forms.items() if any(way in content for way in ways)]


def test_no_word_that_was_not_released_or_was_taken_back_stands_readable_in_any_file(lived):
    folder, planted, stories = lived
    assert (len(planted), stories) == (10, 6)
    assert {"medskapa.sqlite3", "monday.medskapa", "said.log"} <= {path.name for path in folder.rglob("*")}

    assert found_in(folder, planted) == []


def test_words_that_would_stand_there_would_be_found(lived, tmp_path):
    _folder, planted, _stories = lived
    for number, (word, form) in enumerate(zip(planted.values(), ("utf-8", "utf-16-le"), strict=False)):
        (tmp_path / str(number)).write_bytes(f"before {word} after".encode(form))

    assert {name for name, _what in found_in(tmp_path, planted)} == {"0", "1"}
