from datetime import date

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.actors import actor_of_participation, actor_of_pseudonym
from medskapa.ground.labs.tests.makers import a_lab, a_participation, a_pseudonym, an_actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.people.tests.makers import a_unit
from medskapa.stages.cocreation.actions import (
    ask_again,
    edit_challenge,
    edit_idea,
    keep_promise,
    open_challenge,
    promise,
    set_aside_idea,
    share_idea,
    take_up_idea,
    write_challenge,
)
from medskapa.stages.cocreation.models import Challenge, Idea
from medskapa.stages.cocreation.tests.makers import a_challenge, an_idea
from medskapa.stages.understanding.tests.makers import an_insight

pytestmark = pytest.mark.django_db
TOLD = {"title": "The letter desk", "summary": "Somebody reads it with you.", "kind": "meeting", "language": "sv"}


@pytest.fixture
def lab():
    return a_lab()


@pytest.fixture
def facilitator(lab):
    return an_actor(lab, "facilitator")


def owner_of(challenge):
    return actor_of_participation(a_participation(challenge.lab, "problem_owner", unit=challenge.owner))


def test_a_challenge_grows_from_insights_and_begins_as_a_draft(lab, facilitator):
    insights = [an_insight(lab, state="confirmed") for _number in range(2)]

    challenge = write_challenge(lab, title="How might we wait together?", language="en", insights=insights, by=facilitator)

    assert challenge.state == Challenge.State.DRAFT
    assert {link.insight for link in challenge.insight_links.all()} == set(insights)


def test_editing_a_challenge_links_and_unlinks_insights(lab, facilitator):
    before, after = an_insight(lab, state="confirmed"), an_insight(lab, state="confirmed")
    challenge = a_challenge(lab, insights=[before])

    edit_challenge(challenge, title="How might we?", summary="", language="en", insights=[after], owner=None, by=facilitator)

    assert [link.insight for link in challenge.insight_links.all()] == [after]


def test_a_promise_keeps_its_owner(lab, facilitator):
    challenge = a_challenge(lab, due_on=date(2026, 6, 1))

    with pytest.raises(WrongState):
        edit_challenge(challenge, title="How might we?", summary="", language="en", insights=[], owner=None, by=facilitator)


def test_nobody_promises_for_a_problem_that_nobody_owns(lab):
    with pytest.raises(WrongState):
        promise(a_challenge(lab), text="We try it.", due_on=date(2026, 6, 1), by=an_actor(lab, "process_leader"))


def test_the_store_refuses_a_promise_without_owner_and_day(lab):
    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.create(lab=lab, title="How might we?", promise="We try it.")


def test_a_problem_owner_promises_for_their_own_problem_only(lab):
    mine, other = a_challenge(lab, owner=a_unit()), a_challenge(lab, owner=a_unit())
    owner = owner_of(mine)

    assert promise(mine, text="We try it.", due_on=date(2026, 6, 1), by=owner).promise_due_on == date(2026, 6, 1)
    with pytest.raises(NotAllowed):
        promise(other, text="We try it.", due_on=date(2026, 6, 1), by=owner)


def test_a_promise_is_kept_once(lab):
    challenge = a_challenge(lab, due_on=date(2026, 6, 1))
    owner = owner_of(challenge)

    keep_promise(challenge, on=date(2026, 5, 30), by=owner)

    assert Challenge.objects.get(pk=challenge.pk).promise_kept_on == date(2026, 5, 30)
    with pytest.raises(WrongState):
        keep_promise(challenge, on=date(2026, 5, 31), by=owner)
    with pytest.raises(WrongState):
        promise(challenge, text="Something else.", due_on=date(2027, 1, 1), by=owner)


def test_a_challenge_goes_back_to_tellers_with_a_question(lab, facilitator):
    challenge = a_challenge(lab)

    asked = ask_again(challenge, title="When did a letter help?", language="en", by=facilitator)

    assert (asked.challenge, asked.prompt.title, asked.prompt.lab) == (challenge, "When did a letter help?", lab)
    with pytest.raises(WrongState):
        ask_again(a_challenge(lab, state="draft"), title="When?", language="en", by=facilitator)


def test_an_idea_is_by_whoever_shares_it_with_a_code_or_with_a_name(lab):
    pseudonym, participation = a_pseudonym(lab), a_participation(lab, "actor")

    with_code = share_idea(lab, challenge=a_challenge(lab), by=actor_of_pseudonym(pseudonym), **TOLD)
    with_name = share_idea(lab, challenge=a_challenge(lab), by=actor_of_participation(participation), **TOLD)

    assert (with_code.by_pseudonym, with_code.by_participation) == (pseudonym, None)
    assert (with_name.by_pseudonym, with_name.by_participation) == (None, participation)


@pytest.mark.parametrize("role", ["public", "reader"])
def test_outsiders_share_no_ideas(lab, role):
    with pytest.raises(NotAllowed):
        share_idea(lab, challenge=a_challenge(lab), by=an_actor(lab, role), **TOLD)


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_a_challenge_that_is_not_open_takes_no_ideas(lab, state):
    with pytest.raises(WrongState):
        share_idea(lab, challenge=a_challenge(lab, state=state), by=an_actor(lab, "co_creator"), **TOLD)


def test_co_creators_edit_their_own_idea_and_no_other(lab):
    mine = an_actor(lab, "co_creator")
    idea = share_idea(lab, challenge=a_challenge(lab), by=mine, **TOLD)
    words = {**TOLD, "title": "The letter table", "credit": "Amanuel", "insights": [an_insight(lab, state="confirmed")]}

    edit_idea(idea, by=mine, **words)

    assert (Idea.objects.get(pk=idea.pk).title, idea.insight_links.count()) == ("The letter table", 1)
    with pytest.raises(NotAllowed):
        edit_idea(idea, by=an_actor(lab, "co_creator"), **words)


def test_an_idea_is_set_aside_with_a_reason_and_can_be_taken_up(lab, facilitator):
    idea = set_aside_idea(an_idea(lab), reason="The law forbids it.", by=facilitator)
    assert (idea.state, idea.reason) == (Idea.State.SET_ASIDE, "The law forbids it.")

    assert take_up_idea(idea, by=facilitator).state == Idea.State.SHARED


def test_the_store_refuses_an_idea_set_aside_without_reason_or_with_two_authors(lab):
    both = {"by_pseudonym": a_pseudonym(lab), "by_participation": a_participation(lab)}
    for wrong in ({"state": "set_aside"}, both):
        with pytest.raises(IntegrityError), transaction.atomic():
            Idea.objects.create(lab=lab, **TOLD, **wrong)


@pytest.mark.parametrize("verb", [write_challenge, open_challenge])
def test_co_creators_do_not_frame(lab, verb):
    subject = lab if verb is write_challenge else a_challenge(lab, state="draft")
    told = {"title": "How might we?", "language": "en"} if verb is write_challenge else {}

    with pytest.raises(NotAllowed):
        verb(subject, by=an_actor(lab, "co_creator"), **told)
