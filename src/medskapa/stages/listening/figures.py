"""What a lab says in figures, on its first page, of how it listens."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.safeguarding.disclosure import a_few, is_few
from medskapa.ground.web.moments import number
from medskapa.ground.web.panels import Built
from medskapa.stages.listening.queries import Told, told_in


def figures(actor: Actor, lab: Any) -> Built:
    """How many stories were told, in how many languages, and how many have an answer. One SQL query."""
    if not isinstance(lab, Lab):
        return None
    told = told_in(lab)
    if not told.stories:
        return None
    found = [
        (a_few(told.stories, actor), ngettext("story told", "stories told", told.stories)),
        (number(told.languages), ngettext("language", "languages", told.languages)),
    ]
    return "listening/panels/figures.html", {"figures": [*found, *_answered(told, actor)]}


def _answered(told: Told, actor: Actor) -> list[tuple[str, str]]:
    """How many stories have an answer. Outside the team no share from which one to four could be worked out."""
    if told.share_answered is None or (is_few(told.kept) and not actor.is_team):
        return []
    if is_few(told.answered) and not actor.is_team:
        return [(a_few(told.answered, actor), _("stories have an answer"))]
    if is_few(told.kept - told.answered) and not actor.is_team:
        return [(_("all but a few"), _("stories have an answer"))]
    return [(number(told.share_answered), _("of 100 stories have an answer"))]
