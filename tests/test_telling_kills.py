"""A server that is killed while stories are sent has every acknowledged one exactly once, in both stores. The drill does it more often."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import a_store_beside
from tests.telling_kills import kill_while_telling

pytestmark = pytest.mark.database


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A data folder and the settings of its store: the kind of store that the tests run on."""
    with a_store_beside() as store:
        yield (tmp_path if store else request.getfixturevalue("data")), store


def test_killed_at_any_moment_every_acknowledged_story_is_there_exactly_once(place):
    folder, store = place

    after = kill_while_telling(folder, kills=2, **store)

    assert after.acknowledged >= 10
    assert after.acknowledged == after.sent
    assert (after.lost, after.doubled, after.others) == ([], [], [])
