"""The order in which questions and scales are asked: set by moving one at a time, not by numbers."""

from typing import Any

from django.db.models import Max, QuerySet

from medskapa.ground.ledger.errors import WrongState
from medskapa.stages.listening.models import Prompt, Scale

Asked = Prompt | Scale


def last_place(rows: "QuerySet[Prompt] | QuerySet[Scale]") -> int:
    """The place behind all that there are. One SQL query."""
    return int(rows.aggregate(last=Max("order"))["last"] or 0) + 1


def move(row: Asked, *, up: bool) -> None:
    """Ask something one place earlier or later among what its lab asks now; at the end it stays where it is. Two SQL queries.

    Raises WrongState for what is no longer asked.
    """
    kind: Any = type(row)  # both have an order, and nothing else in common that says so
    rows = list(kind.objects.filter(lab=row.lab, closed_at__isnull=True).order_by("order", "pk"))
    here = next((place for place, one in enumerate(rows) if one.pk == row.pk), None)
    if here is None:
        raise WrongState
    there = max(0, min(here - 1 if up else here + 1, len(rows) - 1))
    rows.insert(there, rows.pop(here))
    for place, one in enumerate(rows, start=1):
        one.order = place
    kind.objects.bulk_update(rows, ["order"])
