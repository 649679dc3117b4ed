"""What the demo says where one signs in."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.web.panels import Built
from medskapa.outlook.demo.codes import known_tellers


def tellers(_actor: Actor, _subject: Any) -> Built:
    """The codes of some tellers who do not exist. Local mode only. One SQL query."""
    if not settings.MEDSKAPA_LOCAL or not Lab.objects.filter(is_demo=True).exists():
        return None
    return "demo/tellers.html", {"tellers": known_tellers(get_language() or "en")}
