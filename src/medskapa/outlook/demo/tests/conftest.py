"""The demo lab, loaded once for all tests of a file, and taken back afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from django.db import transaction

from medskapa.ground.labs.codes import hash_code
from medskapa.ground.labs.models import Lab
from medskapa.ground.places.load import load_places
from medskapa.outlook.demo import codes
from medskapa.outlook.demo.load import load_demo


@contextmanager
def taken_back() -> Iterator[None]:
    """A transaction that leaves nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def hashed_once() -> Iterator[None]:
    """The same codes are hashed once for all loads: that is made to be slow."""
    codes.hash_code = cache(hash_code)
    yield
    codes.hash_code = hash_code


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Lab]:
    """The demo lab."""
    with django_db_blocker.unblock(), taken_back():  # type: ignore[attr-defined]
        load_places()
        yield load_demo()


@pytest.fixture(autouse=True)
def sweden(request: pytest.FixtureRequest) -> None:
    """The 290 municipalities, which a test that empties the store takes along."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        load_places()
