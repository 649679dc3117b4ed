"""Every row of the store as a line of JSON, the same whichever database it lies in; sealed words stay sealed.

A picture or a voice stands behind its line as it is, since it is large: in the line is only how many bytes it has.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from medskapa.ground.ledger.sealing import Sealed, SealedText

AT_ONCE, AT_ONCE_OF_LARGE = 500, 20
BEHIND = 2**12  # bytes from which on a content stands behind its line
LEFT_OUT = frozenset(
    {
        *("contenttypes.contenttype", "auth.permission", "auth.group_permissions"),  # every migrated database makes these itself
        *("sessions.session", "labs.pseudonymsession"),  # people sign in again
    }
)
Table = type[models.Model]


def tables() -> list[Table]:
    """Every table that is kept, by name."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    return sorted((model for model in found if model._meta.label_lower not in LEFT_OUT), key=lambda model: model._meta.label_lower)


def lines() -> Iterator[bytes]:
    """All rows: before those of each table one line with its name and columns. One SQL query a table."""
    for table in tables():
        columns = table._meta.concrete_fields
        yield _json({"table": table._meta.label_lower, "columns": [column.attname for column in columns]})
        rows = table._base_manager.order_by("pk").values_list(*(column.attname for column in columns))
        for row in rows.iterator(chunk_size=_at_once(table)):
            yield _line(columns, row)


def replace_all(found: Iterable[bytes]) -> int:
    """Put these rows in the place of all that is there, inside a transaction; gives how many.

    Raises ValueError for lines of another shape, LookupError for a table or column that this version does not have.
    """
    for table in tables():
        table._base_manager.all()._raw_delete(table._base_manager.db)  # keys are checked at the end
    count = 0
    for table, rows in _by_table(found):
        while batch := list(islice(rows, _at_once(table))):
            table._base_manager.bulk_create(batch)
            count += len(batch)
    _count_on()
    connection.check_constraints()
    return count


def _at_once(table: Table) -> int:
    """How many rows are in memory together: few of those that hold whole pictures."""
    return AT_ONCE_OF_LARGE if getattr(table, "IS_LARGE", False) else AT_ONCE


def _by_table(found: Iterable[bytes]) -> Iterator[tuple[Table, Iterator[models.Model]]]:
    waiting = iter(found)
    head = next(waiting, None)

    def rows(table: Table, columns: list[models.Field[Any, Any]]) -> Iterator[models.Model]:
        nonlocal head
        head = None
        for found_line in waiting:
            line, _end, behind = found_line.partition(b"\n")
            values = json.loads(line)
            if isinstance(values, dict):
                head = line
                return
            contents = BytesIO(behind)
            yield table(**{column.attname: _value(column, value, contents) for column, value in zip(columns, values, strict=True)})

    while head is not None:
        said = json.loads(head)
        table = apps.get_model(said["table"])
        columns = {column.attname: column for column in table._meta.concrete_fields}
        yield table, rows(table, [columns[name] for name in said["columns"]])


def _line(columns: Iterable[Any], row: Iterable[Any]) -> bytes:
    behind: list[bytes] = []
    values = [_plain(column, value, behind) for column, value in zip(columns, row, strict=True)]
    return b"\n".join([_json(values), b"".join(behind)]) if behind else _json(values)


def _plain(column: Any, value: Any, behind: list[bytes]) -> Any:
    if value is None or isinstance(column, models.JSONField):
        return value
    if isinstance(value, Sealed):
        return b64encode(value.content()).decode()
    if isinstance(column, models.BinaryField):
        if len(value) < BEHIND:
            return b64encode(value).decode()
        behind.append(bytes(value))
        return len(value)
    return value if isinstance(value, bool | int | float | str) else str(value)


def _value(column: Any, value: Any, behind: BytesIO) -> Any:
    if value is None or isinstance(column, models.JSONField):
        return value
    if isinstance(column, SealedText):
        return Sealed.from_store(b64decode(value), column.place)
    if isinstance(column, models.BinaryField):
        return behind.read(value) if isinstance(value, int) else b64decode(value)
    return column.to_python(value)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _count_on() -> None:
    """Let new rows be numbered after those that were put in."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)
