"""How long this room keeps what it holds."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.safeguarding.periods import LAB_CLOSED
from medskapa.ground.safeguarding.retention import Kind, keep
from medskapa.stages.listening.actions.keeping import let_go_of_story
from medskapa.stages.listening.actions.representing import WAITING
from medskapa.stages.listening.models import Story


def register() -> None:
    """Say what is kept. Called in AppConfig.ready."""
    keep(Kind("stories", _("Stories, and what was made of their words"), LAB_CLOSED, 730, _stories, let_go_of_story))
    waits = _("Stories that wait for an adult to agree")
    keep(Kind(WAITING, waits, _("they were told"), 30, _waiting, let_go_of_story))


def _waiting(lab: Lab) -> QuerySet[Story]:
    return lab.stories.filter(waits_since__isnull=False).exclude(state=Story.State.WITHDRAWN).annotate(since=F("waits_since"))


def _stories(lab: Lab) -> QuerySet[Story]:
    return lab.stories.exclude(state=Story.State.WITHDRAWN).select_related("key").annotate(since=F("lab__closed_at"))
