"""What every test of the product shares, those of the rooms included."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import settings

settings.register_profile("medskapa", deadline=None, derandomize=True, print_blob=True)  # no test reads the clock
settings.load_profile("medskapa")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever reads or writes the store, so that it can be run on the other database, too."""
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English, whatever language the page of the test before came in."""
    with translation.override("en"):
        yield
