"""How the lab may reach a teller: only if they say so, only for those who answer them, and gone when they say no."""

import io
import zipfile
from datetime import timedelta

import pytest

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.copies import copy_of, packed
from medskapa.ground.labs.models import AgeBand, Lab, Pseudonym
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.people.roles import OrganisationKind, Role
from medskapa.ground.people.tests.makers import a_unit, an_organisation, proved
from medskapa.ground.safeguarding.periods import let_go_of_teller
from medskapa.stages.listening.actions import end_contact, let_contact, open_contact, save_rules, stop_teller, withdraw_story
from medskapa.stages.listening.models import Consent, DeskRules
from medskapa.stages.listening.queries import contact_yes
from medskapa.stages.listening.tests.makers import a_story, teller_of

pytestmark = pytest.mark.django_db
KEY = "key-of-a-form-0123456789"
MINE = "/en/return/mine/contact/"
NUMBER = "070 000 00 01"


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def who_may_be_reached(lab: Lab) -> Pseudonym:
    teller = a_pseudonym(lab)
    a_story(lab, teller=teller)
    let_contact(teller, contact=NUMBER, by=actor_of_pseudonym(teller))
    return teller


def staff_page(teller: Pseudonym) -> str:
    return f"/en/labs/{teller.lab.slug}/answers/{teller.public_id}/contact/"


def test_who_says_how_is_reached_by_those_who_answer_and_sees_that_they_looked(lab):
    teller = a_pseudonym(lab)
    client = client_of(teller)
    client.post(MINE, {"contact": NUMBER, "form_key": KEY})
    moderator = a_client(lab, Role.MODERATOR)

    offered = moderator.get(f"/en/labs/{lab.slug}/answers/{teller.public_id}/").content.decode()
    before = client.get(MINE).content.decode()
    seen = moderator.get(staff_page(teller)).content.decode()
    after = client.get(MINE).content.decode()

    assert f'href="{staff_page(teller)}"' in offered
    assert NUMBER not in offered
    assert NUMBER in seen
    assert "Nobody yet. Everybody who opens it leaves a line here." in before
    assert "Moderator" in after


def test_who_showed_long_ago_who_they_are_shows_it_again_before_they_see_how_to_reach_somebody(lab):
    teller = a_pseudonym(lab)
    client_of(teller).post(MINE, {"contact": NUMBER, "form_key": KEY})
    moderator = proved(a_client(lab, Role.MODERATOR), ago=timedelta(minutes=16))

    refused = moderator.get(staff_page(teller))

    page = refused.content.decode()
    assert (refused.status_code, NUMBER in page, "Show once more who you are." in page) == (403, False, True)
    assert NUMBER in proved(moderator, ago=timedelta(minutes=14)).get(staff_page(teller)).content.decode()


def test_nobody_is_reached_who_has_not_said_how(lab):
    teller = a_pseudonym(lab)

    assert a_client(lab, Role.MODERATOR).get(staff_page(teller)).status_code == 404
    assert "They let the lab contact them." not in a_client(lab, Role.MODERATOR).get(staff_page(teller)[:-8]).content.decode()


@pytest.mark.parametrize("role", [Role.INTERPRETER, Role.ACTOR, Role.FACILITATOR, Role.MENTOR, Role.PRESS_OFFICER])
def test_who_does_not_answer_tellers_finds_no_way_to_reach_them(lab, role):
    assert a_client(lab, role).get(staff_page(who_may_be_reached(lab))).status_code == 404


def test_nobody_of_a_kind_that_a_story_is_kept_from_reaches_its_teller_before_it_is_taken_back(lab):
    teller = a_pseudonym(lab)
    kept = a_story(lab, teller=teller, kept_from=frozenset({OrganisationKind.NGO}))
    let_contact(teller, contact=NUMBER, by=actor_of_pseudonym(teller))
    moderator = client_of(a_participation(lab, Role.MODERATOR, unit=a_unit(an_organisation(OrganisationKind.NGO))))
    elsewhere = client_of(a_participation(lab, Role.MODERATOR, unit=a_unit(an_organisation(OrganisationKind.COMPANY))))

    talk = moderator.get(staff_page(teller)[: -len("contact/")])
    refused, opened = moderator.get(staff_page(teller)), elsewhere.get(staff_page(teller))
    withdraw_story(kept, by=teller_of(kept))

    assert talk.status_code == 200
    assert "They let the lab contact them." not in talk.content.decode()
    assert (refused.status_code, opened.status_code, moderator.get(staff_page(teller)).status_code) == (404, 200, 200)


def test_how_to_reach_a_teller_never_crosses_to_an_authority_and_no_browser_keeps_it(lab):
    teller = who_may_be_reached(lab)
    official = client_of(a_participation(lab, Role.MODERATOR, unit=a_unit(an_organisation(OrganisationKind.MUNICIPALITY))))

    assert official.get(staff_page(teller)).status_code == 404
    assert "no-store" in a_client(lab, Role.MODERATOR).get(staff_page(teller)).headers["Cache-Control"]


def test_a_yes_that_was_taken_back_while_the_page_was_asked_for_opens_nothing_of_the_next_one(lab):
    teller = who_may_be_reached(lab)
    yes = contact_yes(teller)
    end_contact(teller, by=actor_of_pseudonym(teller))
    let_contact(teller, contact="somebody@example.org", by=actor_of_pseudonym(teller))

    with pytest.raises(NotAllowed):
        open_contact(yes, by=an_actor(lab, Role.MODERATOR))


def test_a_code_that_was_let_go_lets_nobody_contact_anybody(lab, django_capture_on_commit_callbacks):
    teller = who_may_be_reached(lab)

    with django_capture_on_commit_callbacks(execute=True):
        let_go_of_teller(teller, by=Actor.system("retention", lab.public_id))

    talk = a_client(lab, Role.MODERATOR).get(staff_page(teller)[: -len("contact/")]).content.decode()
    assert Consent.objects.get(purpose=Consent.Purpose.CONTACT).withdrawn_at is not None
    assert "They let the lab contact them." not in talk


def test_what_is_written_lies_in_no_row_that_can_be_read(lab):
    teller = who_may_be_reached(lab)

    assert NUMBER not in str(list(Pseudonym.objects.filter(pk=teller.pk).values()))
    assert NUMBER not in str(list(Consent.objects.values()))


def test_taken_back_it_is_gone_and_stays_as_a_yes_that_has_ended(lab):
    teller = who_may_be_reached(lab)

    client_of(teller).post(MINE, {"go": "end", "form_key": KEY})

    assert Pseudonym.objects.get(pk=teller.pk).contact is None
    assert Consent.objects.get(purpose=Consent.Purpose.CONTACT).withdrawn_at is not None
    assert a_client(lab, Role.MODERATOR).get(staff_page(teller)).status_code == 404


def test_another_way_takes_the_place_of_the_first(lab):
    teller = who_may_be_reached(lab)

    let_contact(teller, contact="somebody@example.org", by=actor_of_pseudonym(teller))

    seen = a_client(lab, Role.PROCESS_LEADER).get(staff_page(teller)).content.decode()
    assert ("somebody@example.org" in seen, NUMBER in seen) == (True, False)
    assert Consent.objects.filter(purpose=Consent.Purpose.CONTACT, withdrawn_at__isnull=True).count() == 1


def test_who_stops_is_reached_no_more(lab):
    teller = who_may_be_reached(lab)

    stop_teller(teller, by=actor_of_pseudonym(teller))

    assert Pseudonym.objects.get(pk=teller.pk).contact is None
    assert a_client(lab, Role.MODERATOR).get(staff_page(teller)).status_code == 404


def test_a_child_for_whom_an_adult_speaks_is_not_asked_how_to_be_reached(lab):
    child = a_pseudonym(lab, age_band=AgeBand.UNDER_13)

    page = client_of(child).get(MINE).content.decode()

    assert "the lab only writes to you here" in page
    assert 'name="contact"' not in page
    with pytest.raises(WrongState):
        let_contact(child, contact=NUMBER, by=actor_of_pseudonym(child))


def test_who_is_too_young_by_a_new_rule_is_reached_no_more_and_can_still_take_it_back(lab):
    teller = who_may_be_reached(lab)
    save_rules(DeskRules(lab=lab, adult_below=18), by=an_actor(lab, Role.PROCESS_LEADER))

    moderator, mine = a_client(lab, Role.MODERATOR), client_of(teller)
    refused = moderator.get(staff_page(teller)).status_code
    page = mine.get(MINE).content.decode()
    mine.post(MINE, {"go": "end", "form_key": KEY})

    assert refused == 404
    assert "nobody can open it" in page
    assert ('value="end"' in page, 'name="contact"' in page) == (True, False)
    assert Pseudonym.objects.get(pk=teller.pk).contact is None


def test_without_anything_typed_the_page_says_so(lab):
    answer = client_of(a_pseudonym(lab)).post(MINE, {"contact": " ", "form_key": KEY})

    assert answer.status_code == 422
    assert "Fill this in." in answer.content.decode()


def test_the_copy_of_what_is_kept_names_only_the_end_of_it_since_a_code_can_be_found_or_forced(lab):
    teller = who_may_be_reached(lab)

    copy = client_of(teller).get("/en/return/mine/copy/").content.decode()
    told = copy_of(teller)

    assert "It ends in “01”." in copy
    assert "That the lab contacts me" in copy
    with zipfile.ZipFile(io.BytesIO(packed(told, teller))) as kept:
        assert [name for name in kept.namelist() if NUMBER in kept.read(name).decode()] == []
    assert NUMBER not in copy


@pytest.mark.parametrize("since", ["ended", "replaced"])
def test_who_opened_it_is_still_seen_on_the_page_and_in_the_copy_when_it_has_ended(lab, since):
    teller = who_may_be_reached(lab)
    a_client(lab, Role.MODERATOR).get(staff_page(teller))
    if since == "ended":
        end_contact(teller, by=actor_of_pseudonym(teller))
    else:
        let_contact(teller, contact="somebody@example.org", by=actor_of_pseudonym(teller))

    page = client_of(teller).get(MINE).content.decode()
    copied = {part.name: part.entries for part in copy_of(teller)}["contact_readings"]

    assert "Who has opened it" in page
    assert "Moderator" in page
    assert [str(fact.value) for fact in copied[0] if fact.key == "role"] == ["Moderator"]
