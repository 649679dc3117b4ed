"""The pages of indicators and measurements."""

import secrets
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab
from medskapa.ground.people.roles import Role
from medskapa.ground.places.tests.makers import a_municipality
from medskapa.stages.outcomes.models import Indicator, Measurement
from medskapa.stages.outcomes.tests.makers import a_baseline, a_measurement, an_indicator
from medskapa.stages.understanding.tests.makers import an_insight

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def at(name: str, lab: Lab, **ids: str) -> str:
    return reverse(f"outcomes:{name}", kwargs={"lab": lab.slug, **ids})


def send(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {"form_key": secrets.token_urlsafe(18), **fields})


def test_an_indicator_is_written_measured_and_read(lab):
    client, place = a_client(lab, Role.PILOT_LEAD), a_municipality()
    words = {"title": "I know what to do", "summary": "Asked after a visit.", "unit": "of 100", "direction": "up", "language": "sv"}
    send(client, at("new_indicator", lab), written_by_young="on", **words)
    indicator = Indicator.objects.get()
    address = at("new_measurement", lab, indicator=indicator.public_id)
    before = {"measured_on": "2020-01-01", "value": "41", "low": "38", "high": "44", "people_count": "40", "municipality": place.code}

    assert send(client, address, is_baseline="on", **before).status_code == 303
    assert send(client, address, **(before | {"measured_on": "2021-01-01", "value": "68", "low": "64", "high": "72"})).status_code == 303

    page = Client().get(indicator.get_absolute_url()).content.decode()
    assert "+27" in page
    assert "41 → 68 <bdi>of 100</bdi>." in page
    assert "We are fairly sure: the difference is between 22 and 32." in page
    assert 'class="draw chart long"' in page


def test_a_margin_that_leaves_the_value_out_is_refused(lab):
    client, indicator = a_client(lab, Role.PILOT_LEAD), an_indicator(lab)

    answer = send(
        client, at("new_measurement", lab, indicator=indicator.public_id), measured_on="2020-01-01", value="41", low="50", high="40"
    )

    assert answer.status_code == 422
    assert not Measurement.objects.exists()


def test_too_few_people_are_too_few_to_say(lab):
    indicator = an_indicator(lab)
    measurement = a_measurement(indicator, 37.5, people_count=3)

    for address in (indicator.get_absolute_url(), measurement.get_absolute_url(), at("indicators", lab)):
        assert "37.5" in a_client(lab, Role.MODERATOR).get(address).content.decode()
        outside = Client().get(address).content.decode()
        assert "37.5" not in outside
        assert "Too few to say." in outside


def test_swedish_pages_draw_with_points_and_write_with_commas(lab):
    indicator = an_indicator(lab)
    a_baseline(indicator, 37.5)
    a_measurement(indicator, 62.5)

    page = Client().get(indicator.get_absolute_url().replace("/en/", "/sv/", 1)).content.decode()

    drawing = page[page.index('class="red"') :]
    assert "," not in drawing[: drawing.index("/>")]


@pytest.mark.parametrize(("role", "status"), [("public", 403), (Role.READER, 403), ("co_creator", 200), (Role.PILOT_LEAD, 200)])
def test_pages_open_for_those_they_are_for(lab, role, status):
    assert a_client(lab, role).get(at("new_indicator", lab)).status_code == status
    assert a_client(lab, role).get(at("indicators", lab)).status_code == 200


@pytest.mark.parametrize(("role", "names_it"), [("public", False), (Role.PILOT_LEAD, True)])
def test_an_insight_that_is_only_for_the_lab_is_named_to_the_lab_only(lab, role, names_it):
    insight = an_insight(lab, tellers=3, state="confirmed", title="Letters frighten")
    indicator = an_indicator(lab, insight=insight)

    page = a_client(lab, role).get(indicator.get_absolute_url()).content.decode()

    assert (insight.title in page) is names_it


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_at_most_25_queries(lab, number, django_assert_max_num_queries):
    for _ in range(number):
        indicator = an_indicator(lab)
        a_baseline(indicator)
        measurement = a_measurement(indicator, on=today_of(lab) - timedelta(days=3))
    client = a_client(lab, Role.PROGRAMME_MANAGER)

    for address in (at("indicators", lab), indicator.get_absolute_url(), measurement.get_absolute_url()):
        with django_assert_max_num_queries(25):
            assert client.get(address).status_code == 200
