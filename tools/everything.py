"""Everything that must hold: lint, types, the suite on both databases, browser included.

`make test` runs all of it, `make quick` what a change needs, `make lint` only the reading of code. All parts run, also
after one has failed. What this machine cannot run is named in one line at the end; with CI=true that is a failure.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from brought import Brought, chromium, postgresql

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
PARTS = {
    "lint": [PYTHON, "-m", "ruff", "check", "--quiet", "--output-format=concise", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--output-format=concise", "."],
    "types": [PYTHON, "-m", "mypy"],
}
SLOW = "browser or server or package"
ON_BOTH = f"database and not ({SLOW} or once)"
METHODS = "src/medskapa/methods"
BRANCHES = 95  # percent of the lines and branches of the methods that their own tests must reach


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--lint", action="store_true")
    options = parser.parse_args()
    if options.quick or options.lint:
        failed = _reading()
        failed += _tests("tests", f"not ({SLOW} or once)") if options.quick else []
    else:
        with ThreadPoolExecutor(max_workers=1) as beside:  # neither makes use of a second processor
            methods = beside.submit(_methods)
            failed = _reading() + methods.result()
        failed += _whole_suite()
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def _reading() -> list[str]:
    """What is said of the code without running it; gives what failed."""
    return [name for name, command in PARTS.items() if not _passes(name, command)]


def _whole_suite() -> list[str]:
    """The suite on PostgreSQL, then all of it but the methods on SQLite and in the browser; gives what failed."""
    missing: list[str] = []
    failed: list[str] = []
    with postgresql() as store:
        if store.address:
            failed += _tests("tests on PostgreSQL", ON_BOTH, MEDSKAPA_DATABASE=store.address)
        else:
            missing.append(f"the tests on PostgreSQL ({store.why_not})")
    browser: Brought = chromium()
    if browser.address:
        failed += _tests("tests", "", "--ignore", METHODS, TEST_CHROMIUM=browser.address)
    else:
        missing.append(f"the tests in a browser ({browser.why_not})")
        failed += _tests("tests", "not browser", "--ignore", METHODS)
    if missing:
        print(f"not run: {'; '.join(missing)}")
    return failed + (["what could not run"] if missing and os.environ.get("CI") == "true" else [])


def _methods() -> list[str]:
    """The tests of the methods, and how much of the methods they reach."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {"COVERAGE_FILE": str(Path(folder, "coverage"))}
        run = [PYTHON, "-m", "coverage", "run", "--branch", f"--source={METHODS}", "--omit=*/tests/*", "-m", "pytest", "-q", METHODS]
        report = [PYTHON, "-m", "coverage", "report", "--skip-covered", f"--fail-under={BRANCHES}"]
        both = (("methods", run), ("reach of their tests", report))
        return [name for name, command in both if not _passes(name, command, at_once=False, **kept)]


def _tests(name: str, marks: str, *options: str, **variables: str) -> list[str]:
    processes = str(min(os.cpu_count() or 1, 4))
    command = [PYTHON, "-m", "pytest", "-n", processes, "--dist", "loadfile", "--no-loadscope-reorder", "-m", marks, *options]
    return [] if _passes(name, command, **variables) else [name]


def _passes(name: str, command: list[str], *, at_once: bool = True, **variables: str) -> bool:
    """Whether it ends well. What it says is shown at once, or, since something else is running, when it has ended."""
    if at_once:
        print(f"== {name}", flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # hundreds of processes follow
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**environment, **variables},
        check=False,
        stdout=None if at_once else subprocess.PIPE,
        stderr=None if at_once else subprocess.STDOUT,
    )
    if not at_once:
        print(f"== {name}\n{done.stdout.decode()}", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
