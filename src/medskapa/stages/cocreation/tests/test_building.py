from datetime import date

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.tests.makers import a_lab, a_pseudonym, an_actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.stages.cocreation.actions import (
    add_version,
    edit_trial,
    join_team,
    leave_team,
    make_prototype,
    make_team,
    note_trial,
    plan_trial,
    share_idea,
    stop_prototype,
    take_up_prototype,
)
from medskapa.stages.cocreation.models import Idea, Prototype, Trial
from medskapa.stages.cocreation.tests.makers import a_challenge, a_member, a_prototype, a_team, a_trial, an_idea
from medskapa.stages.understanding.tests.makers import demo

pytestmark = pytest.mark.django_db
TOLD = {"title": "The letter desk", "summary": "Somebody reads it with you.", "kind": "meeting", "language": "sv"}
PLAN = {"hypothesis": "People dare to ask.", "pass_mark": "Five ask in one day.", "planned_on": date(2026, 5, 1)}
CAME = {"happened": "Three asked.", "learnt": "A sign is not enough.", "result": Trial.Result.FELL}


@pytest.fixture
def lab():
    return a_lab()


@pytest.fixture
def facilitator(lab):
    return an_actor(lab, "facilitator")


def test_whoever_makes_a_team_is_its_first_member(lab):
    team = make_team(an_idea(lab), name="Team Letter", credit="Amanuel", by=an_actor(lab, "co_creator"))

    assert [(member.credit, member.left_at) for member in team.members.all()] == [("Amanuel", None)]


def test_one_joins_a_team_once_leaves_and_comes_back(lab):
    team, somebody = a_team(an_idea(lab)), an_actor(lab, "co_creator", alias="Yasmin")
    membership = join_team(team, by=somebody)
    assert join_team(team, credit="Y.", by=somebody).pk == membership.pk

    leave_team(membership, by=somebody)
    with pytest.raises(WrongState):
        leave_team(membership, by=somebody)
    join_team(team, by=somebody)

    assert [(member.credit, member.left_at) for member in team.members.all()] == [("Yasmin", None)]


def test_nobody_takes_another_out_of_a_team(lab):
    membership = a_member(a_team(an_idea(lab)), a_pseudonym(lab))

    with pytest.raises(NotAllowed):
        leave_team(membership, by=an_actor(lab, "co_creator"))


def test_a_prototype_is_made_from_an_idea_with_its_first_version(lab):
    idea = an_idea(lab)

    prototype = make_prototype(idea, title="On paper", summary="A sign.", language="en", what="A sign.", by=an_actor(lab, "co_creator"))

    assert (Idea.objects.get(pk=idea.pk).state, [version.number for version in prototype.versions.all()]) == ("prototyped", [1])
    with pytest.raises(WrongState):
        make_prototype(an_idea(lab, state="set_aside"), title="On paper", summary="A sign.", language="en", by=demo(lab))


def test_only_its_team_or_the_ideas_author_build_on_a_prototype(lab):
    builder, author = a_pseudonym(lab), an_actor(lab, "co_creator")
    idea = share_idea(lab, challenge=a_challenge(lab), by=author, **TOLD)
    prototype = a_prototype(lab, idea=idea, team=a_team(idea, members=(builder,)))

    assert add_version(prototype, what="Two signs.", by=actor_of_pseudonym(builder)).number == 2
    assert add_version(prototype, what="Three signs.", by=author).number == 3
    with pytest.raises(NotAllowed):
        add_version(prototype, what="No sign.", by=an_actor(lab, "co_creator"))


def test_who_has_left_the_team_builds_no_more(lab):
    somebody = a_pseudonym(lab)
    idea = an_idea(lab)
    team = a_team(idea, members=(somebody,))
    prototype = a_prototype(lab, idea=idea, team=team)
    leave_team(team.members.get(), by=actor_of_pseudonym(somebody))

    with pytest.raises(NotAllowed):
        add_version(prototype, what="Two signs.", by=actor_of_pseudonym(somebody))


def test_a_new_version_of_a_tested_prototype_is_being_built_again(lab, facilitator):
    prototype = a_prototype(lab, state="tested")

    add_version(prototype, what="Two signs.", by=facilitator)

    assert Prototype.objects.get(pk=prototype.pk).state == Prototype.State.BUILDING


def test_a_stopped_prototype_says_why_and_takes_no_versions_and_trials(lab, facilitator):
    prototype = stop_prototype(a_prototype(lab), reason="Nobody came.", by=facilitator)

    assert prototype.reason == "Nobody came."
    with pytest.raises(WrongState):
        add_version(prototype, what="Two signs.", by=facilitator)
    with pytest.raises(WrongState):
        plan_trial(prototype, by=facilitator, **PLAN)
    assert take_up_prototype(prototype, by=facilitator).state == Prototype.State.BUILDING


def test_the_store_refuses_a_prototype_stopped_without_reason(lab):
    with pytest.raises(IntegrityError), transaction.atomic():
        Prototype.objects.create(lab=lab, idea=an_idea(lab), title="T", summary="S", state="stopped")


def test_a_noted_trial_makes_the_prototype_tested(lab, facilitator):
    prototype = a_prototype(lab)
    trial = plan_trial(prototype, by=facilitator, **PLAN)

    note_trial(trial, by=facilitator, people_count=3, **CAME)

    again = Trial.objects.get(pk=trial.pk)
    assert (again.result, again.noted_at is None, again.prototype.state) == ("fell", False, "tested")


def test_the_pass_mark_stays_once_the_result_is_noted(lab, facilitator):
    trial = a_trial(a_prototype(lab))
    edit_trial(trial, by=facilitator, **{**PLAN, "pass_mark": "Four ask."})
    note_trial(trial, by=facilitator, **CAME)

    with pytest.raises(WrongState):
        edit_trial(trial, by=facilitator, **{**PLAN, "pass_mark": "Three ask."})
    with pytest.raises(WrongState):
        note_trial(trial, by=facilitator, **{**CAME, "result": Trial.Result.HELD_UP})
    assert Trial.objects.get(pk=trial.pk).pass_mark == "Four ask."


def test_the_store_refuses_a_result_without_what_happened(lab):
    with pytest.raises(IntegrityError), transaction.atomic():
        Trial.objects.create(lab=lab, prototype=a_prototype(lab), result="held_up", **PLAN)
