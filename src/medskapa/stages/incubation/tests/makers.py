"""Supports, goals and reports, for tests."""

from datetime import date, timedelta
from typing import Any

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.stages.incubation.actions import add_event, make_support, run_support, send_report, set_goal, write_report
from medskapa.stages.incubation.models import Goal, Report, Support, SupportEvent
from medskapa.stages.selection.models import Decision
from medskapa.stages.selection.tests.makers import a_decision


def a_support(lab: Lab, decision: Decision | None = None, is_running: bool = True, **what: Any) -> Support:
    """A support of a year that began a month ago, for something that was selected."""
    today = today_of(lab)
    found = decision or a_decision(lab=lab, applicant=what.pop("innovator", None))
    defaults = {"title": "The letter kiosk", "summary": "Salary for a year.", "language": "sv"}
    dates = {"starts_on": today - timedelta(days=30), "ends_on": today + timedelta(days=335)}
    support = make_support(found, by=demo_of(lab), **(defaults | dates | what))
    return run_support(support, by=demo_of(lab)) if is_running else support


def a_goal(support: Support, due_in: int = 30, **what: Any) -> Goal:
    """A goal that is due in so many days; a negative number makes it late."""
    due_on = today_of(support.lab) + timedelta(days=due_in)
    defaults = {"area": Goal.Area.SOLUTION, "title": "Ten visits a week", "due_on": due_on}
    return set_goal(support, by=demo_of(support.lab), **(defaults | what))


def an_event(support: Support, on: date | None = None, **what: Any) -> SupportEvent:
    """Salary for a month, in kronor."""
    defaults = {"kind": SupportEvent.Kind.SALARY, "what": "Salary", "amount_minor": 3_000_000}
    return add_event(support, on=on or today_of(support.lab), by=demo_of(support.lab), **(defaults | what))


def a_report(support: Support, is_sent: bool = True, **what: Any) -> Report:
    """A report, sent unless told otherwise."""
    defaults = {"period": "January to March 2017", "happened": "Forty visits.", "next": "Saturdays."}
    report = write_report(support, by=demo_of(support.lab), **(defaults | what))
    return send_report(report, by=demo_of(support.lab)) if is_sent else report


def demo_of(lab: Lab) -> Actor:
    """The one who makes things in tests, as in the demo."""
    return Actor.system("demo", lab.public_id)
