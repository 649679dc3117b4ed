"""A database file that is copied back does not bring back what was withdrawn since it was copied."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.serving import free_port, medskapa, serving

pytestmark = pytest.mark.server

ID = "withdrawnKey"
LINE = "2026-03-01T10:00:00Z withdrawnKey 85e174d4\n"


@contextmanager
def rows(data: Path) -> Iterator[sqlite3.Connection]:
    """The database file itself, as somebody holds it who copied it."""
    with closing(sqlite3.connect(data / "medskapa.sqlite3")) as store, store:
        yield store


@pytest.fixture
def copied_back(data: Path) -> Path:
    """A folder whose log of withdrawals names a key that its database still has."""
    with rows(data) as store:
        store.execute("INSERT INTO ledger_wrappingkey (id, chain_key, wrapped) VALUES (1, 'lab', x'00')")
        store.execute("INSERT INTO ledger_datakey (public_id, chain_key, under_id, wrapped) VALUES (?, 'lab', 1, x'00')", [ID])
        store.execute("INSERT INTO ledger_datakey (public_id, chain_key, under_id, wrapped) VALUES ('a kept key', 'lab', 1, x'00')")
    (data / "withdrawn.log").write_text(LINE)
    return data


def keys_left(data: Path) -> list[str]:
    with rows(data) as store:
        return [public_id for (public_id,) in store.execute("SELECT public_id FROM ledger_datakey WHERE wrapped IS NOT NULL")]


@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_before_anything_else_it_forgets_again_what_was_withdrawn(copied_back, command):
    assert keys_left(copied_back) == ["withdrawnKey", "a kept key"]

    if command == "serve":
        with serving(copied_back, "--no-worker") as server:
            said = server.said()
    else:
        said = medskapa("migrate", MEDSKAPA_DATA=str(copied_back)).stderr

    assert keys_left(copied_back) == ["a kept key"]
    assert "destroyed again, since an older database had brought them back: 1 of the keys in the log" in said


def test_a_log_of_withdrawals_that_cannot_be_read_keeps_it_closed(data):
    (data / "withdrawn.log").mkdir()

    refused = medskapa("serve", "--port", str(free_port()), MEDSKAPA_DATA=str(data))

    assert refused.returncode == 2
    assert refused.stderr == f"medskapa: cannot read {data}/withdrawn.log, which names what was withdrawn: Is a directory\n"


def test_where_the_log_of_withdrawals_is_gone_check_says_so(copied_back):
    medskapa("migrate", MEDSKAPA_DATA=str(copied_back))
    (copied_back / "withdrawn.log").unlink()

    found = medskapa("check", MEDSKAPA_DATA=str(copied_back)).stdout.splitlines()

    gone = f"Words were withdrawn, and {copied_back}/withdrawn.log, which names them, is gone"
    assert f"{gone}: a backup that is restored would bring them back." in found
