"""What the files of the repository must not hold, and what the lock files must."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REGISTRIES = re.compile(
    "|".join(
        (
            "pypi" + r"\.(org|python)",
            "pythonhosted" + r"\.org",
            "registry" + r"\.npmjs",
            "npm" + "js\\.com",
            "deb" + r"\.debian",
            "archive" + r"\.ubuntu",
        )
    )
)
PIN = re.compile(r"^(\S+?)==(\S+?)(?: ;.*| \\)?$", re.MULTILINE)
ELSEWHERE = re.compile(
    r"sys_platform == 'win32'|platform_python_implementation != 'CPython'|python_full_version >= '3\.12'"
)  # the bill is that of the oldest Python, on Linux
KINDS_OF_LICENCE = ("MIT", "BSD", "Apache", "PSF", "Python Software Foundation", "ISC", "MPL", "LGPL", "Python-2.0", "0BSD", "CC0")


def files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall(text_of(ROOT / name).replace(" \\\n", "\n")))


def test_no_file_names_the_address_of_a_package_registry():
    assert [str(path.relative_to(ROOT)) for path in files() if REGISTRIES.search(text_of(path))] == []


def test_no_file_holds_unfinished_work():
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")

    assert [
        str(path.relative_to(ROOT)) for path in files() if path.suffix in {".py", ".html", ".css", ".js"} and mark.search(text_of(path))
    ] == []


def test_every_locked_version_has_hashes_and_no_address():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-audit.txt"):
        text = text_of(ROOT / name)
        assert "://" not in text
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", text.strip()))


def test_both_lock_files_agree():
    running, testing = pins("requirements.txt"), pins("requirements-dev.txt")

    assert len(running) > 20
    assert {name: testing.get(name) for name in running} == running


def test_every_dependency_is_explained():
    explained = text_of(ROOT / "docs" / "dependencies.md")
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    asked = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["postgres"],
        *project["dependency-groups"]["dev"],
        *project["dependency-groups"]["peers"],
        *project["dependency-groups"]["audit"],
    ]
    names = [re.split(r"[\[<>=]", line)[0] for line in asked]

    assert [name for name in names if f"| {name} " not in explained] == []


def test_the_bill_of_materials_lists_what_is_locked_under_licences_that_fit():
    here = "".join(line for line in text_of(ROOT / "requirements.txt").splitlines(keepends=True) if not ELSEWHERE.search(line))
    locked = dict(PIN.findall(here))
    listed = json.loads(text_of(ROOT / "docs" / "sbom.json"))["components"]

    assert {part["name"]: part["version"] for part in listed} == locked
    licences = {part["name"]: part["licenses"][0]["license"]["name"] for part in listed}
    assert {name: licence for name, licence in licences.items() if not any(kind in licence for kind in KINDS_OF_LICENCE)} == {}


def test_what_is_run_by_a_shell_is_executable():
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_every_promise_of_the_features_page_names_a_test_that_exists():
    promised = text_of(ROOT / "docs" / "features.md")
    named = re.findall(r"`((?:src|tests)/[\w/]+\.py)(?:::(\w+))?`", promised)
    missing = [(path, name) for path, name in named if not _stands(ROOT / path, name)]

    assert len(named) > 20
    assert missing == []


def _stands(path: Path, test: str) -> bool:
    return path.is_file() and f"def {test or 'test_'}" in text_of(path)
