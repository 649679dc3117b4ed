"""What every test of the product shares, those of the rooms included."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import settings

ROOT = Path(__file__).resolve().parent
MAKES_THE_STORE = ("requirements.txt", "src/medskapa/**/migrations/*.py", "src/medskapa/ground/places/data/**/*")
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


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Begin with the store that these migrations made the last time: to run them takes longer than most files of tests."""
    kept, store = _kept(), _store()
    if store and kept.is_file():
        shutil.copyfile(kept, store)
    return store is not None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Keep the empty store for the next time."""
    kept, store = _kept(), _store()
    if store and not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        half = kept.with_suffix(f".{store.parent.name}")
        with closing(sqlite3.connect(store)) as made, closing(sqlite3.connect(half)) as copy:
            made.backup(copy)
        for old in kept.parent.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        half.replace(kept)


def _store() -> Path | None:
    """The file of this process's store; none on PostgreSQL."""
    name = connection.settings_dict["TEST"]["NAME"] if connection.vendor == "sqlite" else None
    return Path(name) if name else None


def _kept() -> Path:
    """Where the empty store of exactly these migrations lies."""
    files = sorted(path for pattern in MAKES_THE_STORE for path in ROOT.glob(pattern) if path.is_file())
    digest = hashlib.sha256(b"".join(path.name.encode() + hashlib.sha256(path.read_bytes()).digest() for path in files))
    return ROOT / ".pytest_cache" / "stores" / f"{digest.hexdigest()[:16]}.sqlite3"
