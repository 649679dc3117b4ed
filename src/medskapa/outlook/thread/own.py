"""What this room tells on a teller's own page: the lab's own words about what became of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.web.panels import Step
from medskapa.outlook.thread.queries import echoes_for
from medskapa.stages.listening.queries import Grown


def echoes(actor: Actor, grown: Any) -> list[Step]:
    """What was told back to a teller, each word with what it is about. One SQL query."""
    heard = echoes_for(grown.teller) if isinstance(grown, Grown) else []
    last_new = next((hearing.pk for hearing in reversed(heard) if hearing.read_at is None), None)
    return [
        Step(
            hearing.echo.sent_at,
            hearing.echo.stage,
            _("The lab told you"),
            "thread/own/echo.html",
            {"echo": hearing.echo, "may_say_read": hearing.pk == last_new},
            about=frozenset({hearing.echo.subject}),
            rows=(hearing.echo,),
            is_word=True,
            is_new=hearing.read_at is None,
        )
        for hearing in heard
    ]
