"""Challenges, ideas, teams, prototypes and trials, for tests."""

from datetime import date, timedelta
from typing import Any

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.people.tests.makers import a_unit
from medskapa.stages.cocreation.actions import (
    close_challenge,
    join_team,
    make_prototype,
    make_team,
    note_trial,
    open_challenge,
    plan_trial,
    promise,
    set_aside_idea,
    share_idea,
    stop_prototype,
    write_challenge,
)
from medskapa.stages.cocreation.models import Challenge, Idea, Prototype, Team, TeamMember, Trial
from medskapa.stages.cocreation.people import Person
from medskapa.stages.understanding.tests.makers import demo


def a_challenge(lab: Lab, *, state: str = Challenge.State.OPEN, due_on: date | None = None, **what: Any) -> Challenge:
    """An open challenge; ``due_on`` gives it an owner who has promised something by that day."""
    if due_on is not None:
        what.setdefault("owner", a_unit())
    title = "How might a letter make sense on the day it comes?"
    challenge = write_challenge(lab, by=demo(lab), **({"title": title, "language": "sv"} | what))
    if state != Challenge.State.DRAFT:
        open_challenge(challenge, by=demo(lab))
    if due_on is not None:
        promise(challenge, text="We try the strongest idea for six months.", due_on=due_on, by=demo(lab))
    return close_challenge(challenge, by=demo(lab)) if state == Challenge.State.CLOSED else challenge


def an_idea(lab: Lab, *, state: str = Idea.State.SHARED, **what: Any) -> Idea:
    """An idea for a challenge of its own unless one is given (or ``challenge=None``)."""
    challenge = what.pop("challenge") if "challenge" in what else a_challenge(lab)
    told = {"title": "The letter desk", "summary": "Somebody at the library reads it with you.", "kind": "meeting", "language": "sv"}
    idea = share_idea(lab, challenge=challenge, by=demo(lab), **(told | what))
    return set_aside_idea(idea, reason="Nobody may read such letters.", by=demo(lab)) if state == Idea.State.SET_ASIDE else idea


def a_team(idea: Idea, *, members: tuple[Person, ...] = (), **what: Any) -> Team:
    """A team round an idea, with these people in it."""
    team = make_team(idea, by=demo(idea.lab), **({"name": "Team Letter"} | what))
    for person in members:
        a_member(team, person)
    return team


def a_member(team: Team, person: Person, credit: str = "") -> TeamMember:
    """Somebody in a team."""
    return join_team(team, member=person, credit=credit, by=demo(team.lab))


def a_prototype(lab: Lab, *, idea: Idea | None = None, state: str = Prototype.State.BUILDING, **what: Any) -> Prototype:
    """A prototype with its first version, of an idea of its own unless one is given."""
    told = {"title": "The letter desk, on paper", "summary": "A table with a sign.", "language": "sv", "what": "A sign and two chairs."}
    prototype = make_prototype(idea or an_idea(lab), by=demo(lab), **(told | what))
    if state == Prototype.State.TESTED:
        a_trial(prototype, result=Trial.Result.HELD_UP)
    return stop_prototype(prototype, reason="Nobody came.", by=demo(lab)) if state == Prototype.State.STOPPED else prototype


def a_trial(prototype: Prototype, *, result: str = Trial.Result.PLANNED, **what: Any) -> Trial:
    """A trial that is planned for tomorrow, or one whose result is noted."""
    plan = {
        "hypothesis": "People dare to ask.",
        "pass_mark": "Five people ask in one day.",
        "planned_on": today_of(prototype.lab) + timedelta(days=1),
    }
    trial = plan_trial(prototype, by=demo(prototype.lab), **(plan | what))
    if result == Trial.Result.PLANNED:
        return trial
    return note_trial(trial, happened="Seven asked.", learnt="A sign helps.", result=result, people_count=7, by=demo(prototype.lab))
