"""`python -m tests.made_stores "at once"`: a new store made in one of two ways, and what is in it, as JSON; or one that is cut off."""

import json
import re
import sys

import django
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection

MADE = {
    "sqlite": (
        'SELECT name, type, "notnull", dflt_value, pk > 0 FROM pragma_table_info(%s)',
        "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type != 'table' AND sql IS NOT NULL",
        "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type = 'table'",
    ),
    "postgresql": (
        "SELECT column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity "
        "FROM information_schema.columns WHERE table_name = %s",
        "SELECT indexdef FROM pg_indexes WHERE tablename = %s",
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass",
    ),
}


def main(way: str) -> None:
    """Make the store, and tell what is in it."""
    django.setup()
    if way == "cut off":
        from medskapa.ground.places import load

        load.load_places = _cut_off
    call_command(migrate.Command() if way == "step by step" else "migrate", verbosity=0, interactive=False)
    sys.stdout.write(json.dumps({table: [_rows_of(table), *_shape_of(table)] for table in connection.introspection.table_names()}))


def _rows_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return int(cursor.fetchone()[0])


def _shape_of(table: str) -> list[list[str]]:
    """Its columns, indices and constraints, in the order of their names: a column that came later stands elsewhere."""
    *told, whole = MADE[connection.vendor]
    with connection.cursor() as cursor:
        shape = [sorted(str(row) for row in cursor.execute(query, [table]) or cursor) for query in told]
        cursor.execute(whole, [table])
        texts = [str(row) for row in cursor]
    return [*shape, sorted(part for text in texts for part in re.split(r"[(),] ?", text))]


def _cut_off(_models: object) -> None:
    raise RuntimeError("cut off")


if __name__ == "__main__":
    main(sys.argv[1])
