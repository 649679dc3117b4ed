"""What a lab says in figures, on its first page, of how it listens."""

from typing import Any

from django.utils.translation import ngettext

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.safeguarding.disclosure import a_few
from medskapa.ground.web.moments import number
from medskapa.ground.web.panels import Built
from medskapa.stages.listening.queries import told_in


def figures(actor: Actor, lab: Any) -> Built:
    """How many stories were told, and in how many languages. One SQL query."""
    if not isinstance(lab, Lab):
        return None
    told = told_in(lab)
    if not told.stories:
        return None
    found = [
        (a_few(told.stories, actor), ngettext("story told", "stories told", told.stories)),
        (number(told.languages), ngettext("language", "languages", told.languages)),
    ]
    return "listening/panels/figures.html", {"figures": found}
