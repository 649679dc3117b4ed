"""What is always true of supports, goals and reports."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.actors import actor_of_participation
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.errors import RolesClash
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_participation, an_actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.people.roles import Role
from medskapa.stages.incubation import actions
from medskapa.stages.incubation.errors import NotSelected, SayWhatChanged
from medskapa.stages.incubation.models import Support
from medskapa.stages.incubation.tests.makers import a_goal, a_report, a_support
from medskapa.stages.selection.tests.makers import a_call, a_decision, a_juror, an_application, moved_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def test_only_what_was_selected_gets_support(lab):
    with pytest.raises(NotSelected):
        a_support(lab, a_decision("not_selected", lab=lab))


def test_who_applied_is_who_is_supported(lab):
    decision = a_decision(lab=lab)

    assert a_support(lab, decision).innovator == decision.application.applicant


def test_nobody_is_their_own_coach(lab):
    decision = a_decision(lab=lab)

    with pytest.raises(RolesClash):
        a_support(lab, decision, coach=decision.application.applicant)


def test_whoever_judged_does_not_coach(lab):
    call = a_call(lab)
    application, juror = an_application(call), a_juror(call)
    moved_on(call, "judging")

    with pytest.raises(RolesClash):
        a_support(lab, a_decision(application=application), coach=juror.participation)


def test_a_support_is_stopped_with_a_reason_or_not_at_all(lab):
    support = a_support(lab)

    actions.stop_support(support, reason="The library closed.", by=an_actor(lab, Role.PROGRAMME_MANAGER))

    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.filter(pk=support.pk).update(reason="")


def test_what_has_ended_does_not_begin_again(lab):
    support, manager = a_support(lab), an_actor(lab, Role.PROGRAMME_MANAGER)
    actions.end_support(support, by=manager)

    with pytest.raises(WrongState):
        actions.run_support(support, by=manager)
    with pytest.raises(WrongState):
        a_goal(support)


def test_a_goal_that_moves_later_says_what_changed(lab):
    goal, manager = a_goal(a_support(lab)), an_actor(lab, Role.PROGRAMME_MANAGER)
    later = {"area": goal.area, "title": goal.title, "due_on": goal.due_on + timedelta(days=1)}

    with pytest.raises(SayWhatChanged):
        actions.edit_goal(goal, by=manager, **later)

    assert actions.edit_goal(goal, by=manager, changed="The room was not free.", **later).due_on == later["due_on"]


def test_a_goal_reached_late_says_what_changed(lab):
    goal, manager = a_goal(a_support(lab), due_in=-5), an_actor(lab, Role.PROGRAMME_MANAGER)

    with pytest.raises(SayWhatChanged):
        actions.reach_goal(goal, on=today_of(lab), by=manager)

    assert actions.reach_goal(goal, on=today_of(lab), changed="A holiday.", by=manager).changed == "A holiday."


def test_a_goal_is_reached_once(lab):
    goal, manager = a_goal(a_support(lab)), an_actor(lab, Role.PROGRAMME_MANAGER)
    actions.reach_goal(goal, on=today_of(lab), by=manager)

    with pytest.raises(WrongState):
        actions.reach_goal(goal, on=today_of(lab), by=manager)


def test_a_sent_report_stays_as_it_is_and_gets_a_reply_once(lab):
    coach = a_participation(lab, Role.COACH)
    support = a_support(lab, coach=coach)
    report = a_report(support)

    with pytest.raises(WrongState):
        actions.edit_report(report, happened="More.", by=actor_of_participation(support.innovator))

    actions.read_report(report, reply="Good question.", by=actor_of_participation(coach))
    with pytest.raises(WrongState):
        actions.read_report(report, reply="Again.", by=actor_of_participation(coach))


def test_only_its_own_coach_reads_a_report(lab):
    report = a_report(a_support(lab, coach=a_participation(lab, Role.COACH)))

    with pytest.raises(NotAllowed):
        actions.read_report(report, by=an_actor(lab, Role.COACH))


def test_nobody_writes_the_report_of_another(lab):
    with pytest.raises(NotAllowed):
        actions.write_report(a_support(lab), period="p", happened="h", next="n", by=an_actor(lab, Role.INNOVATOR))
