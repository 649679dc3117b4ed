"""The wheel holds everything that running needs, and no tests: installed in an empty folder it shows the demo lab."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import bare_environment, serving

pytestmark = pytest.mark.package

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
NEEDED = {".html", ".css", ".js", ".svg", ".toml", ".yaml", ".csv", ".json", ".mo", ".po", ".txt", ".woff2", ".png", ".md"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a copy of the checkout, so that building leaves nothing in it."""
    folder = tmp_path_factory.mktemp("wheel")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    _pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder / "dist"), str(folder))
    return next((folder / "dist").glob("medskapa-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the wheel is installed in; what it needs is in the environment of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    _pip("install", "--no-deps", "--no-index", "--target", str(folder), str(wheel))
    return folder


def _pip(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _shipped() -> Iterator[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z", "src"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = Path(name)
        if "tests" not in path.parts and (path.suffix == ".py" or path.suffix in NEEDED):
            yield path.relative_to("src").as_posix()


def test_the_wheel_holds_what_the_source_holds_and_no_tests(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if name.startswith("medskapa/")}

    assert sorted(set(_shipped()) - names) == []
    assert sorted(name for name in names if "/tests/" in name) == []


def test_installed_in_an_empty_folder_it_loads_the_demo_and_serves_it(installed, tmp_path):
    environment = bare_environment(PYTHONPATH=str(installed), MEDSKAPA_DATA=str(tmp_path))
    where = subprocess.run(
        [sys.executable, "-c", "import medskapa; print(medskapa.__file__)"], env=environment, capture_output=True, text=True, check=True
    )
    assert where.stdout.startswith(str(installed))

    loaded = subprocess.run(
        [sys.executable, "-m", "medskapa", "demo"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )

    assert (loaded.returncode, loaded.stderr) == (0, "")
    with serving(tmp_path, PYTHONPATH=str(installed)) as server:
        assert server.get("/en/")[0] == 200
        assert "Sign in as one of the demo people" in server.said()
