from datetime import date

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.actors import actor_of_participation, actor_of_pseudonym
from medskapa.ground.labs.tests.makers import a_lab, a_participation, a_pseudonym, an_actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.people.tests.makers import a_unit
from medskapa.stages.cocreation.actions import (
    add_version,
    ask_again,
    edit_challenge,
    edit_idea,
    edit_trial,
    join_team,
    keep_promise,
    leave_team,
    make_prototype,
    make_team,
    note_trial,
    open_challenge,
    plan_trial,
    promise,
    set_aside_idea,
    share_idea,
    stop_prototype,
    take_up_idea,
    take_up_prototype,
    write_challenge,
)
from medskapa.stages.cocreation.models import Challenge, Idea, Prototype, Trial
from medskapa.stages.cocreation.tests.makers import a_challenge, a_member, a_prototype, a_team, a_trial, an_idea
from medskapa.stages.understanding.tests.makers import an_insight, demo

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


@pytest.mark.parametrize("verb", [write_challenge, open_challenge])
def test_co_creators_do_not_frame(lab, verb):
    subject = lab if verb is write_challenge else a_challenge(lab, state="draft")
    told = {"title": "How might we?", "language": "en"} if verb is write_challenge else {}

    with pytest.raises(NotAllowed):
        verb(subject, by=an_actor(lab, "co_creator"), **told)
