"""A backup holds the whole lab of one moment, sealed; a restore brings it back into either database, without what was withdrawn."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from random import randbytes
from signal import SIGKILL
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection

from medskapa.ground.labs.actions import close_lab
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_participation, an_actor
from medskapa.ground.ledger import backup, rows
from medskapa.ground.ledger.backup import BackupRefused, back_up, restore
from medskapa.ground.ledger.chain import export, verify_kept
from medskapa.ground.ledger.keyfile import Keys
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import an_account
from medskapa.stages.listening.actions.keeping import withdraw_story
from medskapa.stages.listening.models import Picture, Story
from medskapa.stages.listening.tests.makers import a_story, teller_of
from medskapa.stages.understanding.models import Evidence
from tests.leaky_lab import SECRET, a_leaky_lab
from tests.sending import begin_a_lab, inside
from tests.serving import bare_environment, medskapa

pytestmark = pytest.mark.django_db(transaction=True)
CONTENT = """
from hashlib import sha256
from medskapa.ground.ledger import rows
print(sha256(b"".join(sorted(rows.lines()))).hexdigest())
"""
KILLED = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from medskapa.ground.ledger import backup, rows
rows._count_on = lambda: os.kill(os.getpid(), signal.SIGKILL)
backup.restore(Path(sys.argv[1]), overwrites=True, without_withdrawals=True)
"""


@pytest.fixture
def file(tmp_path, settings):
    """Where the backup goes; the log of withdrawals lies beside it."""
    settings.MEDSKAPA_WITHDRAWN = tmp_path / "withdrawn.log"
    return tmp_path / "monday.medskapa"


def everything() -> list[bytes]:
    return sorted(rows.lines())


def a_folder_with_the_same_keys(folder: Path) -> Path:
    folder.mkdir()
    key = folder / "key"
    key.touch(mode=0o600)
    keys = settings.MEDSKAPA_KEYS
    key.write_text("".join(f'{name} = "{getattr(keys, name).hex()}"\n' for name in ("master", "pepper", "salt")))
    return folder


def test_a_restored_lab_is_the_lab_of_that_moment_and_counts_on(file):
    here = a_leaky_lab()
    before, told = everything(), Story.objects.count()
    assert back_up(file) == sum(line.startswith(b"[") for line in before)
    a_story(here.lab)
    assert everything() != before

    done = restore(file, overwrites=True)

    assert everything() == before
    assert (done.row_count, done.withdrawn_count) == (len(before) - len(rows.tables()), 0)
    assert verify_kept().is_whole
    assert SECRET in {unseal(story).words for story in Story.objects.all()}
    a_story(here.lab)
    assert Story.objects.count() == told + 1


def test_no_word_and_no_key_stands_readable_in_the_file(file):
    a_story(a_lab(), words=SECRET)

    back_up(file)

    content = file.read_bytes()
    assert [sign for sign in (SECRET.encode(), b"listening", settings.MEDSKAPA_KEYS.master) if sign in content] == []
    assert file.stat().st_mode & 0o77 == 0


def test_what_was_withdrawn_after_the_backup_stays_withdrawn(file):
    here = a_leaky_lab()
    quoted = Evidence.objects.filter(quote__isnull=False).first()
    assert quoted is not None
    story = quoted.story
    assert unseal(story).words
    back_up(file)
    withdraw_story(story, by=teller_of(story))

    done = restore(file, overwrites=True)

    story.refresh_from_db()
    assert done.withdrawn_count == 1
    assert (story.state, unseal(story).words) == (Story.State.WITHDRAWN, None)
    assert Evidence.objects.get(pk=quoted.pk).quote is None
    assert verify_kept().is_whole
    assert Record.objects.filter(chain=here.lab.public_id, verb="story.withdraw", actor="system:withdrawal").count() == 1


def test_a_restore_does_not_bring_back_the_address_of_an_account_whose_time_is_over(file, tmp_path):
    here = a_lab()
    close_lab(here, by=an_actor(here, Role.PROCESS_LEADER))
    Lab.objects.filter(pk=here.pk).update(closed_at=now() - timedelta(days=1826))
    a_participation(here, Role.MODERATOR, account=an_account(email="gunnel@lab.example"))
    back_up(file)
    folder = a_folder_with_the_same_keys(tmp_path / "there")

    restored = medskapa("restore", str(file), "--without-withdrawals", "--json", MEDSKAPA_DATA=str(folder))

    assert json.loads(restored.stdout)["let_go_count"] > 0, restored.stderr
    content = (folder / "medskapa.sqlite3").read_bytes()
    assert (b"lab.close" in content, b"gunnel@lab.example" in content) == (True, False)


def test_a_restore_that_is_killed_with_half_of_it_in_the_file_has_changed_nothing(file, tmp_path):
    story = a_story(a_lab())
    large = (Picture(lab=story.lab, story=story, sealed=randbytes(400_000), width=1200, height=900) for _picture in range(20))
    Picture.objects.bulk_create(large)
    back_up(file)
    folder = a_folder_with_the_same_keys(tmp_path / "there")
    begin_a_lab(folder)
    store, before = folder / "medskapa.sqlite3", inside(folder, CONTENT, {})

    environment = bare_environment(MEDSKAPA_DATA=str(folder), DJANGO_SETTINGS_MODULE="medskapa.config.settings")
    killed = subprocess.run([sys.executable, "-W", "ignore", "-c", KILLED, file], env=environment, check=False)

    assert killed.returncode == -SIGKILL
    assert store.stat().st_size > 20 * 400_000 / 2
    assert inside(folder, CONTENT, {}) == before
    assert store.read_bytes()[18:20] == b"\x02\x02"  # and the next who opened it writes to the log first, as always


def test_a_backup_goes_from_one_database_into_the_other_and_back(file, tmp_path):
    a_leaky_lab()
    before = everything()
    back_up(file)
    folder, returned, chain = a_folder_with_the_same_keys(tmp_path / "there"), tmp_path / "returned", tmp_path / "chain.jsonl"

    there = medskapa("restore", str(file), "--without-withdrawals", "--json", MEDSKAPA_DATA=str(folder))
    exported = medskapa("audit", "export", str(tmp_path / "there.jsonl"), MEDSKAPA_DATA=str(folder))
    back = medskapa("backup", str(returned), MEDSKAPA_DATA=str(folder))

    assert (there.returncode, exported.returncode, back.returncode) == (0, 0, 0), there.stderr + exported.stderr + back.stderr
    assert json.loads(there.stdout)["row_count"] == sum(line.startswith(b"[") for line in before)
    export(chain)
    assert (tmp_path / "there.jsonl").read_bytes() == chain.read_bytes()
    restore(returned, overwrites=True)
    assert everything() == before


def test_data_that_somebody_entered_is_not_replaced_unless_told(file):
    a_story(a_lab(), words=SECRET)
    back_up(file)
    before = everything()

    with pytest.raises(BackupRefused, match="say --overwrite"):
        restore(file)

    assert everything() == before


def test_without_the_log_of_withdrawals_nothing_is_restored_unless_told(file, settings, tmp_path):
    a_story(a_lab(), words=SECRET)
    back_up(file)
    settings.MEDSKAPA_WITHDRAWN = tmp_path / "lost.log"

    with pytest.raises(BackupRefused, match=r"put it there, or say --without-withdrawals"):
        restore(file, overwrites=True)

    assert restore(file, overwrites=True, without_withdrawals=True).withdrawn_count == 0


def test_a_line_of_the_log_that_cannot_be_read_is_named(file, settings):
    back_up(file)
    settings.MEDSKAPA_WITHDRAWN.write_text("half a li\n")

    with pytest.raises(BackupRefused, match=r"line 1 of .* cannot be read"):
        restore(file, overwrites=True)


@pytest.mark.parametrize("fault", ["cut", "another key", "another file", "another version"])
def test_what_does_not_open_or_fit_changes_nothing(file, settings, monkeypatch, fault):
    a_story(a_lab(), words=SECRET)
    back_up(file)
    before = everything()
    if fault == "cut":
        file.write_bytes(file.read_bytes()[:-40])
    elif fault == "another key":
        settings.MEDSKAPA_KEYS = Keys(b"m" * 32, settings.MEDSKAPA_KEYS.pepper, settings.MEDSKAPA_KEYS.salt)
    elif fault == "another file":
        file.write_text("no backup")
    else:
        monkeypatch.setattr(backup, "_migrations", lambda: ["ledger.0001_initial"])

    with pytest.raises(BackupRefused, match="version" if fault == "another version" else "does not open"):
        restore(file, overwrites=True)

    assert everything() == before


def test_rows_that_do_not_fit_together_change_nothing(file, monkeypatch):
    a_story(a_lab(), words=SECRET)
    before = everything()
    monkeypatch.setattr(rows, "LEFT_OUT", rows.LEFT_OUT | {"labs.lab"})
    back_up(file)
    monkeypatch.undo()
    assert len(before) > len(rows.tables())

    with pytest.raises(BackupRefused, match="does not fit this version"):
        restore(file, overwrites=True, without_withdrawals=True)

    assert everything() == before


def test_who_writes_during_a_backup_waits_for_nothing_and_is_in_the_next_one(file, monkeypatch):
    here, lines = a_story(a_lab()), rows.lines
    told = Story.objects.count()

    def lines_while_somebody_tells():
        for number, line in enumerate(lines()):
            if number == 5:
                elsewhere(a_story, here.lab)
            yield line

    monkeypatch.setattr(rows, "lines", lines_while_somebody_tells)
    back_up(file)

    assert Story.objects.count() == told + 1
    restore(file, overwrites=True)
    assert Story.objects.count() == told


def elsewhere(function, *arguments):
    """Do it over a connection of its own."""

    def do():
        try:
            function(*arguments)
        finally:
            connection.close()

    other = Thread(target=do)
    other.start()
    other.join()
