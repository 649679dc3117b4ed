"""What drills share."""

from collections.abc import Iterator

import pytest
from tools.brought import postgresql

from tests.serving import a_store_beside


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
