"""What readers see of calls, applications, reviews and decisions, and what it costs."""

from decimal import Decimal

import pytest

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_participation, an_actor
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.stages import walk
from medskapa.ground.people.models import Unit
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import a_unit
from medskapa.stages.listening.tests.makers import a_story
from medskapa.stages.selection import actions, queries
from medskapa.stages.selection.models import Application, BestInterests, Decision
from medskapa.stages.selection.tests.makers import (
    a_best_interests,
    a_call,
    a_decision,
    a_juror,
    a_review,
    actor_of,
    an_application,
    moved_on,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def seen(lab: Lab, reader: object) -> set[Application]:
    return set(queries.readable_applications(lab, reader=reader))


def test_a_draft_is_seen_by_its_writer_only(lab):
    who = a_participation(lab, Role.INNOVATOR)
    draft = an_application(a_call(lab), applicant=who, is_sent=False)

    assert seen(lab, actor_of(who)) == {draft}
    for role in (Role.PROGRAMME_MANAGER, Role.PROCESS_LEADER, Role.INNOVATOR, Role.MODERATOR, "public", "co_creator"):
        assert seen(lab, an_actor(lab, role)) == set()


def test_a_juror_reads_when_the_call_has_closed_and_only_without_conflict(lab):
    call = a_call(lab)
    first, second, juror = an_application(call), an_application(call), a_juror(call)
    reader = actor_of(juror.participation)
    assert seen(lab, reader) == set()

    moved_on(call, "judging")
    assert seen(lab, reader) == {first, second}

    actions.declare_conflict(first, reason="We worked on it together.", by=reader)
    assert seen(lab, reader) == {second}


def test_a_juror_of_one_call_sees_nothing_of_another(lab):
    call, other = a_call(lab), a_call(lab)
    an_application(other)
    juror = a_juror(call)
    moved_on(other, "judging")

    assert seen(lab, actor_of(juror.participation)) == set()


def test_others_reviews_are_hidden_until_the_own_one_is_sent(lab):
    call = a_call(lab)
    application, mine, other = an_application(call), a_juror(call), a_juror(call)
    moved_on(call, "judging")
    theirs = a_review(application, other)
    reader = actor_of(mine.participation)
    assert list(queries.reviews_of(application, reader=reader)) == []

    own = a_review(application, mine)

    assert set(queries.reviews_of(application, reader=reader)) == {own, theirs}


def test_a_review_under_a_conflict_of_interest_counts_no_more(lab):
    call = a_call(lab)
    application, juror = an_application(call), a_juror(call)
    moved_on(call, "judging")
    a_review(application, juror)
    leader = an_actor(lab, Role.PROGRAMME_MANAGER)
    assert queries.judging_of(call).rows[0].mean == 4

    actions.declare_conflict(application, juror=juror, reason="Same family.", by=leader)

    assert queries.judging_of(call).rows[0].mean is None
    assert list(queries.reviews_of(application, reader=leader)) == []


def test_scores_are_weighed_and_set_side_by_side(lab):
    call = a_call(lab, criteria=2, places=1)
    call.criteria.filter(order=1).update(weight=3)
    strong, weak = an_application(call, title="Strong"), an_application(call, title="Weak")
    one, two = a_juror(call), a_juror(call)
    moved_on(call, "judging")
    for juror, values in ((one, (5, 2)), (two, (3, 4))):
        a_review(strong, juror, value=values[0])
        a_review(weak, juror, value=values[1])
    strong.reviews.get(juror=one).scores.filter(criterion__order=2).update(value=1)

    judging = queries.judging_of(call)

    assert [row.application for row in judging.rows] == [strong, weak]
    assert judging.rows[0].mean == (Decimal(4) + 3) / 2  # (3·5 + 1·1) / 4 = 4, and 3
    assert (judging.rows[0].low, judging.rows[0].high) == (3, 4)
    assert [row.light for row in judging.rows] == ["warn", "warn"]


def test_a_juror_and_an_applicant_of_one_organisation_are_pointed_out(lab):
    unit = a_unit()
    elsewhere = Unit.objects.create(organisation=unit.organisation, name="Another office")
    call = a_call(lab)
    application = an_application(call, applicant=a_participation(lab, Role.INNOVATOR, unit=unit))
    near = a_juror(call, a_participation(lab, Role.JUROR, unit=elsewhere))
    a_juror(call, a_participation(lab, Role.JUROR, unit=a_unit()))
    assert queries.close_ones(call) == [(near, application)]

    moved_on(call, "judging")
    actions.declare_conflict(application, juror=near, reason="Same organisation.", by=an_actor(lab, Role.PROGRAMME_MANAGER))

    assert queries.close_ones(call) == []


def test_what_was_selected_is_public_when_everyone_has_an_answer(lab):
    call = a_call(lab)
    first, second = an_application(call), an_application(call)
    moved_on(call, "judging")
    chosen, other = a_decision(application=first), a_decision("not_selected", second)
    anybody = an_actor(lab, "public")
    assert list(queries.readable_decisions(lab, reader=anybody)) == []

    actions.decide_call(call, by=an_actor(lab, Role.PROGRAMME_MANAGER))

    assert list(queries.readable_decisions(lab, reader=anybody)) == [chosen]
    assert list(queries.readable_decisions(lab, reader=actor_of(second.applicant))) == [other, chosen]


def test_the_thread_goes_from_application_to_decision(lab):
    decision = a_decision(lab=lab)

    nodes = walk(decision, an_actor(lab, Role.PROGRAMME_MANAGER)).nodes

    assert {type(node.row) for node in nodes if node.row} == {Application, BestInterests, Decision}


def test_a_story_that_was_heard_for_a_decision_leads_to_it(lab):
    story = a_story(lab, released=True, title="A long wait")
    decision = a_decision(lab=lab, best_interests=a_best_interests(lab, title="Letters", stories=[story]))

    path = walk(decision, an_actor(lab, Role.PROGRAMME_MANAGER)).path()

    assert [node.title for node in path.nodes] == ["A long wait", decision.application.title, "Letters", decision.application.title]


def test_who_is_no_member_reads_no_review_of_best_interests(lab):
    a_decision(lab=lab)

    assert queries.visible_best_interests(an_actor(lab, Role.CO_CREATOR)).count() == 1
    assert queries.visible_best_interests(Actor.public(lab.public_id)).count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_jurys_table_costs_the_same_for_one_and_for_three(lab, number, django_assert_num_queries):
    call = a_call(lab)
    applications, juror = [an_application(call) for _ in range(number)], a_juror(call)
    moved_on(call, "judging")
    for application in applications:
        a_review(application, juror)

    with django_assert_num_queries(4):
        assert len(queries.judging_of(call).rows) == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_cost_the_same_for_one_and_for_three(lab, number, django_assert_num_queries):
    decisions = [a_decision(lab=lab) for _ in range(number)]
    reader = an_actor(lab, Role.PROGRAMME_MANAGER)

    with django_assert_num_queries(4):
        assert len(queries.visible_calls(lab, reader=reader)) == number
        assert len([row.call.title for row in queries.readable_applications(lab, reader=reader)]) == number
        assert len([row.application.call.title for row in queries.readable_decisions(lab, reader=reader)]) == len(decisions)
        assert len([row.made_by for row in queries.all_best_interests(lab)]) == number
