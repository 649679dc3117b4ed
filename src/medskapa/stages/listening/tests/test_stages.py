"""Listening on the thread: a story is a node for who may read it, a stump once it is taken back, and one of many otherwise."""

import pytest

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, an_actor
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.stages import counts, walk
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.actions import withdraw_story
from medskapa.stages.listening.models import Reach
from medskapa.stages.listening.tests.makers import a_statement, a_story, teller_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def test_a_statement_leads_back_to_the_story_it_grew_from(lab):
    statement = a_statement(lab, story=a_story(lab, released=True, title="A long wait"))

    found = walk(statement, an_actor(lab, Role.ACTOR))

    assert [(node.stage, node.title) for node in found.nodes] == [("listen", "A long wait"), ("listen", statement.title)]


def test_a_story_that_was_taken_back_is_a_stump(lab):
    story = a_story(lab, released=True, title="A long wait")
    statement = a_statement(lab, story=story)
    withdraw_story(story, by=teller_of(story))

    stump = walk(statement, an_actor(lab, Role.ACTOR)).nodes[0]

    assert (stump.is_stump, stump.title) == (True, "")


def test_a_story_that_is_not_released_to_the_reader_is_only_counted(lab):
    statement = a_statement(lab, story=a_story(lab, released=True, reach=Reach.TEAM, title="A long wait"))

    hidden = next(node for node in walk(statement, an_actor(lab, Role.ACTOR)).nodes if node.is_hidden)

    assert (hidden.count, hidden.title, hidden.address) == (1, "", "")


def test_the_rail_counts_stories_and_not_statements(lab):
    a_statement(lab, story=a_story(lab, released=True))
    a_story(lab)

    assert counts(lab)["listen"] == 2


def test_the_public_walks_from_a_public_story(lab):
    story = a_story(lab, released=True, reach=Reach.PUBLIC, title="A long wait")

    assert [node.title for node in walk(story, Actor.public(lab.public_id)).nodes] == ["A long wait"]
