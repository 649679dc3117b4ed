"""The pages of labs, at their real addresses."""

import re

import pytest
from django.test import Client

from medskapa.ground.labs.actions import invite
from medskapa.ground.labs.actors import actor_of_account
from medskapa.ground.labs.forms.set_up import HostForm
from medskapa.ground.labs.models import Gathering, Participation
from medskapa.ground.labs.tests.forms import sent
from medskapa.ground.labs.tests.makers import a_client, a_gathering, a_lab, a_participation, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.actions import make_organisation
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import an_account, an_operator, signed_in

pytestmark = pytest.mark.django_db

LEADER_PAGES = ("desk", "people", "people/new", "invitations", "invitations/new", "calendar", "calendar/new", "poster", "cards", "settings")
SET_UP = ("name", "host", "languages", "phases", "help", "open")


@pytest.mark.parametrize("page", [*LEADER_PAGES, *(f"set-up/{step}" for step in SET_UP), "settings/texts/ar", "settings/close"])
def test_the_process_leader_opens_every_page(page):
    lab = a_lab()

    answer = a_client(lab, Role.PROCESS_LEADER).get(f"/en/labs/{lab.slug}/{page}/")

    assert answer.status_code == 200


@pytest.mark.parametrize("page", [*LEADER_PAGES, *(f"set-up/{step}" for step in SET_UP), "settings/texts/ar", "settings/close"])
def test_the_public_opens_none_of_them(page):
    lab = a_lab()

    assert Client().get(f"/en/labs/{lab.slug}/{page}/").status_code == 403


@pytest.mark.parametrize("page", ["", "phases/", "rights/", "help/"])
def test_anybody_opens_the_public_pages(page):
    lab = a_lab(purpose="So that letters are understood")

    answer = Client().get(f"/sv/labs/{lab.slug}/{page}")

    assert answer.status_code == 200
    assert not answer.cookies


def test_help_and_rights_stand_without_a_lab_too():
    for page in ("help", "rights"):
        answer = Client().get(f"/prs/{page}/")

        assert answer.status_code == 200
        assert 'dir="rtl"' in answer.content.decode()


def test_the_home_shows_open_labs_only():
    a_lab(name="An open lab")
    a_lab(name="A lab in the making", ready=False)

    page = Client().get("/en/").content.decode()

    assert "An open lab" in page
    assert "A lab in the making" not in page


def test_whoever_takes_part_in_one_lab_lands_on_its_desk():
    lab = a_lab()

    answer = a_client(lab, Role.MODERATOR).get("/en/first/")

    assert answer["Location"] == f"/en/labs/{lab.slug}/desk/"


def test_the_first_page_says_when_there_is_nothing_to_do():
    lab = a_lab()

    assert "Nothing needs you right now" in a_client(lab, Role.ACTOR).get(f"/en/labs/{lab.slug}/desk/").content.decode()


def test_the_first_page_names_a_gathering_that_is_near():
    lab = a_lab()
    a_gathering(lab, name="The day in August")

    page = a_client(lab, Role.ACTOR).get(f"/en/labs/{lab.slug}/desk/").content.decode()

    assert "“<bdi>The day in August</bdi>” is near." in page


def test_nobody_in_a_lab_gets_a_name_that_looks_just_like_anothers_in_other_letters():
    lab = a_lab(name="Pocca")
    client, leader = a_client(lab, Role.PROCESS_LEADER), an_actor(lab, Role.PROCESS_LEADER)
    person, there = a_participation(lab, name="Eva"), a_participation(lab, name="Capa Poca")
    _made, token = invite(lab, name="Aca", role=Role.MENTOR, by=leader)

    answers = [
        client.post(f"/en/labs/{lab.slug}/people/new/", sent(name="Сара Роса", starts_on="2026-01-10")),
        client.post(f"/en/labs/{lab.slug}/people/{person.public_id}/edit/", sent(name="Сара Роса", starts_on="2026-01-10")),
        client.post(f"/en/labs/{lab.slug}/invitations/new/", sent(name="Аса", role="mentor")),
        Client().post(f"/en/join/{token}/", {"name": "Сара Роса", "email": "sara@lab.example"}),
        signed_in(an_operator()).post("/en/labs/new/", sent(name="Росса", target_group="young people", promise_days=30)),
    ]

    assert [(answer.status_code, "looks just the same in other letters" in answer.content.decode()) for answer in answers] == [
        (422, True)
    ] * 5
    make_organisation("Coop", kind="company", by=Actor.system("demo"))
    assert list(HostForm({"host_name": "Соор", "host_kind": "company"}).errors) == ["host_name"]
    kept = client.post(f"/en/labs/{lab.slug}/people/{there.public_id}/edit/", sent(name="Сара Роса", starts_on="2026-01-10"))
    assert (kept.status_code, Participation.objects.get(pk=there.pk).name) == (303, "Сара Роса")


def test_a_person_is_added_changed_and_gets_a_role_that_is_ended():
    lab = a_lab()
    client = a_client(lab, Role.PROCESS_LEADER)

    added = client.post(f"/en/labs/{lab.slug}/people/new/", sent(name="Elin", starts_on="2026-01-10"))
    person = Participation.objects.get(name="Elin")
    client.post(f"/en/labs/{lab.slug}/people/{person.public_id}/edit/", sent(name="Elin Sjö", starts_on="2026-01-10"))
    client.post(f"/en/labs/{lab.slug}/people/{person.public_id}/roles/new/", sent(role="mentor", last_day=""))
    given = person.roles.get()
    client.post(f"/en/labs/{lab.slug}/people/{person.public_id}/roles/{given.public_id}/end/", sent())

    person.refresh_from_db()
    assert added["Location"] == person.get_absolute_url()
    assert person.name == "Elin Sjö"
    assert person.roles.get().valid_to <= now()


def test_somebody_agrees_to_photographs_and_takes_it_back():
    lab = a_lab()
    somebody = a_participation(lab, Role.ACTOR)
    client = client_of(somebody)
    page = f"/en/labs/{lab.slug}/people/{somebody.public_id}/"

    client.post(f"{page}agreements/", sent(purpose="photo"))
    given = somebody.agreements.get()
    client.post(f"{page}agreements/{given.public_id}/", sent())

    assert somebody.agreements.get().withdrawn_at is not None
    assert client.get(page).status_code == 200
    assert client.get(f"/en/labs/{lab.slug}/people/{a_participation(lab).public_id}/").status_code == 403


def test_the_link_of_an_invitation_is_shown_once_and_kept_nowhere():
    lab = a_lab()
    client = a_client(lab, Role.PROCESS_LEADER)

    shown = client.post(f"/en/labs/{lab.slug}/invitations/new/", sent(name="Amal", role="moderator"))

    assert shown.status_code == 200
    assert shown["Cache-Control"] == "no-store"
    token = re.search(r"/en/join/([^/\"]+)/", shown.content.decode()).group(1)
    assert token not in client.get(f"/en/labs/{lab.slug}/invitations/").content.decode()


def test_an_invitation_is_taken_back():
    lab = a_lab()
    client = a_client(lab, Role.PROCESS_LEADER)
    invitation, token = invite(lab, name="Amal", role="moderator", by=an_actor(lab, Role.PROCESS_LEADER))

    client.post(f"/en/labs/{lab.slug}/invitations/{invitation.public_id}/take-back/", sent())

    assert Client().get(f"/en/join/{token}/").status_code == 410


def test_an_address_that_has_an_account_signs_in_first():
    lab = a_lab()
    _invitation, token = invite(lab, name="Amal", role="moderator", by=an_actor(lab, Role.PROCESS_LEADER))
    account = an_account("amal@example.org")

    refused = Client().post(f"/en/join/{token}/", {"name": "Amal", "email": "Amal@example.org"})
    taken = signed_in(account).post(f"/en/join/{token}/")

    assert refused.status_code == 409
    assert taken.status_code == 303
    assert actor_of_account(account, lab).roles == {"moderator"}


def test_a_gathering_is_planned_and_changed_in_the_time_of_the_lab():
    lab = a_lab(time_zone="Europe/Helsinki")
    client = a_client(lab, Role.FACILITATOR)
    when = {"starts_at": "2027-01-10T10:00", "ends_at": "2027-01-10T12:00", "kind": "workshop", "place": "", "about": ""}

    client.post(f"/en/labs/{lab.slug}/calendar/new/", sent(name="Clay", **when))
    made = Gathering.objects.get()
    client.post(f"/en/labs/{lab.slug}/calendar/{made.public_id}/", sent(name="Clay and colours", **when))

    made.refresh_from_db()
    assert (made.name, made.starts_at.hour) == ("Clay and colours", 8)


def test_a_browser_with_both_sessions_says_as_whom_it_acts_and_changes_with_a_click():
    lab = a_lab()
    client = a_client(lab, Role.FACILITATOR, name="Sara")
    client.cookies.update(client_of(a_pseudonym(lab)).cookies)

    before = client.get(f"/en/labs/{lab.slug}/phases/").content.decode()
    client.post("/en/acting/", {"as": "code", "next": f"/en/labs/{lab.slug}/phases/"})
    after = client.get(f"/en/labs/{lab.slug}/phases/").content.decode()

    assert "Act with your code" in before
    assert "You, with your code" in after
    assert "Act with your account" in after


def test_in_production_the_choice_of_whom_one_acts_as_is_bound_to_the_host_and_kept_from_scripts(settings):
    settings.MEDSKAPA_LOCAL = False

    cookie = Client().post("/en/acting/", {"as": "code", "next": "/en/"}, secure=True).cookies["__Host-acting"]

    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, True, "Lax", "/", "")


def test_the_poster_holds_an_address_and_no_code():
    lab = a_lab(language="sv", languages=["sv", "ar", "prs"])

    page = a_client(lab, Role.PROCESS_LEADER).get(f"/en/labs/{lab.slug}/poster/").content.decode()

    assert f"testserver/labs/{lab.slug}" in page
    assert page.count('class="said"') == 3
    assert 'style="' not in page


def test_the_leader_of_another_lab_is_a_stranger_here():
    lab, other = a_lab(), a_lab()

    assert a_client(other, Role.PROCESS_LEADER).get(f"/en/labs/{lab.slug}/settings/").status_code == 403


@pytest.mark.parametrize("page", ["desk", "people", "invitations", "calendar", "phases", "settings"])
def test_a_list_costs_the_same_with_one_row_and_with_three(page, django_assert_max_num_queries):
    lab = a_lab()
    leader = an_actor(lab, Role.PROCESS_LEADER)
    client = a_client(lab, Role.PROCESS_LEADER)

    def more() -> None:
        a_participation(lab, Role.MODERATOR)
        a_gathering(lab)
        invite(lab, name="Amal", role="mentor", by=leader)

    def cost() -> int:
        with django_assert_max_num_queries(25) as counted:
            client.get(f"/en/labs/{lab.slug}/{page}/")
        return len(counted.captured_queries)

    more()
    one = cost()
    more()
    more()
    assert cost() == one


def test_whoever_can_open_what_nobody_else_may_see_is_asked_for_a_second_lock():
    lab = a_lab()
    asks = "Add a passkey or an app to your account"

    asked = {role for role in Role if asks in a_client(lab, role).get(f"/en/labs/{lab.slug}/desk/").content.decode()}

    assert asked == {
        Role.PROCESS_LEADER,
        Role.FACILITATOR,
        Role.MODERATOR,
        Role.INTERPRETER,
        Role.SAFEGUARDING_OFFICER,
        Role.SAFEGUARDING_DEPUTY,
        Role.PROGRAMME_MANAGER,
    }


def test_a_poster_says_which_languages_of_the_lab_it_does_not_speak_yet():
    lab = a_lab(languages=["sv", "prs", "kmr"])

    page = a_client(lab, Role.PROCESS_LEADER).get(f"/en/labs/{lab.slug}/poster/").content.decode()

    assert "Not in these languages yet: <bdi>kurmancî</bdi></p>" in page
