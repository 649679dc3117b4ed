"""What this room keeps about a teller, for the copy that they can take with them."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.copies import Entry, Fact, Named, Part, add_part
from medskapa.ground.labs.models import Pseudonym
from medskapa.outlook.thread.models import EchoHearer


def register() -> None:
    """Say the part. Called in AppConfig.ready."""
    add_part(Part("echoes", _("What you were told"), (EchoHearer,), echoes))


def echoes(teller: Pseudonym) -> Iterator[Entry]:
    """One SQL query."""
    for one in teller.echoes_heard.select_related("echo").order_by("echo__sent_at", "pk"):
        yield (
            Fact("echo", _("What happened"), Named(one.echo)),
            Fact("sent_at", _("When"), one.echo.sent_at),
            Fact("read_at", _("When you read it"), one.read_at),
        )
