"""Insights and what they rest on, for tests."""

from typing import Any

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.stages.listening.models import Reach, Statement, Story
from medskapa.stages.listening.tests.makers import a_statement, a_story, a_vote
from medskapa.stages.understanding.actions import (
    add_answers,
    add_quote,
    confirm_insight,
    publish_insight,
    set_aside_insight,
    write_insight,
)
from medskapa.stages.understanding.models import Evidence, Insight

WORDS = "I waited two years for an answer."


def an_insight(lab: Lab, *, tellers: int = 3, state: str = Insight.State.DRAFT, reach: str = Reach.LAB, **what: Any) -> Insight:
    """An insight that the stories of so many people speak for; a public one is carried by at least five."""
    tellers = max(tellers, 5) if state == Insight.State.PUBLIC else tellers
    insight = write_insight(lab, by=demo(lab), **({"title": "Waiting is hardest when nobody says anything.", "language": "sv"} | what))
    for _number in range(tellers):
        a_quote(insight, reach=reach)
    if state in {Insight.State.CONFIRMED, Insight.State.PUBLIC}:
        confirm_insight(insight, by=demo(lab))
    if state == Insight.State.PUBLIC:
        publish_insight(insight, by=demo(lab))
    return set_aside_insight(insight, by=demo(lab)) if state == Insight.State.SET_ASIDE else insight


def a_quote(insight: Insight, *, story: Story | None = None, quote: str = WORDS, reach: str = Reach.LAB, **what: Any) -> Evidence:
    """A quote of a released story, of a teller of its own unless a story is given."""
    story = story or a_story(insight.lab, words=quote, released=True, reach=reach)
    return add_quote(insight, story=story, quote=quote, by=demo(insight.lab), **({"note": "It is said plainly."} | what))


def some_answers(insight: Insight, *, agree: int = 8, passed: int = 0, disagree: int = 0, statement: Statement | None = None) -> Evidence:
    """A statement that so many people answered so, as evidence."""
    statement = statement or a_statement(insight.lab)
    for value, number in ((1, agree), (0, passed), (-1, disagree)):
        for _voter in range(number):
            a_vote(statement, value)
    return add_answers(insight, statement=statement, note="Many agree.", by=demo(insight.lab))


def demo(lab: Lab) -> Actor:
    """The task that may do what makers need."""
    return Actor.system("demo", lab.public_id)
