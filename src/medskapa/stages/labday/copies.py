"""What this room keeps about a teller, for the copy that they can take with them."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.copies import Entry, Fact, Named, Part, add_part
from medskapa.ground.labs.models import Pseudonym
from medskapa.stages.labday.models import Seat


def register() -> None:
    """Say the part. Called in AppConfig.ready."""
    add_part(Part("seats", _("Days you had a seat"), (Seat,), seats))


def seats(teller: Pseudonym) -> Iterator[Entry]:
    """One SQL query."""
    for one in teller.seats.select_related("gathering", "table").order_by("gathering__starts_at", "pk"):
        yield (
            Fact("day", _("Day"), Named(one.gathering, "name")),
            Fact("table", _("Table"), one.table.number),
            Fact("shown_as", _("Shown as"), one.shown_as),
            Fact("checked_in_at", _("When you came"), one.checked_in_at),
        )
