"""Calls, applications, reviews and decisions, for tests."""

from datetime import date, timedelta
from typing import Any

from medskapa.ground.labs.actors import actor_of_participation
from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.labs.tests.makers import a_participation
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.roles import Role
from medskapa.stages.selection.actions import (
    add_criterion,
    decide_call,
    judge_call,
    open_call,
    seat_juror,
    send_application,
    send_review,
    take_decision,
    write_application,
    write_best_interests,
    write_call,
    write_review,
)
from medskapa.stages.selection.models import Application, BestInterests, Call, Decision, JurorSeat, Review


def a_call(lab: Lab, state: str = Call.State.OPEN, criteria: int = 1, **what: Any) -> Call:
    """A call that opened yesterday and closes in a month, with criteria; a draft, open, being judged or decided."""
    opens = now() - timedelta(days=1)
    defaults = {"title": "The second call", "summary": "Salary for a year.", "language": "sv", "opens_at": opens}
    call = write_call(lab, by=demo_of(lab), **(defaults | {"closes_at": opens + timedelta(days=31)} | what))
    for number in range(1, criteria + 1):
        add_criterion(call, title=f"What counts, {number}", lowest="Nobody asked.", highest="The young made it.", by=demo_of(lab))
    if state != Call.State.DRAFT:
        open_call(call, by=demo_of(lab))
    return moved_on(call, state)


def moved_on(call: Call, state: str) -> Call:
    """The same call, later: being judged or decided."""
    if state in (Call.State.JUDGING, Call.State.DECIDED) and call.state == Call.State.OPEN:
        judge_call(call, by=demo_of(call.lab))
    if state == Call.State.DECIDED:
        decide_call(call, by=demo_of(call.lab))
    return call


def an_application(call: Call, applicant: Participation | None = None, is_sent: bool = True, **what: Any) -> Application:
    """An application to an open call, sent unless told otherwise, by an innovator."""
    who = applicant or a_participation(call.lab, Role.INNOVATOR)
    defaults = {"title": "The letter kiosk", "summary": "Somebody who reads letters with you.", "language": "sv"}
    application = write_application(call, applicant=who, by=demo_of(call.lab), **(defaults | what))
    return send_application(application, by=demo_of(call.lab)) if is_sent else application


def a_juror(call: Call, participation: Participation | None = None) -> JurorSeat:
    """Somebody with a seat in the jury."""
    return seat_juror(call, participation=participation or a_participation(call.lab, Role.JUROR), by=demo_of(call.lab))


def a_review(application: Application, juror: JurorSeat, value: int = 4, is_sent: bool = True) -> Review:
    """A juror's review that gives the same score to each criterion; its call is being judged."""
    scores = dict.fromkeys(application.call.criteria.all(), value)
    words = {"strengths": "It is near. It is free.", "change": "Open on Saturdays."}
    review = write_review(application, juror=juror, scores=scores, by=demo_of(application.lab), **words)
    return send_review(review, by=demo_of(application.lab)) if is_sent else review


def a_best_interests(lab: Lab, **what: Any) -> BestInterests:
    """A review of the child's best interests."""
    words = dict.fromkeys(("who", "views", "evidence", "weighing", "conclusion", "feedback"), "It was said and weighed.")
    defaults = {"title": "The letter kiosk", "follow_up_on": date(2030, 1, 1), **words}
    return write_best_interests(lab, by=demo_of(lab), **(defaults | what))


def a_decision(
    outcome: str = Decision.Outcome.SELECTED, application: Application | None = None, lab: Lab | None = None, **what: Any
) -> Decision:
    """A decision about an application, or about a new one in this lab whose call it then brings to its end."""
    if application is None:
        assert lab is not None, "say in which lab, or about which application"
        application = an_application(a_call(lab), applicant=what.pop("applicant", None))
        moved_on(application.call, Call.State.JUDGING)
        decision = a_decision(outcome, application, **what)
        decide_call(application.call, by=demo_of(lab))
        return decision
    if outcome == Decision.Outcome.SELECTED and "best_interests" not in what:
        what["best_interests"] = a_best_interests(application.lab)
    texts = {"reason": "It begins with what the young said.", "feedback": "Clear and tried. Say who pays.", "way_on": "Ask the library."}
    return take_decision(application, outcome=outcome, by=demo_of(application.lab), **(texts | what))


def actor_of(who: Participation) -> Actor:
    """A participant as an actor."""
    return actor_of_participation(who)


def demo_of(lab: Lab) -> Actor:
    """The one who makes things in tests, as in the demo."""
    return Actor.system("demo", lab.public_id)
