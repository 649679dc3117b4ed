"""What every test of the product shares, those of the rooms included."""

import gc
from collections.abc import Iterator
from unittest import mock

import pytest
from django.template import Context
from django.template.base import Template
from django.utils import translation
from hypothesis import settings

settings.register_profile("medskapa", deadline=None, derandomize=True, print_blob=True)  # no test reads the clock
settings.load_profile("medskapa")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever reads or writes the store, so that it can be run on the other database, too."""
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: nothing looks through it for garbage again and again, and seldom through the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def drawn_plainly(django_test_environment: None) -> Iterator[None]:
    """Pages are drawn as outside tests: Django would note every template and keep what it was drawn with, and nobody asks for that."""
    with mock.patch.object(Template, "_render", _drawn_plainly):
        yield


def _drawn_plainly(template: Template, context: Context) -> str:
    return str(template.nodelist.render(context))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English, whatever language the page of the test before came in."""
    with translation.override("en"):
        yield
