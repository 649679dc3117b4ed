"""A worker that is killed at any step leaves no task undone, and every mail of its duties comes once. The drill kills more often."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import a_store_beside
from tests.worker_kills import kill_while_working

pytestmark = pytest.mark.database


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A data folder and the settings of its store: the kind of store that the tests run on."""
    with a_store_beside() as store:
        yield (tmp_path if store else request.getfixturevalue("data")), store


def test_a_worker_killed_at_any_step_leaves_nothing_undone_and_mails_nothing_twice(place):
    folder, store = place

    after = kill_while_working(folder, kills=5, **store)

    assert (after.kills, after.undone, after.failed) == (5, 0, 0)
    assert (after.missing, after.doubled, after.others) == ([], [], [])
    assert after.copies <= after.between
