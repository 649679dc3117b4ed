"""A partner collects with all questions on one page: the same telling, in one form, without a script, too."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_pseudonym, client_of
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import OrganisationKind
from medskapa.ground.people.tests.makers import an_organisation
from medskapa.stages.listening.actions import end_partner_link
from medskapa.stages.listening.models import Mark, PartnerLink, Reach, Story, Writer
from medskapa.stages.listening.tests.makers import _demo, a_partner_link, a_prompt, a_scale
from medskapa.stages.listening.tests.telling import address, code_on, fields_of
from medskapa.stages.listening.visibility import last_yes

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab(language="en")


@pytest.fixture
def link(lab) -> PartnerLink:
    return a_partner_link(lab, organisation=an_organisation(OrganisationKind.NGO, name="Open door"))


def on(link: PartnerLink) -> str:
    return address(link.lab, "en", f"for/{link.public_id}/whole/")


def text_of(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def filled(client: Client, link: PartnerLink, **more: object) -> dict[str, object]:
    return {**fields_of(client.get(on(link))), "a_own": "They never called.", "read_back": "yes", **more}


def test_one_page_takes_all_that_the_steps_ask(link):
    asked, scale = a_prompt(link.lab), a_scale(link.lab)
    client = Client()
    page = client.get(on(link))
    chosen = {
        f"a_{asked.public_id}": "They never called.",
        f"m_{scale.public_id}": fields_in(page, f"m_{scale.public_id}")[0],
        "kept_from": ["region"],
        "wish": Reach.LAB,
        "age_band": "16_17",
        "until": "1",
        "read_back": "yes",
    }

    answer = client.post(on(link), fields_of(page) | chosen)

    story = Story.objects.get()
    assert len(code_on(answer)) == 18
    assert (story.partner, story.prompt, story.writer, story.is_to_be_read_back) == (link, asked, Writer.ORGANISATION, False)
    yes = last_yes(story)
    assert (story.kept_from, yes.level, yes.valid_to is None) == (["municipality_and_region", "region"], Reach.LAB, False)
    assert Mark.objects.get().scale == scale
    assert story.teller.age_band == "16_17"


def fields_in(page, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)"', page.content.decode())


def test_all_that_has_to_be_said_before_and_asked_stands_on_the_page(link):
    page = text_of(Client().get(on(link)))

    for said in (
        "Before you tell",
        "What we cannot promise",
        "Who must not read it?",
        "It cannot be kept from them.",
        "Who may read it?",
        "How old are you?",
        "Was it read back to you",
        "Researchers may use it",
    ):
        assert said in page


def test_the_first_page_of_a_partners_link_leads_to_it_and_a_telling_without_a_partner_does_not(link):
    first = Client().get(address(link.lab, "en", f"for/{link.public_id}/"))

    assert f'href="{on(link)}"' in first.content.decode()
    assert "whole/" not in Client().get(address(link.lab, "en")).content.decode()


def test_what_must_not_be_read_by_somebody_goes_no_further_than_the_lab_whatever_is_chosen_beside_it(link):
    client = Client()

    client.post(on(link), filled(client, link, kept_from=["region"], wish=Reach.PUBLIC))

    assert last_yes(Story.objects.get()).level == Reach.LAB


def test_who_writes_for_another_says_whether_it_was_read_back_and_nothing_written_is_lost(link):
    client = Client()

    page = client.post(on(link), filled(client, link, read_back=""))

    assert (page.status_code, "Say whether it was read back." in text_of(page), Story.objects.count()) == (422, True, 0)
    assert fields_of(page)["a_own"] == ["They never called."]


def test_who_writes_themselves_is_not_asked_and_a_stray_answer_counts_for_nothing(link):
    client = Client()

    answer = client.post(on(link), filled(client, link, writer=""))

    story = Story.objects.get()
    assert (answer.status_code, story.writer, story.read_back_at) == (200, "", None)


def test_without_a_word_nothing_is_sent_and_the_page_says_so(link):
    client = Client()

    page = client.post(on(link), filled(client, link, a_own="  "))

    assert (page.status_code, "There is nothing to send yet." in text_of(page), Story.objects.count()) == (422, True, 0)


def test_the_same_page_sent_twice_counts_once_and_shows_the_same_code(link):
    client = Client()
    sent = filled(client, link)

    first, second = client.post(on(link), sent), client.post(on(link), sent)

    assert code_on(first) == code_on(second)
    assert Story.objects.count() == 1


def test_the_next_person_begins_on_the_same_page_with_nothing_of_the_one_before(link):
    client = client_of(a_pseudonym(link.lab))
    sent = filled(client, link)
    page = client.post(on(link), sent)

    begun = client.post(on(link), fields_of(page) | {"go": "other"}, follow=True)
    again = client.post(on(link), sent)

    assert (begun.redirect_chain[0][0], "They never called." in text_of(begun)) == (on(link), False)
    assert (again.status_code, 'class="code"' in again.content.decode()) == (409, False)
    assert client.get("/en/return/mine/").status_code == 302


@pytest.mark.parametrize("end", ["", "whole/"])
def test_on_a_link_that_has_ended_nobody_begins_and_what_waits_on_the_phone_is_seen(link, end):
    there = address(link.lab, "en", f"for/{link.public_id}/{end}")
    open_page = Client().get(there)

    end_partner_link(link, by=_demo(link.lab))
    page = Client().get(there)

    assert (page.status_code, "This link is not used any more." in text_of(page)) == (410, True)
    assert ["<form" in one.content.decode() for one in (open_page, page)] == [True, False]
    assert "data-queue-rows" in page.content.decode()


def test_while_a_lab_is_closed_what_waits_on_the_phone_is_seen_and_not_taken(link):
    client = Client()
    sent = filled(client, link)
    Lab.objects.update(state=Lab.State.CLOSED)

    page, answer = client.get(on(link)), client.post(on(link), sent)

    assert (page.status_code, "data-queue-rows" in page.content.decode()) == (403, True)
    assert (answer.status_code, Story.objects.count()) == (403, 0)


def test_what_waited_longer_than_the_link_is_taken_without_the_organisations_name_and_its_code_can_be_handed_over(link):
    client = Client()
    sent = filled(client, link)
    end_partner_link(link, by=_demo(link.lab))

    with at(now() + timedelta(days=8)):
        page = client.post(on(link), sent)

    assert (len(code_on(page)), Story.objects.get().partner) == (18, None)
    assert 'value="other"' in page.content.decode()
