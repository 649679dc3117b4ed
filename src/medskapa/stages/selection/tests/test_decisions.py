"""What is always true of decisions and of reviews of the child's best interests."""

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_participation, an_actor
from medskapa.ground.ledger.chain import head_of
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.tests.makers import a_story
from medskapa.stages.selection import actions
from medskapa.stages.selection.errors import (
    NotAllDecided,
    NotWeighed,
    Settled,
)
from medskapa.stages.selection.models import Call, Decision
from medskapa.stages.selection.tests.makers import (
    a_best_interests,
    a_call,
    a_decision,
    actor_of,
    an_application,
    demo_of,
    moved_on,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def test_nothing_is_selected_before_best_interests_are_weighed(lab):
    application = an_application(a_call(lab))
    moved_on(application.call, "judging")

    with pytest.raises(NotWeighed):
        a_decision(application=application, best_interests=None)


def test_the_store_itself_refuses_a_selection_without_best_interests(lab):
    decision = a_decision(lab=lab)

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(best_interests=None)


def test_a_decision_bears_the_head_of_the_chain_as_it_was(lab):
    application = an_application(a_call(lab))
    moved_on(application.call, "judging")
    best_interests = a_best_interests(lab)
    head = head_of(lab.public_id)

    decision = a_decision(application=application, best_interests=best_interests)

    assert head is not None
    assert decision.chain_head == head.hash


def test_an_application_is_decided_once(lab):
    application = an_application(a_call(lab))
    moved_on(application.call, "judging")
    a_decision("not_selected", application)

    with pytest.raises(WrongState):
        a_decision("selected", application)


def test_what_was_taken_back_is_not_decided(lab):
    who = a_participation(lab, Role.INNOVATOR)
    application = an_application(a_call(lab), applicant=who)
    moved_on(application.call, "judging")
    actions.take_back_application(application, by=actor_of(who))

    with pytest.raises(WrongState):
        a_decision(application=application)


def test_a_call_is_decided_when_everyone_has_an_answer(lab):
    call = a_call(lab)
    first, second = an_application(call), an_application(call)
    moved_on(call, "judging")
    a_decision(application=first)

    with pytest.raises(NotAllDecided):
        actions.decide_call(call, by=demo_of(lab))

    a_decision("not_selected", second)
    assert actions.decide_call(call, by=demo_of(lab)).state == Call.State.DECIDED


def test_a_review_that_a_decision_rests_on_is_settled(lab):
    weighed = a_decision(lab=lab).best_interests

    with pytest.raises(Settled):
        actions.edit_best_interests(weighed, title="Other", by=an_actor(lab, Role.PROGRAMME_MANAGER))


def test_a_story_is_heard_once_and_can_be_left_out_again(lab):
    first, second = a_story(lab, released=True), a_story(lab, released=True)
    review = a_best_interests(lab, stories=[first])

    actions.edit_best_interests(review, stories=[first, second], by=an_actor(lab, Role.PROGRAMME_MANAGER))
    assert review.voices.count() == 2

    actions.edit_best_interests(review, stories=[second], by=an_actor(lab, Role.PROGRAMME_MANAGER))
    assert [voice.story for voice in review.voices.all()] == [second]
