"""A lab of one's own: `medskapa init` and five pages lead to a lab that receives a story, and it does not open before it may."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import People
from tests.serving import Server, serving
from tests.walk import lab, listening
from tests.walk.company import Company

pytestmark = [pytest.mark.browser, pytest.mark.server]

NAMED = "Say who hosts the lab and what kind of host that is."
HELPED = "Name at least one place where a young person gets help now."
GUARDED = "A safeguarding officer has to be in place. Whoever you invited has to open the link first."
PHASED = "Say in at least one phase what young people decide, advise on or are told."


@pytest.fixture(scope="module")
def server(new_data: Callable[[], Path]) -> Iterator[Server]:
    """An installation with one account that can start labs."""
    with serving(new_data()) as started:
        lab.somebody_can_start_labs(started, "asta@example.org", "Asta Ro")
        yield started


@pytest.fixture(scope="module")
def company(server: Server, browser: Any) -> Iterator[Company]:
    """Whoever starts labs, signed in. At the end no page of anybody met an error, a refusal or a foreign host."""
    people = People(browser)
    made = Company(server.url, people)
    made.leader = made.somebody("Asta Ro")
    lab.they_sign_in_with_a_code_by_mail(made.leader, "asta@example.org")
    yield made
    people.leave()


def test_a_lab_does_not_open_without_host_kind_help_now_and_an_officer_in_place(company):
    leader = company.leader
    leader.opens("/en/labs/new/")
    leader.fills("What is the lab called?", "Still closed")
    leader.fills("Who is it for?", "Young people")
    leader.presses("Save and go on", then="Page 2 of 5")

    leader.follows("See what is missing, and open", then="Not yet. This is missing:")
    leader.sees(NAMED, PHASED, HELPED, GUARDED)
    assert leader.page.get_by_role("button", name="Open the lab").count() == 0

    leader.follows(f"Go there {NAMED}", then="Who hosts the lab?")
    leader.presses("Save and go on", then="2 things to put right before you can go on")
    leader.fills("Who hosts the lab?", "Askeby Municipality")
    leader.ticks("An authority")
    leader.presses("Save and go on", then="Choose which kind of authority it is.")
    leader.picks("Which kind of authority?", "Municipality")
    leader.presses("Save and go on", then="Page 3 of 5")
    leader.follows("See what is missing, and open", then=HELPED)
    leader.sees_no(NAMED)
    stranger = company.somebody("A stranger")
    stranger.opens("/en/", then="No lab is open yet")
    assert company.visits.faults == []


def test_five_pages_lead_to_a_lab_that_receives_a_story(company):
    leader = company.leader
    link = lab.they_set_up_a_lab(leader, "A first year here")
    company.lab = leader.path.split("/")[3]
    leader.follows("I have passed it on", then=GUARDED)
    assert leader.page.get_by_role("button", name="Open the lab").count() == 0
    early = company.somebody("Too early")
    early.opens(company.at("tell/"), then="There is no such page.")

    lab.takes_part(company, "Ines Lund", link, "Safeguarding officer")
    leader.opens(company.at("set-up/open/"), then="Everything is there.")
    leader.presses("Open the lab", then="The lab is open. It can receive its first story.")

    teller = company.somebody("Nadia")
    teller.opens("/en/")
    teller.follows("A first year here", then="So that nobody has to go through their first year alone.")
    teller.follows("Tell", then="Before you tell")
    code = listening.they_tell(teller, "I did not know whom to ask.")
    listening.they_come_back(teller, code)
    teller.sees("I did not know whom to ask.")
    leader.opens(company.at("desk/"), then="1 story to moderate")
    assert company.visits.faults == []


def test_poster_and_cards_print_the_address_in_the_lab_s_languages(company):
    leader = company.leader
    lab.they_set_up_a_lab(leader, "To print")
    company.lab = leader.path.split("/")[3]

    leader.opens(company.at("poster/"), then="It fits one sheet of A4.")
    languages = leader.page.get_by_role("main").locator("[lang]").evaluate_all("parts => parts.map(part => part.lang)")
    assert {"sv", "en", "prs"} <= set(languages)
    leader.sees(f"/labs/{company.lab}")
    leader.follows("Small cards to hand out", then="Print this page and cut along the lines.")
    assert leader.page.get_by_role("main").get_by_role("img").count() >= 3
    assert company.visits.faults == []


def test_the_address_on_the_poster_can_be_typed_and_opens_in_the_language_of_the_phone(company):
    leader = company.leader
    link = lab.they_set_up_a_lab(leader, "To type")
    company.lab = leader.path.split("/")[3]
    lab.takes_part(company, "Ola Holm", link, "Safeguarding officer")
    lab.they_open_it(leader)
    leader.opens(company.at("poster/"))
    shown = leader.page.get_by_role("main").get_by_text(f"/labs/{company.lab}", exact=False).first.inner_text()

    reader = company.somebody("A reader", language="prs")
    reader.opens(f"http://{shown}")

    assert reader.path == company.at(language="prs")
