"""What this room shows on pages of earlier rooms: reports to write and to read, goals that are near, and support to agree on."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.web.panels import ARTEFACT_THREAD, FIRST_TODO, Built, Panel, Todo, offer
from medskapa.stages.incubation.queries import SOON, goals_near, report_due, supportable, unread_reports
from medskapa.stages.selection.models import Decision

MOST = 3


def reports_to_write(actor: Actor, lab: Any) -> Built:
    """The next report of those who are supported. One SQL query."""
    if not isinstance(lab, Lab) or actor.kind != "participation":
        return None
    return [
        Todo(_("Write the report about “{title}”."), _at("new_report", support), _noon(day), about=support)
        for support, day in report_due(lab, reader=actor)
    ]


def reports_to_read(actor: Actor, lab: Any) -> Built:
    """Reports that wait for the coach, or for who leads the programme. One SQL query."""
    if not isinstance(lab, Lab) or actor.roles.isdisjoint({"coach", "programme_manager"}):
        return None
    return [
        Todo(_("Read the report about “{title}”."), report, report.sent_at, about=report.support)
        for report in unread_reports(lab, reader=actor)[:MOST]
    ]


def goals_to_ask_about(actor: Actor, lab: Any) -> Built:
    """Goals that are near or late, for the coach. One SQL query."""
    if not isinstance(lab, Lab) or "coach" not in actor.roles:
        return None
    near = goals_near(lab, until=today_of(lab) + SOON).filter(support__coach__public_id=actor.key)
    text = _("Ask {name} how it goes with “{title}”.")
    return [Todo(str(text).replace("{name}", goal.support.innovator.name), goal, _noon(goal.due_on), about=goal) for goal in near[:MOST]]


def supports_to_agree(actor: Actor, lab: Any) -> Built:
    """What was selected and waits for an agreement, for who leads the programme. One SQL query."""
    if not isinstance(lab, Lab) or "programme_manager" not in actor.roles:
        return None
    return [
        Todo(
            _("Agree on the support for “{title}”."),
            _new_support(decision),
            decision.decided_at,
            about=decision.application,
        )
        for decision in supportable(lab)[:MOST]
    ]


def agree_from(actor: Actor, subject: Any) -> Built:
    """On a decision: agree on support. One SQL query."""
    if not isinstance(subject, Decision) or not may(actor, "support.make", subject):
        return None
    if not supportable(subject.lab).filter(pk=subject.pk).exists():
        return None
    return "incubation/parts/agree.html", {"address": _new_support(subject)}


def offer_panels() -> None:
    """Offer them; called once, when everything starts."""
    for build in (reports_to_write, reports_to_read, goals_to_ask_about, supports_to_agree):
        offer(Panel(FIRST_TODO, order=70, queries=1, build=build))
    offer(Panel(ARTEFACT_THREAD, order=4, queries=1, build=agree_from))


def _at(name: str, support: Any) -> str:
    return reverse(f"incubation:{name}", kwargs={"lab": support.lab.slug, "support": support.public_id})


def _new_support(decision: Decision) -> str:
    address = reverse("incubation:new_support", kwargs={"lab": decision.lab.slug})
    return f"{address}?from={decision.public_id}"


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
