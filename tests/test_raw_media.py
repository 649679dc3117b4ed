"""No picture and no voice stands readable in any file of an installation: database, its log of writes, backup, temporary files."""

import base64
import json
from pathlib import Path

import pytest

from tests.raw import lived_in

TOLD = """
import base64, json, os, sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from medskapa.ground.labs.tests.makers import a_lab, an_actor
from medskapa.ground.ledger.backup import back_up
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.actions import transcribe_story, withdraw_story
from medskapa.stages.listening.models import Cover
from medskapa.stages.listening.pictures import opened, redrawn
from medskapa.stages.listening.recordings import resounded
from medskapa.stages.listening.tests.makers import a_cover, a_drawing, a_story, let_go, teller_of
from medskapa.stages.listening.tests.test_recordings import a_tone

folder, lab, plain = Path(sys.argv[1]), a_lab(), []
moderator = an_actor(lab, Role.MODERATOR)

def told(number):
    picture = redrawn(a_drawing(*((place * 7, place * 5 + number, place * 7 + 40, place * 5 + 31) for place in range(40)), size=(640, 480)))
    sound = resounded(a_tone(seconds=1 + number / 4))
    plain.extend([picture, sound.content])
    return a_story(lab, words="", pictures=(picture,), sound=sound)

waiting, covered, written, gone = map(told, range(4))
cover = a_cover(covered.pictures.get(), 3, 4, by=moderator)
plain.append(opened(cover))
let_go(covered, covers=[cover], by=moderator)
transcribe_story(written, words="I said this.", is_whole=True, by=moderator)
withdraw_story(gone, by=teller_of(gone))
back_up(folder / "monday.medskapa")
print(json.dumps([base64.b64encode(content).decode() for content in plain]))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[bytes]]:
    """A folder of an installation where pictures and voices waited, were covered, were written down and were taken back; and those."""
    folder = tmp_path_factory.mktemp("raw")
    return folder, [base64.b64decode(content) for content in json.loads(lived_in(folder, TOLD))]


def parts_of(content: bytes) -> list[bytes]:
    """Some stretches from where its pixels or its sound lie, as they are and as text would hold them; none of a plain surface."""
    stretches = [content[place : place + 24] for place in range(len(content) // 2, len(content) - 24, 997)]
    telling = [stretch for stretch in stretches if len(set(stretch)) > 12]
    return [form for stretch in telling for form in (stretch, stretch.hex().encode(), base64.b64encode(stretch))]


def found_in(folder: Path, contents: list[bytes]) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files for content in contents for part in parts_of(content) if part in path.read_bytes()]


def test_no_picture_and_no_voice_stands_readable_in_any_file(told):
    folder, contents = told
    assert {"medskapa.sqlite3", "monday.medskapa"} <= {path.name for path in folder.rglob("*")}
    assert len(contents) == 9
    assert all(len(parts_of(content)) >= 3 for content in contents)

    assert found_in(folder, contents) == []


def test_what_would_stand_there_would_be_found(told, tmp_path):
    _folder, contents = told
    (tmp_path / "leak").write_bytes(b"before" + contents[0] + b"after")
    (tmp_path / "dump").write_text(contents[1].hex(), encoding="ascii")

    assert set(found_in(tmp_path, contents)) == {"leak", "dump"}


def test_nothing_waits_in_the_folder_for_temporary_files(told):
    assert list((told[0] / "tmp").iterdir()) == []
