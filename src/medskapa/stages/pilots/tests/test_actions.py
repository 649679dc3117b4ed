"""What is always true of pilots and adoptions."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.actors import actor_of_participation
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_participation, an_actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import a_unit
from medskapa.stages.cocreation.models import Challenge
from medskapa.stages.incubation.tests.makers import a_support
from medskapa.stages.outcomes.tests.makers import a_baseline, a_measurement, an_indicator
from medskapa.stages.pilots import actions
from medskapa.stages.pilots.errors import AlreadyThere, NoChallenge, NotChosen, NotReady, SaidBefore
from medskapa.stages.pilots.models import Pilot
from medskapa.stages.pilots.tests.makers import a_pilot, an_adoption, measured_before
from medskapa.stages.selection.tests.makers import a_best_interests, a_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def manager(lab: Lab) -> object:
    return an_actor(lab, Role.PROGRAMME_MANAGER)


def test_a_pilot_grows_from_one_thing_that_was_selected(lab):
    support, selected, other = a_support(lab), a_decision(lab=lab), a_decision("not_selected", lab=lab)

    assert a_pilot(lab, "planned", decision=selected).decision == selected
    for origin in ({"decision": other}, {"support": support, "decision": selected}, {"support": None}):
        with pytest.raises(NotChosen):
            a_pilot(lab, "planned", **origin)


def test_a_pilot_starts_only_with_best_interests_and_a_value_from_before(lab):
    pilot = a_pilot(lab, "planned")
    with pytest.raises(NotReady) as missing:
        actions.start_pilot(pilot, by=manager(lab))
    assert len(missing.value.reasons) == 2

    actions.edit_pilot(pilot, best_interests=a_best_interests(lab), by=manager(lab))
    late = an_indicator(lab, title="I sleep")
    a_measurement(late, on=pilot.starts_on + timedelta(days=1), is_baseline=True)
    actions.measure_pilot(pilot, indicator=late, by=manager(lab))
    with pytest.raises(NotReady) as missing:
        actions.start_pilot(pilot, by=manager(lab))
    assert [str(reason) for reason in missing.value.reasons] == ["“I sleep” has to be measured once before the start."]

    a_baseline(late, on=pilot.starts_on)
    assert actions.start_pilot(pilot, by=manager(lab)).state == Pilot.State.RUNNING


def test_the_store_itself_lets_no_pilot_run_without_best_interests(lab):
    pilot = a_pilot(lab)

    with pytest.raises(IntegrityError), transaction.atomic():
        Pilot.objects.filter(pk=pilot.pk).update(best_interests=None)


def test_what_was_said_before_the_start_stays(lab):
    pilot = a_pilot(lab)

    actions.edit_pilot(pilot, diary_number="KS 2017/12", by=manager(lab))
    for change in ({"stop_rule": "Never."}, {"owner": a_unit()}, {"if_it_works": "Nothing.", "summary": "Same."}):
        with pytest.raises(SaidBefore):
            actions.edit_pilot(pilot, by=manager(lab), **change)


def test_an_aim_does_not_move_once_the_pilot_runs(lab):
    pilot = a_pilot(lab, "planned", best_interests=a_best_interests(lab))
    indicator = measured_before(pilot)
    actions.measure_pilot(pilot, indicator=indicator, target=Decimal(60), by=manager(lab))
    actions.start_pilot(pilot, by=manager(lab))

    with pytest.raises(SaidBefore):
        actions.measure_pilot(pilot, indicator=indicator, target=Decimal(45), by=manager(lab))


def test_a_stopped_pilot_is_a_result_with_its_reason(lab):
    pilot = a_pilot(lab)

    actions.judge_pilot(pilot, verdict="stopped", reason="Letters came too seldom.", by=manager(lab))

    with pytest.raises(IntegrityError), transaction.atomic():
        Pilot.objects.filter(pk=pilot.pk).update(reason="")
    with pytest.raises(WrongState):
        actions.judge_pilot(pilot, verdict="kept", reason="After all.", by=manager(lab))


def test_a_planned_pilot_is_not_kept(lab):
    with pytest.raises(WrongState):
        actions.judge_pilot(a_pilot(lab, "planned"), verdict="kept", reason="It will work.", by=manager(lab))


def test_the_lead_judges_their_own_pilot_and_no_other(lab):
    lead = a_participation(lab, Role.PILOT_LEAD)
    mine, other = a_pilot(lab, lead=lead), a_pilot(lab)

    actions.judge_pilot(mine, verdict="kept", reason="It works.", by=actor_of_participation(lead))

    with pytest.raises(NotAllowed):
        actions.judge_pilot(other, verdict="kept", reason="It works.", by=actor_of_participation(lead))


def test_a_pilot_gives_a_challenge_that_is_there_or_a_new_one(lab):
    pilot, leader = a_pilot(lab, "stopped"), an_actor(lab, Role.PROCESS_LEADER)
    there = Challenge.objects.create(lab=lab, title="How might we read together?")

    actions.give_next_challenge(pilot, challenge=there, by=manager(lab))
    actions.give_next_challenge(pilot, challenge=there, by=manager(lab))
    made = actions.give_next_challenge(pilot, title="How might we write simpler letters?", by=leader).challenge

    assert made.state == Challenge.State.DRAFT
    assert pilot.next_challenges.count() == 2
    with pytest.raises(NotAllowed):
        actions.give_next_challenge(pilot, title="How might we?", by=manager(lab))
    with pytest.raises(NoChallenge):
        actions.give_next_challenge(pilot, by=leader)


def test_a_pilot_is_not_adopted_where_it_is_nor_twice(lab):
    pilot = a_pilot(lab)
    an_adoption(pilot)

    with pytest.raises(AlreadyThere):
        an_adoption(pilot, pilot.municipality)
    with pytest.raises(AlreadyThere):
        an_adoption(pilot)


def test_an_adoption_goes_its_way_and_stops_with_a_reason(lab):
    adoption = an_adoption(a_pilot(lab), state="running")

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.move_adoption(adoption, state="stopped", by=manager(lab))

    adoption.refresh_from_db()
    assert actions.move_adoption(adoption, state="stopped", reason="No money.", by=manager(lab)).reason == "No money."
