"""The small lab's tables, permissions for it, and a store that many threads and processes can write to."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections

from medskapa.ground.ledger import actors
from medskapa.ground.ledger.tests.app.models import MODELS


def _make_tables(tables: Any) -> None:
    with connection.schema_editor() as editor:
        for model in tables:
            editor.create_model(model)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        _make_tables(MODELS)


@pytest.fixture(autouse=True)
def everything_is_allowed() -> Iterator[None]:
    """In the small lab everybody may do everything; tests about permission say otherwise."""
    before = actors.registered_permission()
    actors.register_permission(lambda actor, verb, subject: True)
    yield
    actors._permission = before


@pytest.fixture(autouse=True)
def withdrawn_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(settings, "MEDSKAPA_WITHDRAWN", tmp_path / "withdrawn.log")
    return tmp_path / "withdrawn.log"


IS_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that look into the files of SQLite have no sense on PostgreSQL."""
    senseless = [item for item in items if IS_POSTGRESQL and "store_path" in getattr(item, "fixturenames", ())]
    if senseless:
        config.hook.pytest_deselected(items=senseless)
        items[:] = [item for item in items if item not in senseless]


if IS_POSTGRESQL:

    @pytest.fixture
    def store(transactional_db: None) -> Iterator[None]:
        """A store that threads share: the test's own database, emptied after it."""
        yield
        for model in reversed(MODELS):
            model._base_manager.all().delete()

else:

    @pytest.fixture
    def store(tmp_path: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
        """A store that threads share, in a file of its own."""
        usual, options = connections["default"], connections.settings["default"]
        name, options["NAME"] = options["NAME"], str(tmp_path / "store.sqlite3")
        with django_db_blocker.unblock():
            connections["default"] = connections.create_connection("default")
            _make_tables(model for app in ("ledger", "django_tasks_database") for model in apps.get_app_config(app).get_models())
            _make_tables(MODELS)
            yield
            connections["default"].close()
        connections["default"], options["NAME"] = usual, name


@pytest.fixture
def store_path(store: None) -> Path:
    """The file of the store. Tests that look into it run on SQLite alone."""
    return Path(connection.settings_dict["NAME"])
