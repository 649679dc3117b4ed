"""What safeguarding keeps about a teller, for the copy that they can take with them: who speaks for them, never a name."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.copies import Entry, Fact, Part, add_part
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.safeguarding.models import Representative


def register() -> None:
    """Say the part. Called in AppConfig.ready."""
    add_part(Part("representatives", _("Who speaks for you"), (Representative,), representatives))


def representatives(teller: Pseudonym) -> Iterator[Entry]:
    """One SQL query."""
    for one in Representative.objects.filter(pseudonym=teller).select_related("municipality").order_by("valid_from", "pk"):
        yield (
            Fact("type", _("Who"), one.get_type_display() or None),
            Fact("municipality", _("Municipality"), str(one.municipality) if one.municipality else None),
            Fact("valid_from", _("From"), one.valid_from),
            Fact("valid_to", _("Until"), one.valid_to),
        )
