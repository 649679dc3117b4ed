"""The five pages that lead to a lab, and those of its settings."""

import re

import pytest
from django.test import Client

from medskapa.ground.labs.actions import invite
from medskapa.ground.labs.actors import actor_of_account
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.forms import filled, sent
from medskapa.ground.labs.tests.makers import a_client, a_lab, an_actor
from medskapa.ground.people.models import Account
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import an_operator, signed_in

pytestmark = pytest.mark.django_db


def test_a_lab_that_is_being_set_up_is_a_secret():
    lab = a_lab(ready=False)

    assert Client().get(f"/en/labs/{lab.slug}/").status_code == 404
    assert a_client(lab, Role.PROCESS_LEADER).get(f"/en/labs/{lab.slug}/").status_code == 200


def test_five_pages_lead_to_a_lab_that_can_receive_a_story():
    operator = an_operator(name="Sara", language="en")
    client = signed_in(operator)

    client.post("/en/labs/new/", sent(name="First year", target_group="young people", promise_days=30))
    lab = Lab.objects.get()
    base = f"/en/labs/{lab.slug}/set-up"
    client.post(f"{base}/host/", sent(host_name="The association", host_kind="association", authority_kind=""))
    client.post(f"{base}/languages/", sent(languages=["sv", "prs"], language="sv"))
    client.post(f"{base}/phases/", filled(client.get(f"{base}/phases/")))
    shown = client.post(f"{base}/help/", filled(client.get(f"{base}/help/"), officer_name="Amal", officer_email=""))
    refused = client.post(f"{base}/open/", sent())
    link = re.search(r'href="http://testserver(/en/join/[^"]+)"', shown.content.decode()).group(1)
    joined = Client().post(link, {"name": "Amal", "email": "amal@example.org"})
    opened = client.post(f"{base}/open/", sent())

    lab.refresh_from_db()
    assert refused.status_code == 409
    assert joined.status_code == opened.status_code == 303
    assert (lab.state, lab.host.name, lab.languages) == ("open", "The association", ["sv", "prs"])
    assert (lab.phases.count(), lab.help_contacts.count()) == (5, 2)
    assert actor_of_account(Account.objects.get(email="amal@example.org"), lab).roles == {"safeguarding_officer"}


def test_a_page_of_the_set_up_can_be_gone_back_to_and_changed():
    lab = a_lab()
    client = a_client(lab, Role.PROCESS_LEADER)
    page = client.get(f"/en/labs/{lab.slug}/set-up/phases/")

    client.post(f"/en/labs/{lab.slug}/set-up/phases/", filled(page, **{"phase-0-young_decide": "Everything.", "phase-1-name": ""}))

    assert [phase.young_decide for phase in lab.phases.all()] == ["Everything."]


def test_a_phase_without_an_end_is_refused_and_what_was_typed_stays():
    lab = a_lab()
    client = a_client(lab, Role.PROCESS_LEADER)
    page = client.get(f"/en/labs/{lab.slug}/set-up/phases/")

    refused = client.post(f"/en/labs/{lab.slug}/set-up/phases/", filled(page, **{"phase-0-ends_on": "", "phase-0-name": "My own words"}))

    assert refused.status_code == 422
    assert "My own words" in refused.content.decode()


def test_an_authority_says_which_kind_it_is():
    lab = a_lab(ready=False)
    client = a_client(lab, Role.PROCESS_LEADER)
    address = f"/en/labs/{lab.slug}/set-up/host/"

    refused = client.post(address, sent(host_name="Storstad", host_kind="authority", authority_kind=""))
    client.post(address, sent(host_name="Storstad", host_kind="authority", authority_kind="municipality"))

    lab.refresh_from_db()
    assert refused.status_code == 422
    assert (lab.host_kind, lab.host.is_authority) == ("authority", True)


def test_an_operator_without_labs_lands_where_one_can_be_started():
    page = signed_in(an_operator()).get("/en/first/")

    assert "/en/labs/new/" in page.content.decode()


def test_an_invitation_opens_a_lab_that_is_being_set_up():
    lab = a_lab(ready=False)
    _invitation, token = invite(lab, name="Amal", role="moderator", by=an_actor(lab, Role.PROCESS_LEADER))
    client = Client()

    client.post(f"/en/join/{token}/", {"name": "Amal", "email": "amal@example.org"})

    assert client.get(f"/en/labs/{lab.slug}/desk/").status_code == 200


def test_the_texts_of_a_lab_are_said_in_another_language():
    lab = a_lab(name="Första året", language="sv")
    client = a_client(lab, Role.INTERPRETER)
    address = f"/en/labs/{lab.slug}/settings/texts/ar/"

    client.post(address, filled(client.get(address), **{f"{lab.public_id}.name": "السنة الأولى", "translator": "Amal"}))

    assert "السنة الأولى" in Client().get(f"/ar/labs/{lab.slug}/").content.decode()
