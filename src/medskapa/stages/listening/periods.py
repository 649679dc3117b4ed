"""How long this room keeps what it holds."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.safeguarding.periods import LAB_CLOSED
from medskapa.ground.safeguarding.retention import Kind, keep
from medskapa.stages.listening.actions.carding import let_go_of_card
from medskapa.stages.listening.actions.keeping import let_go_of_story
from medskapa.stages.listening.actions.representing import WAITING
from medskapa.stages.listening.models import Card, Story


def register() -> None:
    """Say what is kept. Called in AppConfig.ready."""
    keep(Kind("stories", _("Stories, and what was made of their words"), LAB_CLOSED, 730, _stories, let_go_of_story))
    keep(Kind("cards", _("Codes of paper cards that did not come back"), _("they were printed"), 180, _cards, let_go_of_card))
    waits = _("Stories that wait for an adult to agree")
    keep(Kind(WAITING, waits, _("they were told"), 30, _waiting, let_go_of_story))


def _cards(lab: Lab) -> QuerySet[Card]:
    rows = lab.cards.filter(code_hash__isnull=False).select_related("lab", "photo_key").defer("photo")
    return rows.annotate(since=F("printed_at"))


def _waiting(lab: Lab) -> QuerySet[Story]:
    return lab.stories.filter(waits_since__isnull=False).exclude(state=Story.State.WITHDRAWN).annotate(since=F("waits_since"))


def _stories(lab: Lab) -> QuerySet[Story]:
    return lab.stories.exclude(state=Story.State.WITHDRAWN).select_related("key").annotate(since=F("lab__closed_at"))
