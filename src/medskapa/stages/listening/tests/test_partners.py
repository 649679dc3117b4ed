"""An organisation collects stories on a link of its own: in its language, until its day, one person after the other on one phone."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from medskapa.ground.labs.copies import copy_of
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.sessions import cookie_name
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, client_of
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.models import Organisation
from medskapa.ground.people.roles import OrganisationKind, Role
from medskapa.ground.people.tests.makers import a_unit, an_organisation
from medskapa.stages.listening.actions import end_partner_link
from medskapa.stages.listening.models import PartnerLink, Story, Writer
from medskapa.stages.listening.tests.makers import _demo, a_partner_link, a_story
from medskapa.stages.listening.tests.telling import address, code_on, fields_of, send, walk_to_the_end

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab(language="en")


@pytest.fixture
def link(lab) -> PartnerLink:
    return a_partner_link(lab, organisation=an_organisation(OrganisationKind.NGO, name="Open door"))


def text_of(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def on(link: PartnerLink, end: str = "") -> str:
    return address(link.lab, "en", f"for/{link.public_id}/{end}")


def to_the_end(client: Client, link: PartnerLink, **filled: str):
    page = client.get(on(link))
    while on(link, "send/") not in page.content.decode():
        asked = fields_of(page)
        mine = {name: value for name, value in filled.items() if name in asked}
        if asked["step"][0].startswith(("a_", "own")):
            mine[asked["step"][0]] = filled.get("words", "They never called.")
        page = client.post(on(link), asked | mine | {"go": "next"})
        assert page.status_code == 200
    return page


def told(client: Client, link: PartnerLink, **filled: str):
    return client.post(on(link, "send/"), fields_of(to_the_end(client, link, writer=Writer.ORGANISATION, **filled)) | {"read_back": "yes"})


def test_by_whom_it_comes_stands_beside_in_languages_that_are_certain_where_nobody_has_read_the_words():
    lab = a_lab(languages=["sv", "so"])
    link = a_partner_link(lab, language="so", organisation=an_organisation(OrganisationKind.NGO, name="Open door"))

    said = re.sub(r"<[^>]+>", "", Client().get(address(lab, "so", f"for/{link.public_id}/")).content.decode())

    assert "Din berättelse kommer till labbet genom Open door" in said
    assert "Your story comes to the lab by Open door" in said


def test_a_story_told_on_a_link_says_by_whom_it_came_and_who_wrote_it(link):
    page = told(Client(), link)

    story = Story.objects.get()
    assert len(code_on(page)) == 18
    assert (story.partner, story.writer, story.is_to_be_read_back) == (link, Writer.ORGANISATION, False)


def test_what_is_noted_is_said_before_anything_is_told_and_before_it_is_sent(link):
    client = Client()

    first, last = client.get(on(link)), to_the_end(client, link)

    assert re.search(r"Your story comes to the lab by \W*Open door\W*\. It is noted", text_of(first))
    assert "Comes by Open door" in text_of(last)
    assert "Open door" not in text_of(client.get(address(link.lab, "en")))


def test_who_tells_on_a_link_can_write_themselves(link):
    page = to_the_end(Client(), link, writer="")
    Client().post(on(link, "send/"), fields_of(page))

    story = Story.objects.get()
    assert (story.partner, story.writer) == (link, "")


def test_two_people_on_one_phone_are_two_people_and_nothing_of_the_first_is_left(link):
    client = Client()
    first = told(client, link, words="The first story.")

    between = client.post(on(link), {"go": "other"}, follow=True)
    second = told(client, link, words="The second story.")

    assert Story.objects.values("teller").distinct().count() == 2
    assert code_on(first) != code_on(second)
    assert "The first story." not in text_of(between)
    assert cookie_name() not in client.cookies or not client.cookies[cookie_name()].value


def test_who_came_back_with_a_code_before_is_not_taken_for_the_next_person(link):
    before = a_pseudonym(link.lab)

    told(client_of(before), link)

    assert Story.objects.get().teller != before


def test_the_next_person_ends_the_visit_of_the_one_before(link):
    client = client_of(a_pseudonym(link.lab))
    seen = client.get("/en/return/mine/").status_code

    client.post(on(link), {"go": "other"})

    assert (seen, client.get("/en/return/mine/").status_code) == (200, 302)


def test_on_a_link_that_has_ended_nobody_begins_but_what_waited_on_a_phone_arrives(link):
    client = Client()
    page = to_the_end(client, link, writer="")

    end_partner_link(link, by=_demo(link.lab))

    assert client.get(on(link)).status_code == 410
    assert client.post(on(link, "send/"), fields_of(page)).status_code == 200
    assert Story.objects.get().partner == link


def test_a_link_ends_by_itself_after_its_last_day(lab):
    link = a_partner_link(lab, ends_on=today_of(lab))

    with at(now() + timedelta(days=1)):
        tomorrow = Client().get(on(link)).status_code

    assert (Client().get(on(link)).status_code, tomorrow) == (200, 410)


def test_a_link_of_another_lab_opens_nothing_here(link):
    other = a_lab(language="en")

    assert Client().get(address(other, "en", f"for/{link.public_id}/")).status_code == 404


def test_the_process_leader_makes_a_link_and_hands_its_address_over_in_its_language():
    lab = a_lab(languages=["sv", "so"])
    there = an_organisation(OrganisationKind.NGO, name="Open door")
    a_participation(lab, Role.ACTOR, unit=a_unit(there))
    leader = a_client(lab, Role.PROCESS_LEADER)
    new = reverse("listening:new_partner", kwargs={"lab": lab.slug})
    filled = fields_of(leader.get(new)) | {"organisation": there.public_id, "language": "so", "ends_on": today_of(lab) + timedelta(days=9)}

    leader.post(new, filled)

    link = PartnerLink.objects.get()
    shown = leader.get(link.get_absolute_url()).content.decode()
    assert f"/so/labs/{lab.slug}/tell/for/{link.public_id}/" in shown


def test_a_day_that_is_over_is_refused_with_one_line(lab):
    leader = a_client(lab, Role.PROCESS_LEADER)
    new = reverse("listening:new_partner", kwargs={"lab": lab.slug})

    page = leader.post(new, fields_of(leader.get(new)) | {"language": "en", "ends_on": today_of(lab) - timedelta(days=1)})

    assert (page.status_code, "That day is over. Choose today or a later one." in text_of(page)) == (422, True)


@pytest.mark.parametrize(("came", "reads"), [(0, "0"), (4, "Fewer than five"), (5, "5")])
def test_how_many_came_is_told_from_five_on(link, came, reads):
    for _story in range(came):
        a_story(link.lab, partner=link)

    page = text_of(a_client(link.lab, Role.PROCESS_LEADER).get(link.get_absolute_url()))

    assert f"Stories that came {reads}" in page


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ACTOR, Role.FACILITATOR])
def test_nobody_but_the_process_leader_opens_the_links(link, role):
    listed = reverse("listening:partners", kwargs={"lab": link.lab.slug})

    assert a_client(link.lab, role).get(listed).status_code == 403


def test_by_whom_it_came_is_seen_by_its_teller_and_the_team_and_by_nobody_else(link):
    story = a_story(link.lab, partner=link, released=True)
    shown = reverse("listening:story", kwargs={"lab": link.lab.slug, "story": story.public_id})
    own = reverse("listening:own_story", kwargs={"story": story.public_id})

    seen = ["Open door" in text_of(a_client(link.lab, role).get(shown)) for role in (Role.MODERATOR, Role.ACTOR)]
    facts = {fact.key: fact.value for fact in {part.name: part.entries for part in copy_of(story.teller)}["stories"][0]}

    assert (seen, "Open door" in text_of(client_of(story.teller).get(own)), facts["partner"]) == ([True, False], True, "Open door")


def test_who_goes_back_and_sends_again_after_the_next_person_began_is_not_shown_the_code(link):
    client = Client()
    sent = fields_of(to_the_end(client, link, writer=Writer.ORGANISATION)) | {"read_back": "yes"}
    page = client.post(on(link, "send/"), sent)

    client.post(on(link), fields_of(page) | {"go": "other"})
    again = client.post(on(link, "send/"), sent)

    assert (again.status_code, "This was already sent." in text_of(again), 'class="code"' in again.content.decode()) == (409, True, False)
    assert Story.objects.count() == 1


def test_the_code_is_not_offered_as_a_picture_on_a_phone_that_is_not_the_tellers(link):
    client = Client()
    by_partner = told(client, link)
    alone = send(client, link.lab, walk_to_the_end(client, link.lab, language="en", words="Words."), language="en")

    assert ["data-picture" in page.content.decode() for page in (by_partner, alone)] == [False, True]
    assert "photograph it with your own phone" in text_of(by_partner)


def test_nothing_on_a_partners_link_offers_to_keep_words_on_the_phone_and_every_step_can_be_forgotten(link):
    client = Client()
    page = client.get(on(link))
    seen = [page.content.decode()]
    while on(link, "send/") not in seen[-1]:
        page = client.post(on(link), fields_of(page) | {"go": "next"})
        seen.append(page.content.decode())

    assert [("data-keep" in one, "data-change" in one, "data-forget" in one) for one in seen] == [(False, False, True)] * len(seen)
    assert ["data-begins" in one for one in seen] == [True] + [False] * (len(seen) - 1)


def test_an_authority_cannot_collect_and_is_told_so_in_one_line(lab):
    there = an_organisation(OrganisationKind.MUNICIPALITY, name="The town")
    a_participation(lab, Role.ACTOR, unit=a_unit(there))
    leader = a_client(lab, Role.PROCESS_LEADER)
    new = reverse("listening:new_partner", kwargs={"lab": lab.slug})
    page = leader.get(new)

    refused = leader.post(new, fields_of(page) | {"organisation": there.public_id, "language": "en", "ends_on": today_of(lab)})

    assert ("The town" in text_of(page), refused.status_code, PartnerLink.objects.exists()) == (False, 422, False)
    assert "Choose one that takes part in the lab and is no authority." in text_of(refused)


def test_an_organisation_that_turned_into_an_authority_collects_no_more(link):
    Organisation.objects.filter(pk=link.organisation_id).update(kind=OrganisationKind.REGION)

    assert Client().get(on(link)).status_code == 410


def test_what_cannot_be_kept_from_who_writes_is_said_on_every_partners_link(link):
    client = Client()
    page = to_the_end(client, link, writer="")

    kept = client.post(on(link), fields_of(page) | {"go": "to:kept"})

    assert "It cannot be kept from them." in text_of(kept)


@pytest.mark.parametrize(("days", "counts"), [(6, True), (8, False)])
def test_what_comes_long_after_a_link_has_ended_is_taken_but_not_in_the_organisations_name(link, days, counts):
    client = Client()
    page = to_the_end(client, link, writer="")
    end_partner_link(link, by=_demo(link.lab))

    with at(now() + timedelta(days=days)):
        came = client.post(on(link, "send/"), fields_of(page))

    assert len(code_on(came)) == 18
    assert Story.objects.get().partner == (link if counts else None)


def test_who_came_back_with_a_code_is_not_taken_for_the_teller_on_a_link_that_ended_long_ago(link):
    before = a_pseudonym(link.lab)
    page = to_the_end(Client(), link, writer="")

    with at(now() + timedelta(days=60)):
        client_of(before).post(on(link, "send/"), fields_of(page))

    assert Story.objects.get().teller != before
