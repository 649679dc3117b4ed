"""Migrations say exactly what the models say, can be undone, and make the same store as a new one begins with."""

import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from medskapa.config.rooms import ROOMS
from tests.serving import a_store_beside, bare_environment

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"


@pytest.mark.django_db
def test_no_model_has_changed_since_its_last_migration():
    said = StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=said)

    assert said.getvalue() == "No changes detected\n"


def test_every_migration_has_a_name_that_says_what_it_does():
    names = [path.stem for room in ROOMS for path in SOURCE.joinpath(*room.split("."), "migrations").glob("[0-9]*.py")]

    assert len(names) > 10
    assert [name for name in names if not re.fullmatch(r"\d{4}_[a-z][a-z_]+", name) or "_auto_" in name] == []


@pytest.mark.django_db
def test_every_migration_can_be_undone():
    loader = MigrationLoader(connection)
    ours = [
        migration
        for migration in loader.graph.nodes.values()
        if migration and migration.app_label in {room.split(".")[-1] for room in ROOMS}
    ]

    assert [
        f"{migration.app_label}.{migration.name}" for migration in ours for operation in migration.operations if not operation.reversible
    ] == []


@pytest.mark.database
def test_a_new_store_is_the_same_as_one_that_went_through_every_migration(tmp_path):
    with a_store_beside() as begun, a_store_beside() as stepped:
        at_once = _tables(_store("at once", tmp_path / "begun", begun))
        step_by_step = _tables(_store("step by step", tmp_path / "stepped", stepped))

    for tables in (at_once, step_by_step):
        del tables["auth_group_permissions"]  # Django's own; it is unused here, and its migration and its model differ in the width of ids
    assert at_once == step_by_step
    assert at_once["places_municipality"][0] == 290


@pytest.mark.database
def test_a_store_that_was_being_made_when_it_was_cut_off_is_made_anew(tmp_path):
    with a_store_beside() as beside:
        cut_off = _store("cut off", tmp_path / "data", beside)
        made = _tables(_store("at once", tmp_path / "data", beside))

    assert "RuntimeError: cut off" in cut_off.stderr
    assert made["places_municipality"][0] == 290


def _store(way: str, folder: Path, beside: dict[str, str]) -> subprocess.CompletedProcess[str]:
    folder.mkdir(exist_ok=True)
    variables = {"MEDSKAPA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "medskapa.config.settings"}
    environment = bare_environment(**variables, **beside, PYTHONPATH=os.pathsep.join(sys.path))
    command = [sys.executable, "-W", "ignore", "-m", "tests.made_stores", way]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def _tables(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    tables: dict[str, Any] = json.loads(done.stdout)
    return tables
