"""What this room keeps about a teller, for the copy that they can take with them."""

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.copies import Entry, Fact, Part, add_part
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.outlook.thread.models import EchoHearer


def register() -> None:
    """Say the part. Called in AppConfig.ready."""
    add_part(Part("echoes", _("What you were told"), (EchoHearer,), echoes))


def echoes(teller: Pseudonym) -> Iterator[Entry]:
    """Two SQL queries."""
    heard = list(teller.echoes_heard.select_related("echo").order_by("echo__sent_at", "pk"))
    worded([hearing.echo for hearing in heard], get_language() or "")
    for one in heard:
        yield (
            Fact("echo", _("What happened"), text_of(one.echo)),
            Fact("sent_at", _("When"), one.echo.sent_at),
            Fact("read_at", _("When you read it"), one.read_at),
        )
