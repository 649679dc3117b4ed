"""Everything that must hold: lint, types, the suite on both databases, browser included.

`make test` runs all of it, `make quick` what a change needs, `make lint` only the reading of code. All parts run, also
after one has failed. What this machine cannot run is named in one line at the end; with CI=true that is a failure.
"""

import argparse
import os
import subprocess
import sys
import tempfile
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
    failed = [name for name, command in PARTS.items() if not _passes(name, command)]
    if options.quick:
        failed += _tests("tests", f"not ({SLOW} or once)")
    elif not options.lint:
        failed += _whole_suite()
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def _whole_suite() -> list[str]:
    """The suite on PostgreSQL, then all of it on SQLite and in the browser; gives what failed."""
    missing: list[str] = []
    failed = _methods()
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
        return [name for name, command in (("methods", run), ("reach of their tests", report)) if not _passes(name, command, **kept)]


def _tests(name: str, marks: str, *options: str, **variables: str) -> list[str]:
    processes = str(min(os.cpu_count() or 1, 4))
    command = [PYTHON, "-m", "pytest", "-n", processes, "--dist", "loadfile", "--no-loadscope-reorder", "-m", marks, *options]
    return [] if _passes(name, command, **variables) else [name]


def _passes(name: str, command: list[str], **variables: str) -> bool:
    print(f"== {name}", flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # hundreds of processes follow
    return subprocess.run(command, cwd=ROOT, env={**environment, **variables}, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
