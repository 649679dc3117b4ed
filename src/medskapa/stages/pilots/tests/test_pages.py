"""The pages of pilots and adoptions, walked as the people who use them."""

import re
import secrets
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, client_of
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import a_unit
from medskapa.ground.places.tests.makers import a_municipality
from medskapa.stages.cocreation.models import Challenge
from medskapa.stages.incubation.tests.makers import a_support
from medskapa.stages.outcomes.models import Indicator
from medskapa.stages.outcomes.tests.makers import a_baseline, a_measurement, an_indicator
from medskapa.stages.pilots import actions
from medskapa.stages.pilots.models import Adoption, Pilot
from medskapa.stages.pilots.tests.makers import a_pilot, an_adoption, demo_of, measured_before
from medskapa.stages.selection.tests.makers import a_best_interests

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def at(name: str, lab: Lab, **ids: str) -> str:
    return reverse(f"pilots:{name}", kwargs={"lab": lab.slug, **ids})


def send(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {"form_key": secrets.token_urlsafe(18), **fields})


def test_a_pilot_is_planned_measured_started_and_kept(lab):
    lead, support = a_participation(lab, Role.PILOT_LEAD), a_support(lab)
    place, unit, weighed, indicator = a_municipality(), a_unit(), a_best_interests(lab), an_indicator(lab)
    client = client_of(lead)
    assert "?from=" in client.get(support.get_absolute_url()).content.decode()
    said = {"stop_rule": "Nobody comes.", "if_it_works": "The library pays.", "language": "sv", "title": "Kiosk", "summary": "A table."}
    keys = {"origin": support.public_id, "municipality": place.code, "owner": unit.public_id, "lead": lead.public_id}
    dates = {"starts_on": "2020-02-01", "ends_on": "2099-02-01"}

    answer = send(client, at("new_pilot", lab) + f"?from={support.public_id}", best_interests=weighed.public_id, **said, **keys, **dates)
    pilot = Pilot.objects.get()
    assert answer.status_code == 303
    assert "It has to say what it is measured by." in client.get(pilot.get_absolute_url()).content.decode()
    a_baseline(indicator, 41, today_of(lab).replace(year=2020, month=1, day=1), municipality=place, margin=3)
    send(client, at("new_aim", lab, pilot=pilot.public_id), indicator=indicator.public_id, target="60")
    assert send(client, at("start_pilot", lab, pilot=pilot.public_id)).status_code == 303
    a_measurement(indicator, 68, municipality=place, margin=4)

    page = Client().get(pilot.get_absolute_url()).content.decode()
    assert "+27" in page
    assert "41 → 68 <bdi>of 100</bdi>" in page
    assert "(aim: 60)" in page
    assert 'class="draw chart long"' in page
    send(client, at("judge_pilot", lab, pilot=pilot.public_id), verdict="kept", reason="Forty visits a week.")
    assert "Forty visits a week." in Client().get(pilot.get_absolute_url()).content.decode()


def test_a_pilot_that_is_not_ready_does_not_start(lab):
    pilot = a_pilot(lab, "planned")
    client = a_client(lab, Role.PROGRAMME_MANAGER)

    answer = send(client, at("start_pilot", lab, pilot=pilot.public_id))

    assert answer.status_code == 409
    assert "best interests have to be weighed" in answer.content.decode()


def test_a_stopped_pilot_says_that_it_is_a_result(lab):
    pilot = a_pilot(lab, "stopped")

    page = Client().get(pilot.get_absolute_url()).content.decode()

    assert "Stopped, and that is a result" in page
    assert pilot.reason in page


def test_a_running_pilot_changes_only_what_was_not_promised(lab):
    pilot = a_pilot(lab)
    client = a_client(lab, Role.PROGRAMME_MANAGER)
    address = at("edit_pilot", lab, pilot=pilot.public_id)
    assert 'name="stop_rule"' not in client.get(address).content.decode()

    later = (pilot.ends_on + timedelta(days=9)).isoformat()
    assert send(client, address, summary="Two tables.", ends_on=later).status_code == 303

    assert Pilot.objects.get().summary == "Two tables."


def test_the_thread_goes_on_with_a_new_challenge(lab):
    pilot = a_pilot(lab, "stopped")
    leader = a_client(lab, Role.PROCESS_LEADER)
    address = at("next_challenge", lab, pilot=pilot.public_id)

    assert send(leader, address).status_code == 422
    assert send(leader, address, title="How might we write simpler letters?").status_code == 303

    assert Challenge.objects.get().title in leader.get(pilot.get_absolute_url()).content.decode()
    assert 'name="title"' not in a_client(lab, Role.PROGRAMME_MANAGER).get(address).content.decode()


def test_another_municipality_takes_it_on(lab):
    pilot, place = a_pilot(lab), a_municipality("0114", name="Upplands Väsby")
    client = a_client(lab, Role.PROGRAMME_MANAGER)
    send(client, at("new_adoption", lab, pilot=pilot.public_id), municipality=place.code, since="2020-01-01", note="On Saturdays.")
    adoption = Adoption.objects.get()
    ids = {"adoption": adoption.public_id}

    assert send(client, at("move_adoption", lab, **ids), state="running", since="2020-02-01").status_code == 422
    assert send(client, at("move_adoption", lab, **ids), state="decided", since="2020-02-01").status_code == 303
    assert send(client, at("move_adoption", lab, **ids), state="stopped", since="2020-03-01").status_code == 422
    send(client, at("edit_adoption", lab, **ids), note="On Sundays.")

    page = Client().get(adoption.get_absolute_url()).content.decode()
    assert "On Sundays." in page
    assert "Decided" in page


def test_the_front_shows_where_it_is_tried(lab):
    a_pilot(lab)

    page = Client().get(lab.get_absolute_url()).content.decode()

    assert "Where it is tried" in page
    assert "Map: 290 municipalities as dots, 1 of them lit" in page


@pytest.mark.parametrize(
    ("name", "role", "status"),
    [
        ("pilots", "public", 200),
        ("adoptions", "public", 200),
        ("new_pilot", "public", 403),
        ("new_pilot", Role.COACH, 403),
        ("new_pilot", Role.PILOT_LEAD, 200),
    ],
)
def test_pages_open_for_those_they_are_for(lab, name, role, status):
    assert a_client(lab, role).get(at(name, lab)).status_code == status


@pytest.mark.parametrize("role", ["public", Role.READER, Role.PILOT_LEAD, Role.MODERATOR])
def test_a_pilot_is_changed_by_its_own_lead_only(lab, role):
    pilot = a_pilot(lab, lead=a_participation(lab, Role.PILOT_LEAD))

    for name in ("edit_pilot", "new_aim", "start_pilot", "judge_pilot", "next_challenge"):
        address = at(name, lab, pilot=pilot.public_id)
        assert a_client(lab, role).get(address).status_code == 403
        assert client_of(pilot.lead).get(address).status_code == 200


@pytest.mark.parametrize("state", ["planned", "running", "kept", "stopped"])
@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_at_most_25_queries(lab, state, number, django_assert_max_num_queries):
    for _ in range(number):
        pilot = a_pilot(lab, state)
        for indicator in (measured_before(pilot), measured_before(pilot)):
            a_measurement(indicator, 60, municipality=pilot.municipality)
        adoption = an_adoption(pilot)
    client = a_client(lab, Role.PROGRAMME_MANAGER)
    pages = [at("pilots", lab), at("adoptions", lab), at("new_pilot", lab), pilot.get_absolute_url(), adoption.get_absolute_url()]

    for address in [*pages, lab.get_absolute_url()]:
        with django_assert_max_num_queries(25):
            assert client.get(address).status_code == 200, address


def test_an_aim_changes_and_goes_away_while_the_pilot_is_planned_and_never_after_its_start(lab):
    lead, indicator = a_participation(lab, Role.PILOT_LEAD), an_indicator(lab)
    pilot = a_pilot(lab, state=Pilot.State.PLANNED, lead=lead, best_interests=a_best_interests(lab))
    link = actions.measure_pilot(pilot, indicator=indicator, target=Decimal(50), by=demo_of(lab))
    edit, remove = (at(name, lab, pilot=pilot.public_id, aim=link.public_id) for name in ("edit_aim", "remove_aim"))
    client = client_of(lead)
    assert {edit, remove} <= set(re.findall(r'href="([^"]+)"', client.get(pilot.get_absolute_url()).content.decode()))

    assert send(client, edit, target="60").status_code == 303
    link.refresh_from_db()
    assert link.target == 60
    Pilot.objects.filter(pk=pilot.pk).update(state=Pilot.State.RUNNING, started_at=now())
    assert [send(client, edit, target="40").status_code, send(client, remove).status_code] == [409, 409]
    Pilot.objects.filter(pk=pilot.pk).update(state=Pilot.State.PLANNED, started_at=None)
    assert send(client, remove).status_code == 303
    assert not pilot.indicator_links.exists()
    assert indicator in Indicator.objects.all()


def test_a_pilot_lead_is_not_offered_a_challenge_that_is_still_a_draft(lab):
    lead = a_participation(lab, Role.PILOT_LEAD)
    pilot = a_pilot(lab, lead=lead)
    Challenge.objects.create(lab=lab, title="How might we draft?", state="draft")
    Challenge.objects.create(lab=lab, title="How might we open?", state="open")
    where = at("next_challenge", lab, pilot=pilot.public_id)

    theirs, leaders = (client.get(where).content.decode() for client in (client_of(lead), a_client(lab, Role.PROCESS_LEADER)))

    assert ("How might we open?" in theirs, "How might we draft?" in theirs, "How might we draft?" in leaders) == (True, False, True)
