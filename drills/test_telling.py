"""The server is killed again and again while stories are sent, on both stores."""

from collections.abc import Iterator

import pytest
from tools.brought import postgresql

from tests.serving import a_store_beside
from tests.telling_kills import kill_while_telling


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Settings of a server with an empty store of this kind."""
    if request.param == "SQLite":
        yield {}
        return
    with postgresql() as brought:
        assert brought.address, brought.why_not
        monkeypatch.setenv("MEDSKAPA_DATABASE", brought.address)
        with a_store_beside() as variables:
            yield variables


def test_after_twenty_kills_every_acknowledged_story_is_there_exactly_once(store, tmp_path):
    after = kill_while_telling(tmp_path, kills=20, seed=2, **store)

    assert after.acknowledged >= 100
    assert after.acknowledged == after.sent
    assert (after.lost, after.doubled, after.others) == ([], [], [])
