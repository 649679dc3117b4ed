"""Settings that are wrong are refused, each with one line that says what to write."""

import stat
from pathlib import Path

import pytest

from medskapa.cli.environment import NAMES, Unusable, read


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """Settings that production accepts."""
    key = tmp_path / "keys" / "key"
    key.parent.mkdir()
    key.write_text("")
    key.chmod(0o600)
    return {
        "MEDSKAPA_DATA": str(tmp_path / "data"),
        "MEDSKAPA_HOSTS": "lab.example.org",
        "MEDSKAPA_PROXIES": "1",
        "MEDSKAPA_MAIL": "smtp://lab:secret@mail.example.org:587",
        "MEDSKAPA_MAIL_FROM": "lab@example.org",
        "MEDSKAPA_KEY_FILE": str(key),
    }


def line_of(variables: dict[str, str]) -> str:
    with pytest.raises(Unusable) as refused:
        read(variables)
    return str(refused.value)


def test_nothing_set_is_local_mode_in_var(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    found = read({"PATH": "/bin"})

    assert found.is_local
    assert (found.data, found.key_file) == (tmp_path / "var", tmp_path / "var" / "key")


def test_production_with_everything_set_is_accepted(production):
    found = read(production)

    assert not found.is_local
    assert found.hosts == ("lab.example.org",)


def test_an_unknown_setting_is_refused_by_name():
    assert line_of({"MEDSKAPA_HOST": "lab.example.org"}).startswith("MEDSKAPA_HOST is not a setting; there are MEDSKAPA_DATA, ")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("MEDSKAPA_HOSTS", "*", "is not a host name"),
        ("MEDSKAPA_HOSTS", "https://lab.example.org", "is not a host name"),
        ("MEDSKAPA_DATABASE", "mysql://lab@localhost/lab", "MEDSKAPA_DATABASE must be postgresql://"),
        ("MEDSKAPA_DATABASE", "postgresql://lab@localhost:x/lab", "the port is not a number"),
        ("MEDSKAPA_MAIL", "mail.example.org", "MEDSKAPA_MAIL must be smtp://"),
        ("MEDSKAPA_PROXIES", "yes", "must be a number from 0 to 9"),
        ("MEDSKAPA_DURABILITY", "off", "must be full or normal"),
        ("MEDSKAPA_DEBUG", "true", "must be 0 or 1"),
        ("MEDSKAPA_CERTIFICATE", "/nowhere/at/all", "there is no file"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(production, name, value, says):
    assert says in line_of(production | {name: value})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"MEDSKAPA_DEBUG": "1"}, "MEDSKAPA_DEBUG=1 shows settings to visitors"),
        ({"MEDSKAPA_PROXIES": "0"}, "HTTPS is needed"),
        ({"MEDSKAPA_MAIL": ""}, "mails must leave"),
        ({"MEDSKAPA_MAIL_FROM": ""}, "mails need a sender"),
        ({"MEDSKAPA_KEY_FILE": ""}, "MEDSKAPA_KEY_FILE must name the key file"),
    ],
)
def test_what_is_unsafe_for_others_is_refused_in_production(production, change, says):
    refused = line_of(production | change)

    assert len(refused.splitlines()) == 1
    assert says in refused


def test_each_unsafe_setting_has_its_line():
    assert len(line_of({"MEDSKAPA_HOSTS": "lab.example.org"}).splitlines()) == 4


def test_a_key_file_in_the_data_folder_is_refused_in_production(production):
    inside = str(Path(production["MEDSKAPA_DATA"], "keys", "key"))

    assert "must lie outside the data folder" in line_of(production | {"MEDSKAPA_KEY_FILE": inside})


def test_a_key_file_that_others_can_read_is_refused_in_production(production):
    Path(production["MEDSKAPA_KEY_FILE"]).chmod(0o640)

    assert "others can read" in line_of(production)


def test_half_a_certificate_is_refused(production):
    assert "belong together" in line_of(production | {"MEDSKAPA_CERTIFICATE": production["MEDSKAPA_KEY_FILE"]})


def test_every_setting_is_documented():
    documented = Path(__file__).parent.parent.joinpath("docs", "deploy.md").read_text(encoding="utf-8")

    assert [name for name in NAMES if f"`{name}`" not in documented] == []


def test_the_key_file_is_made_for_its_owner_only(tmp_path):
    from medskapa.config.keys import keys_or_exit

    found = read({"MEDSKAPA_DATA": str(tmp_path)})

    assert keys_or_exit(found) == keys_or_exit(found)
    assert stat.S_IMODE(found.key_file.stat().st_mode) == 0o600
