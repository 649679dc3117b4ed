"""What readers see of supports, and how it goes with all of them."""

from datetime import timedelta

import pytest
from django.utils.html import strip_tags

from medskapa.ground.labs.actors import actor_of_participation
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_participation, an_actor
from medskapa.ground.ledger.stages import walk
from medskapa.ground.people.roles import Role
from medskapa.ground.web.templatetags.medskapa import in_words
from medskapa.stages.incubation import actions, queries
from medskapa.stages.incubation.models import Goal
from medskapa.stages.incubation.panels import goals_to_ask_about, reports_to_read, reports_to_write, supports_to_agree
from medskapa.stages.incubation.portfolio import going_of
from medskapa.stages.incubation.tests.makers import a_goal, a_report, a_support, an_event
from medskapa.stages.selection.tests.makers import a_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def test_a_report_is_read_by_its_writer_its_coach_and_who_leads(lab):
    coach = a_participation(lab, Role.COACH)
    support = a_support(lab, coach=coach)
    draft, sent = a_report(support, is_sent=False), a_report(support)
    manager = an_actor(lab, Role.PROGRAMME_MANAGER)

    def seen(reader: object) -> set[object]:
        return set(queries.readable_reports(lab, reader=reader))

    assert seen(actor_of_participation(support.innovator)) == {draft, sent}
    assert seen(actor_of_participation(coach)) == {sent}
    assert seen(manager) == {sent}
    for role in (Role.COACH, Role.MENTOR, Role.READER, Role.PROCESS_LEADER, "public", "co_creator"):
        assert seen(an_actor(lab, role)) == set()


def test_lights_go_by_what_is_late(lab):
    support = a_support(lab)
    a_goal(support, due_in=10, area=Goal.Area.TEAM)
    a_goal(support, due_in=-10, area=Goal.Area.FINANCE)
    a_goal(support, due_in=-100, area=Goal.Area.SYSTEM)
    an_event(support)

    going = going_of(queries.followed(lab).get(), today_of(lab))

    assert (going.team, going.money, going.work) == ("good", "warn", "halt")
    assert going.paid_minor == 3_000_000
    assert going.next is not None
    assert going.next.area == Goal.Area.SYSTEM


def test_without_goals_it_is_too_early_to_say(lab):
    a_support(lab)

    going = going_of(queries.followed(lab).get(), today_of(lab))

    assert (going.team, going.money, going.work, going.next) == ("", "", "", None)


def test_everyone_has_their_own_things_to_do(lab):
    coach = a_participation(lab, Role.COACH)
    support = a_support(lab, coach=coach, starts_on=today_of(lab) - timedelta(days=90))
    a_goal(support, due_in=5)
    waiting = a_decision(lab=lab)
    innovator = actor_of_participation(support.innovator)

    assert [strip_tags(in_words(todo)) for todo in reports_to_write(innovator, lab)] == ["Write the report about “The letter kiosk”."]
    assert len(goals_to_ask_about(actor_of_participation(coach), lab)) == 1
    assert goals_to_ask_about(an_actor(lab, Role.COACH), lab) == []
    assert goals_to_ask_about(an_actor(lab, Role.MENTOR), lab) is None
    assert [waiting.public_id in todo.address for todo in supports_to_agree(an_actor(lab, Role.PROGRAMME_MANAGER), lab)] == [True]

    a_report(support)

    assert reports_to_write(innovator, lab) == []
    assert len(reports_to_read(actor_of_participation(coach), lab)) == 1
    assert reports_to_read(an_actor(lab, Role.COACH), lab) == []


def test_the_thread_goes_on_from_the_decision(lab):
    support = a_support(lab)

    rows = {node.row for node in walk(support, an_actor(lab, "public")).nodes if node.row}

    assert rows == {support, support.decision}


@pytest.mark.parametrize("number", [1, 3])
def test_all_at_a_glance_costs_three_queries_for_one_and_for_three(lab, number, django_assert_num_queries):
    for _ in range(number):
        support = a_support(lab)
        actions.reach_goal(a_goal(support), on=today_of(lab), by=an_actor(lab, Role.PROGRAMME_MANAGER))
        an_event(support)

    with django_assert_num_queries(3):
        rows = [going_of(row, today_of(lab)) for row in queries.followed(lab)]

    assert [row.support.reached_count for row in rows] == [1] * number
