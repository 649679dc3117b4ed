"""What this room shows on the pages of others: what a sense-maker can do now, and how many insights a lab has."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.web.moments import number
from medskapa.ground.web.panels import FIRST_TODO, RETURN_STEPS, Built, Panel, Todo, offer
from medskapa.stages.understanding.own import insights
from medskapa.stages.understanding.queries import drafts_ready, insights_falling_below, stories_without_insight

SENSE_MAKERS = frozenset({"sense_maker"})


def offer_panels() -> None:
    """Offer this room's panels; called once, when everything starts."""
    offer(Panel(FIRST_TODO, order=20, queries=3, build=todos))
    offer(Panel(RETURN_STEPS, order=20, queries=1, build=insights))


def todos(actor: Actor, lab: Any) -> Built:
    """For sense-makers: insights that no longer stand, drafts that can be confirmed, stories that nobody has read together yet."""
    if not isinstance(lab, Lab) or SENSE_MAKERS.isdisjoint(actor.roles):
        return None
    return [*_fallen(lab), *_ready(lab), *_unread(lab)]


def _fallen(lab: Lab) -> list[Todo]:
    text = _("An insight no longer stands: “{title}”.")
    return [Todo(text, insight, about=insight) for insight in insights_falling_below(lab)[:1]]


def _ready(lab: Lab) -> list[Todo]:
    text = _("Enough people carry this draft. Confirm it: “{title}”.")
    return [Todo(text, insight, about=insight) for insight in drafts_ready(lab)[:1]]


def _unread(lab: Lab) -> list[Todo]:
    count = stories_without_insight(lab).count()
    if not count:
        return []
    text = ngettext("%(count)s released story is in no insight yet.", "%(count)s released stories are in no insight yet.", count)
    return [Todo(text % {"count": number(count)}, reverse("understanding:new_insight", kwargs={"lab": lab.slug}))]
