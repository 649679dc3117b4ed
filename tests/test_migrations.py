"""Migrations say exactly what the models say, and can be undone."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from medskapa.config.rooms import ROOMS

SOURCE = Path(__file__).resolve().parent.parent / "src"


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
