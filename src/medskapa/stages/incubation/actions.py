"""Support for what was selected: the agreement, what is given, goals and reports."""

from datetime import date
from typing import Any

from medskapa.ground.labs.errors import RolesClash
from medskapa.ground.labs.models import Participation
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.roles import Role
from medskapa.ground.people.rules import Within, forbidden
from medskapa.stages.incubation.errors import NotSelected, SayWhatChanged
from medskapa.stages.incubation.models import Goal, Report, Support, SupportEvent
from medskapa.stages.selection.models import Decision

ALIVE = (Support.State.AGREED, Support.State.RUNNING)


@action("support.make")
def make_support(
    decision: Decision,
    *,
    title: str,
    summary: str,
    language: str,
    starts_on: date,
    ends_on: date,
    by: Actor,
    coach: Participation | None = None,
    source: str | None = None,
) -> Support:
    """Agree on support for what was selected, with whoever applied. Raises NotSelected, RolesClash."""
    if decision.outcome != Decision.Outcome.SELECTED:
        raise NotSelected
    innovator = decision.application.applicant
    _must_be_free(coach, decision, innovator)
    return Support.objects.create(
        lab=decision.lab,
        decision=decision,
        innovator=innovator,
        coach=coach,
        title=title,
        summary=summary,
        language=language,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )


@action("support.edit")
def edit_support(support: Support, /, *, by: Actor, **changes: Any) -> Support:
    """Change what is agreed. Raises RolesClash, and WrongState once it has ended."""
    _must_be_free(changes.get("coach"), support.decision, support.innovator)
    support.change_while(*ALIVE, **changes)
    return support


@action("support.run")
def run_support(support: Support, *, by: Actor) -> Support:
    """Begin. Raises WrongState."""
    support.move_to(Support.State.RUNNING)
    return support


@action("support.end")
def end_support(support: Support, *, by: Actor) -> Support:
    """End as agreed. Raises WrongState."""
    support.move_to(Support.State.ENDED)
    return support


@action("support.stop")
def stop_support(support: Support, *, reason: str, by: Actor) -> Support:
    """End before the time, and say why. Raises WrongState."""
    support.move_to(Support.State.STOPPED, reason=reason)
    return support


@action("support.note")
def add_event(
    support: Support,
    *,
    kind: str,
    what: str,
    on: date,
    by: Actor,
    amount_minor: int | None = None,
    currency: str = "SEK",
    source: str | None = None,
) -> SupportEvent:
    """Note what was given or done, or what changed in the agreement, with its day."""
    return SupportEvent.objects.create(
        lab=support.lab, support=support, kind=kind, what=what, on=on, amount_minor=amount_minor, currency=currency, source=source
    )


@action("support.edit_event")
def edit_event(event: SupportEvent, *, kind: str, what: str, on: date, by: Actor, amount_minor: int | None = None) -> SupportEvent:
    """Put right what was noted wrongly. What changes from some day on is an event of its own."""
    event.kind, event.what, event.on, event.amount_minor = kind, what, on, amount_minor
    event.save(update_fields=["kind", "what", "on", "amount_minor"])
    return event


@action("goal.set")
def set_goal(support: Support, *, area: str, title: str, due_on: date, by: Actor) -> Goal:
    """Set a goal in one of the five areas, with a day. Raises WrongState once the support has ended."""
    if not Support.objects.filter(pk=support.pk, state__in=ALIVE).exists():
        raise WrongState
    return Goal.objects.create(lab=support.lab, support=support, area=area, title=title, due_on=due_on)


@action("goal.edit")
def edit_goal(goal: Goal, *, area: str, title: str, due_on: date, by: Actor, changed: str = "") -> Goal:
    """Word a goal anew or give it another day. Raises SayWhatChanged if it moves later without a word."""
    if due_on > goal.due_on and not changed.strip():
        raise SayWhatChanged
    goal.area, goal.title, goal.due_on, goal.changed = area, title, due_on, changed
    goal.save(update_fields=["area", "title", "due_on", "changed"])
    return goal


@action("goal.reach")
def reach_goal(goal: Goal, *, on: date, by: Actor, changed: str = "") -> Goal:
    """Note that a goal is reached. Raises SayWhatChanged if that was late and nobody says why, WrongState if it was reached before."""
    words = changed.strip() or goal.changed
    if on > goal.due_on and not words:
        raise SayWhatChanged
    if Goal.objects.filter(pk=goal.pk, reached_on__isnull=True).update(reached_on=on, changed=words) != 1:
        raise WrongState
    goal.reached_on, goal.changed = on, words
    return goal


@action("report.write")
def write_report(
    support: Support,
    *,
    period: str,
    happened: str,
    next: str,
    by: Actor,
    help_needed: str = "",
    reached_count: int | None = None,
) -> Report:
    """Begin a report; a draft that only its writer sees."""
    return Report.objects.create(
        lab=support.lab, support=support, period=period, happened=happened, next=next, help_needed=help_needed, reached_count=reached_count
    )


@action("report.edit")
def edit_report(report: Report, /, *, by: Actor, **changes: Any) -> Report:
    """Go on writing. Raises WrongState once it is sent."""
    report.change_while(Report.State.DRAFT, **changes)
    return report


@action("report.send")
def send_report(report: Report, *, by: Actor) -> Report:
    """Send it to the coach and to who leads the programme. Raises WrongState."""
    report.move_to(Report.State.SENT, sent_at=now())
    return report


@action("report.read")
def read_report(report: Report, *, by: Actor, reply: str = "") -> Report:
    """Say that it was read, perhaps with a reply. Raises WrongState."""
    report.move_to(Report.State.READ, read_at=now(), reply=reply)
    return report


def _must_be_free(coach: Participation | None, decision: Decision, innovator: Participation) -> None:
    """Nobody coaches themselves, nor somebody whom they have judged. At most one SQL query."""
    if coach is None:
        return
    own = forbidden(Role.COACH, Role.INNOVATOR, within=Within.SUPPORT)
    judge = forbidden(Role.COACH, Role.JUROR, within=Within.CALL)
    if own and coach == innovator:
        raise RolesClash(own)
    if judge and decision.application.call.jurors.filter(participation=coach).exists():
        raise RolesClash(judge)
