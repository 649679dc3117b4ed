"""The pages of supports, goals and reports, walked as the people who use them."""

import secrets
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, client_of
from medskapa.ground.people.roles import Role
from medskapa.stages.incubation.models import Goal, Report, Support
from medskapa.stages.incubation.tests.makers import a_goal, a_report, a_support, an_event
from medskapa.stages.selection.tests.makers import a_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def at(name: str, lab: Lab, **ids: str) -> str:
    return reverse(f"incubation:{name}", kwargs={"lab": lab.slug, **ids})


def send(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {"form_key": secrets.token_urlsafe(18), **fields})


def test_support_is_agreed_from_a_decision_and_begun(lab):
    decision, manager = a_decision(lab=lab), a_client(lab, Role.PROGRAMME_MANAGER)
    assert "?from=" in manager.get(decision.get_absolute_url()).content.decode()
    address = at("new_support", lab) + f"?from={decision.public_id}"
    assert decision.application.title in manager.get(address).content.decode()

    dates = {"starts_on": "2020-01-01", "ends_on": "2020-12-31"}
    send(manager, address, decision=decision.public_id, title="Kiosk", summary="Salary.", language="sv", **dates)
    support = Support.objects.get()
    send(manager, at("run_support", lab, support=support.public_id))

    support.refresh_from_db()
    assert support.state == Support.State.RUNNING


def test_the_innovator_reports_and_the_coach_replies(lab):
    coach = a_participation(lab, Role.COACH)
    support = a_support(lab, coach=coach)
    innovator = client_of(support.innovator)

    words = {"period": "Spring", "happened": "Forty visits.", "next": "Saturdays.", "reached_count": "12"}
    send(innovator, at("new_report", lab, support=support.public_id), **words)
    report = Report.objects.get()
    assert client_of(coach).get(report.get_absolute_url()).status_code == 403
    send(innovator, at("send_report", lab, report=report.public_id))
    send(client_of(coach), at("read_report", lab, report=report.public_id), reply="Ask the library.")

    page = innovator.get(report.get_absolute_url()).content.decode()
    assert "Ask the library." in page
    assert "Forty visits." in page


def test_a_late_goal_asks_what_changed(lab):
    support = a_support(lab)
    goal, client = a_goal(support, due_in=-5), client_of(support.innovator)
    address = at("reach_goal", lab, goal=goal.public_id)
    assert "what changed?" in client.get(support.get_absolute_url()).content.decode()
    on = support.lab.created_at.date().isoformat()

    assert send(client, address, on=on).status_code == 422
    assert send(client, address, on=on, changed="A holiday.").status_code == 303

    assert Goal.objects.get().changed == "A holiday."


def test_strangers_see_that_something_is_supported_and_not_what_is_in_it(lab):
    support = a_support(lab, summary="Secret terms.", innovator=a_participation(lab, Role.INNOVATOR, name="Hanna Ek"))
    a_goal(support, title="A goal inside")
    an_event(support, what="Salary for May")
    inside = a_client(lab, Role.PROCESS_LEADER).get(support.get_absolute_url()).content.decode()
    others = (Role.MODERATOR, Role.MENTOR, Role.READER, Role.COACH, Role.INNOVATOR)

    for outside in (Client(), a_client(lab, "co_creator"), *(a_client(lab, role) for role in others)):
        page = outside.get(support.get_absolute_url()).content.decode()
        assert support.title in page
        for kept in ("Secret terms.", "A goal inside", "Salary for May", "Hanna Ek"):
            assert kept in inside
            assert kept not in page


def test_a_stopped_support_says_why(lab):
    support = a_support(lab)
    manager = a_client(lab, Role.PROGRAMME_MANAGER)

    assert send(manager, at("stop_support", lab, support=support.public_id), reason="").status_code == 422
    send(manager, at("stop_support", lab, support=support.public_id), reason="The library closed.")

    assert "The library closed." in Client().get(support.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("name", "role", "status"),
    [
        ("supports", "public", 200),
        ("portfolio", Role.PROGRAMME_MANAGER, 200),
        ("portfolio", Role.PROCESS_LEADER, 200),
        ("portfolio", Role.COACH, 403),
        ("portfolio", "public", 403),
        ("reports", "public", 403),
        ("reports", Role.COACH, 200),
        ("new_support", Role.COACH, 403),
    ],
)
def test_pages_open_for_those_they_are_for(lab, name, role, status):
    assert a_client(lab, role).get(at(name, lab)).status_code == status


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_at_most_25_queries(lab, number, django_assert_max_num_queries):
    for _ in range(number):
        support = a_support(lab)
        goal, report = a_goal(support, due_in=-5), a_report(support)
        an_event(support)
    manager = a_client(lab, Role.PROGRAMME_MANAGER)
    pages = [at(name, lab) for name in ("supports", "portfolio", "reports", "new_support")]

    for address in [*pages, *(row.get_absolute_url() for row in (support, goal, report))]:
        with django_assert_max_num_queries(25):
            assert manager.get(address).status_code == 200, address


def test_who_noted_an_amount_wrongly_puts_it_right(lab):
    coach = a_participation(lab, Role.COACH)
    support = a_support(lab, coach=coach)
    event = an_event(support, what="Salary for May", amount_minor=100_000)
    where = at("edit_event", lab, support=support.public_id, event=event.public_id)
    assert where in client_of(coach).get(support.get_absolute_url()).content.decode()

    answer = send(client_of(coach), where, kind="salary", what="Salary for June", on="2020-06-01", amount_minor="1200")

    event.refresh_from_db()
    assert (answer.status_code, event.what, event.amount_minor) == (303, "Salary for June", 120_000)
    for other in (a_client(lab, Role.COACH), client_of(support.innovator), Client()):
        assert send(other, where, kind="salary", what="Mine", on="2020-06-01").status_code == 403
