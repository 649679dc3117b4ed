"""Supports, goals and reports for a reader."""

from datetime import date, timedelta

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from medskapa.ground.labs.days import day_of, today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor, may
from medskapa.stages.incubation.models import Goal, Report, Support, SupportEvent
from medskapa.stages.selection.models import Decision

REPORT_EVERY = timedelta(days=91)
SOON = timedelta(days=21)


def visible_supports(actor: Actor) -> QuerySet[Support]:
    """Supports of the actor's lab: that something is supported is no secret, what is in it is for those who follow it. One SQL query."""
    return Support.objects.filter(lab__public_id=actor.lab).select_related("lab", "innovator", "coach", "decision__application")


def supports_of(lab: Lab) -> QuerySet[Support]:
    """The supports of a lab, the last to begin first, with how many goals each has and has reached. One SQL query."""
    counted = {"goal_count": Count("goals"), "reached_count": Count("goals", filter=Q(goals__reached_on__isnull=False))}
    rows = lab.supports.select_related(
        "lab", "innovator__unit", "coach", "decision__application__call", "decision__application__lab", "decision__lab"
    )
    return rows.annotate(**counted).order_by("-starts_on", "-pk")


def followed(lab: Lab) -> QuerySet[Support]:
    """The same with goals and events by day. Three SQL queries."""
    goals = Prefetch("goals", Goal.objects.select_related("lab").order_by("due_on", "pk"))
    events = Prefetch("events", SupportEvent.objects.select_related("lab").order_by("on", "pk"))
    return supports_of(lab).prefetch_related(goals, events)


def supportable(lab: Lab) -> QuerySet[Decision]:
    """What was selected and has no support yet, the first decided first. One SQL query."""
    selected = Decision.objects.filter(lab=lab, outcome=Decision.Outcome.SELECTED, support__isnull=True)
    return selected.select_related("lab", "application__applicant", "application__call").order_by("decided_at", "pk")


def readable_reports(lab: Lab, *, reader: Actor) -> QuerySet[Report]:
    """Reports the reader may see, newest first: one's own; sent ones for the coach and for who leads the programme. One SQL query."""
    own = Q(support__innovator__public_id=reader.key)
    sent = ~Q(state=Report.State.DRAFT)
    seen = own | (sent & Q(support__coach__public_id=reader.key))
    if may(reader, "report.see", lab):
        seen |= sent
    rows = lab.reports.filter(seen) if reader.kind == "participation" else lab.reports.none()
    return rows.select_related("lab", "support__lab", "support__innovator", "support__coach").order_by("-made_at", "-pk")


def unread_reports(lab: Lab, *, reader: Actor) -> QuerySet[Report]:
    """Sent reports that wait to be read, the first sent first. One SQL query."""
    return readable_reports(lab, reader=reader).filter(state=Report.State.SENT).exclude(own_of(reader)).order_by("sent_at", "pk")


def own_of(reader: Actor) -> Q:
    """Reports about the reader's own support."""
    return Q(support__innovator__public_id=reader.key)


def report_due(lab: Lab, *, reader: Actor) -> list[tuple[Support, date]]:
    """The reader's running supports whose next report is due within three weeks, and on which day. One SQL query."""
    sent = Max("reports__sent_at", filter=~Q(reports__state=Report.State.DRAFT))
    mine = (
        lab.supports.filter(innovator__public_id=reader.key, state=Support.State.RUNNING).select_related("lab").annotate(last_sent_at=sent)
    )
    due = [(row, (day_of(row.last_sent_at, lab) if row.last_sent_at else row.starts_on) + REPORT_EVERY) for row in mine.order_by("pk")]
    return [(row, day) for row, day in due if day <= today_of(lab) + SOON]


def goals_near(lab: Lab, *, until: date) -> QuerySet[Goal]:
    """Open goals of running supports that are due by a day, the first due first. One SQL query."""
    near = Goal.objects.filter(lab=lab, support__state=Support.State.RUNNING, reached_on__isnull=True, due_on__lte=until)
    return near.select_related("lab", "support__lab", "support__innovator", "support__coach").order_by("due_on", "pk")


def goal_of(lab: Lab) -> QuerySet[Goal]:
    """The goals of a lab with their support. One SQL query."""
    return lab.goals.select_related("lab", "support__lab", "support__innovator", "support__coach")


def is_innovator(actor: Actor, support: Support) -> bool:
    """Whether the actor is the one who is supported. No SQL if the innovator is loaded."""
    return actor.kind == "participation" and support.innovator.public_id == actor.key


def is_coach(actor: Actor, support: Support) -> bool:
    """Whether the actor coaches this support. No SQL if the coach is loaded."""
    return actor.kind == "participation" and support.coach is not None and support.coach.public_id == actor.key
