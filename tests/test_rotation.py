"""The master key can be changed: every story still opens, nothing opens under the old key, and being cut off loses nothing."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import DatabaseError

from medskapa.ground.labs.tests.makers import a_lab
from medskapa.ground.ledger import rotation
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.data_keys import opens
from medskapa.ground.ledger.keyfile import make_key_file, read_key_file, successor_of
from medskapa.ground.ledger.models import DataKey, Record, WrappingKey
from medskapa.ground.ledger.rotation import WrongKeys, rotate
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.actions import make_first_account
from medskapa.stages.listening.actions.keeping import withdraw_story
from medskapa.stages.listening.models import Story
from medskapa.stages.listening.tests.makers import a_story
from tests.serving import medskapa

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def key_file(tmp_path, settings):
    """A key file of its own, and an installation that runs on it."""
    path = tmp_path / "keys.toml"
    settings.MEDSKAPA_KEYS = make_key_file(path)
    settings.MEDSKAPA_WITHDRAWN = tmp_path / "withdrawn.log"
    return path


def words() -> list[str | None]:
    return [unseal(story).words for story in Story.objects.order_by("pk")]


def restart(key_file) -> None:
    settings.MEDSKAPA_KEYS = read_key_file(key_file)


def test_after_a_rotation_every_story_opens_and_the_old_key_opens_nothing(key_file):
    for lab in (a_lab(), a_lab()):
        a_story(lab)
    told, old = words(), read_key_file(key_file)

    done = rotate(key_file)
    restart(key_file)

    assert words() == told
    assert settings.MEDSKAPA_KEYS.master != old.master
    assert not any(opens(under, old) for under in WrappingKey.objects.all())
    assert (done.lab_count, done.key_count) == (WrappingKey.objects.count(), DataKey.objects.count())
    assert not successor_of(key_file).exists()
    assert Record.objects.get(verb="keys.rotate").actor == "system:rotation"


def test_return_codes_stay_valid(key_file):
    old = read_key_file(key_file)

    rotate(key_file)

    new = read_key_file(key_file)
    assert (new.pepper, new.salt) == (old.pepper, old.salt)


def test_an_authenticator_app_still_fits(key_file):
    account = make_first_account("ada@lab.example", "Ada")
    data = {"secret": get_adapter().encrypt("JBSWY3DP")}
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data=data)
    codes = {"migrated_codes": [get_adapter().encrypt(code) for code in ("one", "two")]}
    Authenticator.objects.create(user=account, type=Authenticator.Type.RECOVERY_CODES, data=codes)

    rotate(key_file)
    restart(key_file)

    app, spare = Authenticator.objects.order_by("pk")
    assert get_adapter().decrypt(app.data["secret"]) == "JBSWY3DP"
    assert [get_adapter().decrypt(code) for code in spare.data["migrated_codes"]] == ["one", "two"]


def test_what_was_withdrawn_stays_closed(key_file):
    story = a_story(a_lab())
    withdraw_story(story, by=Actor.system("withdrawal", story.lab.public_id))

    rotate(key_file)
    restart(key_file)

    assert words() == [None]


def test_cut_off_before_the_store_was_changed_it_starts_anew(key_file, monkeypatch):
    a_story(a_lab())
    told = words()

    def breaks(*_args, **_named):
        raise DatabaseError("power cut")

    monkeypatch.setattr(rotation, "rotate_keys", breaks)
    with pytest.raises(DatabaseError):
        rotate(key_file)
    monkeypatch.undo()
    assert words() == told

    assert not rotate(key_file).was_cut_off
    restart(key_file)
    assert words() == told


def test_cut_off_after_the_store_was_changed_the_next_run_ends_it(key_file, monkeypatch):
    a_story(a_lab())
    told = words()

    def breaks(*_args):
        raise OSError("power cut")

    monkeypatch.setattr(rotation, "_put_in_place", breaks)
    with pytest.raises(OSError, match="power cut"):
        rotate(key_file)
    monkeypatch.undo()

    assert rotate(key_file).was_cut_off
    restart(key_file)
    assert words() == told


def test_a_key_file_that_is_not_of_this_store_changes_nothing(key_file, tmp_path):
    a_story(a_lab())
    told, other = words(), tmp_path / "other.toml"
    make_key_file(other)

    with pytest.raises(WrongKeys, match="put the right key file"):
        rotate(other)

    assert words() == told
    assert not successor_of(other).exists()


def test_the_command_says_what_older_backups_need_and_keeps_the_old_key_if_asked(demo_data, tmp_path):
    data = demo_data
    before = read_key_file(next(data.glob("*key*")))

    done = medskapa("keys", "rotate", "--old-key", str(tmp_path / "old"), MEDSKAPA_DATA=str(data))

    assert done.returncode == 0, done.stderr
    assert "open only with the old key file" in done.stdout
    assert read_key_file(tmp_path / "old") == before
    assert medskapa("check", MEDSKAPA_DATA=str(data)).returncode in (0, 1)


def test_nothing_starts_on_a_half_changed_key(data, tmp_path):
    make_key_file(successor_of(next(data.glob("*key*"))))

    refused = medskapa("backup", str(tmp_path / "b"), MEDSKAPA_DATA=str(data))

    assert refused.returncode == 2
    assert refused.stderr == "medskapa: a change of the master key was cut off; run: medskapa keys rotate\n"
