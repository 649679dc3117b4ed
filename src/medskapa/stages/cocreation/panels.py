"""What this room shows on the pages of others: challenges on the lab's front, how many ideas and prototypes, and what to do now."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.queries import participation_of
from medskapa.ground.labs.rail import counted
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.web.moments import number
from medskapa.ground.web.panels import ARTEFACT_THREAD, FIRST_TODO, LAB_FIGURES, LAB_FRONT, RETURN_STEPS, Built, Panel, Todo, offer
from medskapa.stages.cocreation.models import Challenge, Trial
from medskapa.stages.cocreation.own import challenges, prototypes
from medskapa.stages.cocreation.owning import memberships_of
from medskapa.stages.cocreation.queries.challenges import challenges_of, promises_running
from medskapa.stages.understanding.models import Insight

ON_FRONT = 3
FACILITATORS = frozenset({"facilitator"})
CREATORS = frozenset({"co_creator", "actor", "innovator"})


def offer_panels() -> None:
    """Offer this room's panels; called once, when everything starts."""
    offer(Panel(LAB_FRONT, order=20, queries=2, build=front))
    offer(Panel(LAB_FIGURES, order=20, queries=1, build=figures))
    offer(Panel(FIRST_TODO, order=30, queries=4, build=todos))
    offer(Panel(ARTEFACT_THREAD, order=50, queries=0, build=next_step))
    offer(Panel(RETURN_STEPS, order=30, queries=1, build=challenges))
    offer(Panel(RETURN_STEPS, order=31, queries=1, build=prototypes))


def front(actor: Actor, lab: Any) -> Built:
    """The questions a lab works on, as cards."""
    if not isinstance(lab, Lab):
        return None
    found = list(challenges_of(lab, reader=actor).exclude(state=Challenge.State.DRAFT)[: ON_FRONT + 1])
    if not found:
        return None
    shown = worded(found[:ON_FRONT], get_language() or "")
    return "cocreation/panels/front.html", {"challenges": shown, "has_more": len(found) > ON_FRONT}


def figures(actor: Actor, lab: Any) -> Built:
    """How many ideas and prototypes a lab has. At most one SQL query."""
    if not isinstance(lab, Lab):
        return None
    numbers = counted(lab)
    return "cocreation/panels/figures.html", {"ideas": numbers["create"], "prototypes": numbers["prototype"]}


def next_step(actor: Actor, artefact: Any) -> Built:
    """On an insight that the lab has confirmed: a challenge can grow from it."""
    if not isinstance(artefact, Insight) or artefact.state not in {Insight.State.CONFIRMED, Insight.State.PUBLIC}:
        return None
    return ("cocreation/panels/next_step.html", {"insight": artefact}) if may(actor, "challenge.write", artefact.lab) else None


def todos(actor: Actor, lab: Any) -> Built:
    """For problem owners: promises; for facilitators: drafts and results to note; for those who create: where to begin."""
    if not isinstance(lab, Lab):
        return None
    found: list[Todo] = []
    if "problem_owner" in actor.roles:
        found += _promises(actor, lab)
    if not FACILITATORS.isdisjoint(actor.roles):
        found += _drafts(lab)
        found += _trials(lab)
    if not CREATORS.isdisjoint(actor.roles):
        found += _to_create(actor, lab)
    return found


def _promises(actor: Actor, lab: Lab) -> Iterator[Todo]:
    mine = participation_of(actor)
    if mine is None or mine.unit_id is None:
        return
    for challenge in promises_running(lab).filter(owner=mine.unit_id):
        text = _("You promised to decide something: “{title}”.")
        yield Todo(text, challenge, _end_of(challenge.promise_due_on, lab), about=challenge)
    for challenge in lab.challenges.filter(owner=mine.unit_id, promise="", state=Challenge.State.OPEN).select_related("lab"):
        where = reverse("cocreation:promise", kwargs={"lab": lab.slug, "challenge": challenge.public_id})
        yield Todo(_("Say what you can decide about “{title}”."), where, about=challenge)


def _drafts(lab: Lab) -> Iterator[Todo]:
    draft = lab.challenges.filter(state=Challenge.State.DRAFT).select_related("lab").order_by("made_at", "pk").first()
    if draft is not None:
        yield Todo(_("Open this challenge, or change it: “{title}”."), draft, about=draft)


def _trials(lab: Lab) -> Iterator[Todo]:
    trial = lab.trials.filter(result=Trial.Result.PLANNED).select_related("lab", "prototype").order_by("planned_on", "pk").first()
    if trial is not None:
        text = _("Note what came out of the trial of “{title}”.")
        yield Todo(text, trial, _end_of(trial.planned_on, lab), about=trial.prototype)


def _to_create(actor: Actor, lab: Lab) -> Iterator[Todo]:
    mine = memberships_of(actor, lab).select_related("team__lab").first()
    if mine is not None:
        yield Todo(_("See how it goes in your team: “{title}”."), mine.team, about=mine.team, field="name")
        return
    count = lab.challenges.filter(state=Challenge.State.OPEN).count()
    if count:
        text = ngettext("%(count)s challenge is open for ideas.", "%(count)s challenges are open for ideas.", count)
        yield Todo(text % {"count": number(count)}, reverse("cocreation:challenges", kwargs={"lab": lab.slug}))


def _end_of(day: Any, lab: Lab) -> datetime:
    return datetime.combine(day, time.max, tzinfo=ZoneInfo(lab.time_zone))
