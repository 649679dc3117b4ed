"""The rooms stand in one order, and each knows only those before it: imports, names of models, migrations and templates."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "medskapa"
ORDER = (
    "methods",
    *(f"ground.{room}" for room in ("web", "ledger", "places", "people", "labs", "safeguarding")),
    *(f"stages.{room}" for room in ("listening", "understanding", "cocreation", "labday", "selection", "outcomes", "incubation", "pilots")),
    *(f"outlook.{room}" for room in ("thread", "newsroom", "api", "demo")),
    "cli",
    "config",
)
LABELS = {room.rpartition(".")[2]: room for room in ORDER}
MODEL = re.compile(r"([a-z]+)\.[A-Z][A-Za-z]+")
HEAVY = (
    "ortools",
    "weasyprint",
    "av",
    "PIL",
    "numpy",
    "scipy",
    "psycopg",
    "django",
    "granian",
    "medskapa.methods",
)  # loaded when first used


def room_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return next((room for room in ORDER if parts[: room.count(".") + 1] == tuple(room.split("."))), "")


def room_of_module(name: str) -> str:
    rest = name.removeprefix("medskapa.") + "."
    return next((room for room in ORDER if rest.startswith(f"{room}.")), "")


def sources() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if room_of(path))


def named_rooms(path: Path) -> Iterator[tuple[int, str]]:
    """Each room that a file names, with the line: by an import, as the model of a key, as what a migration needs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("medskapa."):
            for alias in node.names:
                yield node.lineno, room_of_module(f"{node.module}.{alias.name}")
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, room_of_module(alias.name) if alias.name.startswith("medskapa.") else ""
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            model = MODEL.fullmatch(node.value)
            yield node.lineno, LABELS.get(model[1], "") if model else ""
        elif isinstance(node, ast.Tuple) and path.parent.name == "migrations":
            yield node.lineno, _needed(node)


def _needed(node: ast.Tuple) -> str:
    values = [element.value for element in node.elts if isinstance(element, ast.Constant)]
    is_dependency = len(values) == 2 and isinstance(values[1], str) and re.match(r"\d{4}_|__first__|__latest__", values[1])
    return LABELS.get(str(values[0]), "") if is_dependency else ""


def wrong_in(path: Path) -> list[str]:
    own = ORDER.index(room_of(path))
    is_test_of_config = "tests" in path.parts
    return [
        f"{path.relative_to(SOURCE)}:{line} names {room}"
        for line, room in named_rooms(path)
        if room and ORDER.index(room) > own and not (is_test_of_config and room == "config")
    ]


def test_there_are_rooms_to_read():
    assert len({room_of(path) for path in sources()}) > 15


def test_every_room_names_only_rooms_before_it():
    assert [wrong for path in sources() for wrong in wrong_in(path)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ground/people/actions.py", "from medskapa.ground.labs.models import Lab"),
        ("ground/people/models.py", 'key = models.ForeignKey("labs.Lab", models.PROTECT)'),
        ("stages/listening/migrations/0001_initial.py", 'dependencies = [("pilots", "0001_initial")]'),
        ("cli/serve.py", "import medskapa.config.settings"),
    ],
)
def test_a_room_that_names_a_later_one_is_found(tmp_path, monkeypatch, name, text):
    monkeypatch.setattr("tests.test_rooms.SOURCE", tmp_path)
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text)

    assert len(wrong_in(path)) == 1


def test_the_methods_know_nothing_but_numbers():
    known = {*sys.stdlib_module_names, "numpy", "scipy", "ortools"}
    imports = [
        (path, name)
        for path in sources()
        if room_of(path) == "methods" and "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    ]

    assert imports
    assert [(path, name) for path, name in imports if name.partition(".")[0] not in known and not name.startswith("medskapa.methods")] == []


def test_inside_functions_only_apps_the_shell_and_heavy_libraries_are_imported():
    wrong = []
    for path in sources():
        if path.name == "apps.py" or room_of(path) in {"cli", "config"} or {"tests", "migrations"} & set(path.parts):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        inner = {node for function in functions for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)}
        names = [(node.lineno, node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name) for node in inner]
        wrong += [f"{path.relative_to(SOURCE)}:{line} {name}" for line, name in names if not name.startswith(HEAVY)]
    assert sorted(wrong) == []
