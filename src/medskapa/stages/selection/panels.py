"""What this room shows on pages of earlier rooms: what jurors, applicants and those who lead a call have to do, and where to apply."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.web.panels import ARTEFACT_THREAD, FIRST_TODO, RETURN_STEPS, Built, Panel, Todo, offer
from medskapa.stages.cocreation.models import Idea, Prototype
from medskapa.stages.selection.models import Application
from medskapa.stages.selection.own import best_interests, decisions
from medskapa.stages.selection.queries import open_calls, undecided, unjudged_by

MOST = 3


def for_jurors(actor: Actor, lab: Any) -> Built:
    """Applications that wait for one's review. One SQL query."""
    if not isinstance(lab, Lab) or "juror" not in actor.roles:
        return None
    return [
        Todo(_("Review “{title}”."), _at("write_review", row.lab, application=row.public_id), row.sent_at, about=row)
        for row in unjudged_by(actor, lab)[:MOST]
    ]


def for_leaders(actor: Actor, lab: Any) -> Built:
    """Applications that wait for a decision, told once for each call. One SQL query."""
    if not isinstance(lab, Lab) or "programme_manager" not in actor.roles:
        return None
    calls = {row.call_id: row.call for row in undecided(lab)}
    return [
        Todo(_("Decide the call “{title}”."), _at("decide_call", lab, call=call.public_id), call.closes_at, about=call)
        for call in list(calls.values())[:MOST]
    ]


def for_applicants(actor: Actor, lab: Any) -> Built:
    """Drafts of one's own in calls that close. One SQL query."""
    if not isinstance(lab, Lab) or actor.kind != "participation" or not may(actor, "application.write", lab):
        return None
    drafts = Application.objects.filter(lab=lab, applicant__public_id=actor.key, state=Application.State.DRAFT, call__state="open")
    return [
        Todo(_("Send the application “{title}”."), row, row.call.closes_at, about=row)
        for row in drafts.select_related("lab", "call").order_by("call__closes_at", "pk")[:MOST]
    ]


def apply_with(actor: Actor, subject: Any) -> Built:
    """On a prototype or an idea: the calls one can apply to with it. One SQL query."""
    if not isinstance(subject, Prototype | Idea) or actor.kind != "participation" or not may(actor, "application.write", subject):
        return None
    calls = open_calls(subject.lab)
    return ("selection/parts/apply_with.html", {"calls": calls}) if calls else None


def offer_panels() -> None:
    """Offer them; called once, when everything starts."""
    for build in (for_jurors, for_leaders, for_applicants):
        offer(Panel(FIRST_TODO, order=60, queries=1, build=build))
    offer(Panel(ARTEFACT_THREAD, order=3, queries=1, build=apply_with))
    offer(Panel(RETURN_STEPS, order=60, queries=1, build=best_interests))
    offer(Panel(RETURN_STEPS, order=61, queries=1, build=decisions))


def _at(name: str, lab: Lab, **ids: str) -> str:
    return reverse(f"selection:{name}", kwargs={"lab": lab.slug, **ids})
