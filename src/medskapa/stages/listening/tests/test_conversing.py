"""Statements, rolls and answers: what the verbs promise."""

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_pseudonym, an_actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.actions import (
    cast_vote,
    edit_statement,
    save_conversation,
    suggest_statement,
    withdraw_story,
)
from medskapa.stages.listening.models import Conversation, Statement, Vote
from medskapa.stages.listening.tests.makers import a_conversation, a_statement, a_story, a_vote, teller_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def test_one_entry_of_the_roll_has_one_answer_and_may_change_it(lab):
    statement, voter = a_statement(lab), a_pseudonym(lab)

    a_vote(statement, Vote.Value.AGREE, voter)
    a_vote(statement, Vote.Value.DISAGREE, voter)

    assert list(Vote.objects.values_list("value", flat=True)) == [-1]
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(lab=lab, statement=statement, pseudonym=voter, value=1)


def test_who_is_not_on_the_roll_does_not_vote(lab):
    for_codes = a_statement(lab)
    for_names = a_statement(lab, conversation=a_conversation(lab, roll=Conversation.Roll.PARTICIPATIONS))

    with pytest.raises(NotAllowed):
        cast_vote(for_codes, value=1, by=an_actor(lab, Role.ACTOR))
    with pytest.raises(NotAllowed):
        cast_vote(for_names, value=1, by=an_actor(lab, "co_creator"))


def test_a_statement_that_is_not_open_takes_no_answer(lab):
    with pytest.raises(WrongState):
        a_vote(a_statement(lab, is_open=False))


def test_a_statement_keeps_its_words_once_somebody_answered(lab):
    statement = a_statement(lab)
    a_vote(statement)
    statement.title = "Something else."

    with pytest.raises(WrongState):
        edit_statement(statement, by=an_actor(lab, Role.FACILITATOR))


def test_the_roll_stays_as_it_is_once_somebody_answered(lab):
    conversation = a_vote(a_statement(lab)).statement.conversation
    conversation.roll = Conversation.Roll.PARTICIPATIONS

    with pytest.raises(WrongState):
        save_conversation(conversation, by=an_actor(lab, Role.FACILITATOR))


def test_a_suggested_statement_names_its_maker_and_waits(lab):
    maker = an_actor(lab, "co_creator")

    statement = suggest_statement(a_conversation(lab), title="Write shorter.", language="sv", by=maker, credit="Blåklocka")

    assert (statement.by_pseudonym.public_id, statement.credit, statement.state) == (maker.key, "Blåklocka", Statement.State.SUGGESTED)


def test_a_statement_stays_when_the_story_it_grew_from_is_taken_back(lab):
    story = a_story(lab, released=True)
    statement = a_statement(lab, story=story)

    withdraw_story(story, by=teller_of(story))

    assert Statement.objects.get() == statement
