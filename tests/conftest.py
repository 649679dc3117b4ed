"""Fixtures of the tests of the whole product: real servers, and a real browser where there is one."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import PATIENCE, People
from tests.serving import Server, medskapa, serving

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BARE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",  # a microphone that beeps
    "--use-fake-ui-for-media-stream",  # and that may be used
)
LEFT_OUT: list[str] = []


def chromium() -> str | None:
    """The browser that `make test` found or brought, else one on the PATH."""
    return os.environ.get("TEST_CHROMIUM") or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a browser its tests are left out, and the last line says so."""
    if chromium():
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
        LEFT_OUT[:] = [item.nodeid for item in left_out]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name what could not run."""
    if LEFT_OUT:
        terminalreporter.write_line(f"not run: {len(LEFT_OUT)} tests in a browser (no Chromium)")


@pytest.fixture(scope="session")
def empty_server(new_data: Callable[[], Path]) -> Iterator[Server]:
    """A server without any lab."""
    with serving(new_data()) as server:
        yield server


@pytest.fixture(scope="session")
def demo_server(_with_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo lab. Tests that use it leave it as they found it, or do not mind each other."""
    with serving(_copied(_with_demo, tmp_path_factory.mktemp("demo")), "--demo") as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real Chromium. It holds an event loop while it runs, beside which nothing asks the store, so it ends with its module."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=list(BARE))
        yield started
        started.close()


@pytest.fixture
def people(browser: Any) -> Iterator[People]:
    """Makes browsers of different people, each with cookies of its own; at the end none has met an error or a foreign host."""
    made = People(browser)
    yield made
    made.leave()


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        with serving(folder, "--no-worker"):
            pass

    return _once("migrated", make, tmp_path_factory)


@pytest.fixture(scope="session")
def _with_demo(_migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        shutil.copytree(_migrated, folder)
        loaded = medskapa("demo", MEDSKAPA_DATA=str(folder))
        assert loaded.returncode == 0, loaded.stderr

    return _once("with_demo", make, tmp_path_factory)


def _once(name: str, make: Callable[[Path], None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that all processes of this run share; the first that asks for it makes it. It is only copied, never used."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, half = shared / name, shared / f"{name}.half"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(half, ignore_errors=True)
            make(half)
            half.rename(folder)
    return folder


def _copied(folder: Path, into: Path) -> Path:
    return Path(shutil.copytree(folder, into / "data"))


@pytest.fixture(scope="session")
def new_data(_migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes data folders of one's own, each with an empty database of this version."""
    return lambda: _copied(_migrated, tmp_path_factory.mktemp("new"))


@pytest.fixture
def data(_migrated: Path, tmp_path: Path) -> Path:
    """A data folder of one's own, with an empty database of this version."""
    return _copied(_migrated, tmp_path)


@pytest.fixture
def demo_data(_with_demo: Path, tmp_path: Path) -> Path:
    """A data folder of one's own, with the demo lab."""
    return _copied(_with_demo, tmp_path)
