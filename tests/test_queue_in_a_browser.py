"""A partner collects without network at 360 px: stories wait in sight, none is lost, each comes once and each code is handed over."""

import re
from typing import Any

import pytest

from medskapa.ground.web import languages
from tests.browsing import NOTHING, accessibility_findings, stored, until
from tests.sending import inside, stories_in
from tests.test_drafts import a_phone, is_readable, on_disk
from tests.test_partner_in_a_browser import a_link, write
from tests.test_ways_in_a_browser import NEXT, onward, to_the_last_step

pytestmark = [pytest.mark.browser, pytest.mark.server]
WORDS = {
    "sv": ["Fjällripan kvackade", "Gräsklipparen hoppade", "Kastanjen viskade"],
    "prs": ["زردآلوها خندیدند", "پروانه‌ها پریدند", "گنجشک‌ها چرخیدند"],
}
WAITS, SENT = '[data-queue-count~="waits"]', '[data-queue-count="sent"]'
END = """
from medskapa.ground.ledger.moment import now
from medskapa.stages.listening.models import PartnerLink
PartnerLink.objects.filter(public_id="{}").update(ended_at=now())
"""


@pytest.fixture
def address(demo_server, people) -> str:
    """All questions on one page, on a partner's link. The network comes and goes."""
    people.may_lose_the_network()
    return re.sub(r"/\w+/labs/", "/sv/labs/", f"{a_link(demo_server, people)}whole/")


def tell(page: Any, words: str) -> None:
    """Fill in the page for somebody who tells, and send it."""
    page.fill("textarea >> nth=0", words)
    page.check("[name=read_back][value=yes]")
    page.click(".next button.big")


def tell_and_wait(page: Any, words: str, most: str) -> None:
    """The same without network: it waits, in sight, and the page is empty for the next person."""
    tell(page, words)
    page.wait_for_selector(f"{WAITS}:text-is('{most}')")
    page.wait_for_selector("form[data-queues]:visible")
    assert page.input_value("textarea >> nth=0") == ""


def no_way_through(page: Any) -> None:
    """Pages come, and nothing that is sent arrives."""
    page.route("**/whole/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())


def network(page: Any) -> None:
    """Everything arrives again."""
    page.unroute("**/whole/")
    page.evaluate("dispatchEvent(new Event('online'))")


def all_comes_through(page: Any) -> None:
    """Everything arrives again, and something has."""
    network(page)
    page.wait_for_selector(f"{SENT}:not(:text-is('0')):visible")


def code_shown(page: Any) -> str:
    """The code that whoever told opens."""
    page.click("details.handover > summary")
    return "".join(re.findall(r"\d{3}", page.inner_text(".code")))


def hand_over(page: Any) -> str:
    """Hand over the first code that waits, and go on; gives the code."""
    page.click("[data-queue-is=sent]:visible [data-queue-open] >> nth=0")
    code = code_shown(page)
    page.click('button[value="other"]')
    page.wait_for_selector("form[data-queues]:visible")
    assert code not in re.sub(r"\s", "", page.content())
    return code


def number(count: int, language: str) -> str:
    return languages.in_digits(str(count), language)


@pytest.mark.parametrize("language", WORDS)
def test_three_tell_without_network_through_a_restart_and_each_story_comes_once_and_each_code_is_handed_over(
    demo_server, browser, tmp_path, address, language
):
    words, page = WORDS[language], address.replace("/sv/", f"/{language}/")
    with a_phone(browser.browser_type, tmp_path) as phone:
        phone.goto(page)
        phone.context.set_offline(True)
        tell_and_wait(phone, words[0], number(1, language))
        tell_and_wait(phone, words[1], number(2, language))
        lying = stored(phone)
        assert "key that cannot be read out" in lying["rows"]["key"]
        assert not any(is_readable(one, place) for one in words for place in (lying, phone.content()))

    assert not any(is_readable(one, on_disk(tmp_path)) for one in words)
    with a_phone(browser.browser_type, tmp_path) as phone:
        no_way_through(phone)
        phone.goto(page)
        tell_and_wait(phone, words[2], number(3, language))
        phone.reload()
        phone.wait_for_selector(f"{WAITS}:text-is('{number(3, language)}')")
        assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        network(phone)
        phone.wait_for_selector(f"{SENT}:text-is('{number(3, language)}')")
        codes = {hand_over(phone) for _one in words}
        until(phone, "!localStorage.length")
        assert stored(phone) == NOTHING

    told = stories_in(demo_server.data)
    assert ([told.count(one) for one in words], [len(code) for code in codes]) == ([1, 1, 1], [18, 18, 18])


def test_with_network_the_code_comes_at_once_and_the_next_person_begins_on_an_empty_page(demo_server, people, address):
    page = people.someone(bypass_csp=True)
    page.goto(address)
    assert accessibility_findings(page) == []
    tell(page, "Genast framme")

    code = code_shown(page)
    page.click('button[value="other"]')
    page.wait_for_selector("form[data-queues]:visible")

    assert (page.input_value("textarea >> nth=0"), code in re.sub(r"\s", "", page.content())) == ("", False)
    until(page, "!localStorage.length")
    assert stored(page) == NOTHING


def test_a_code_that_was_not_taken_before_the_page_closed_is_shown_again(people, address):
    page = people.someone()
    page.goto(address)
    tell(page, "Sidan stängdes för tidigt")
    first = code_shown(page)

    page.goto(address)
    page.wait_for_selector(f"{SENT}:text-is('1')")

    assert hand_over(page) == first


def test_what_is_too_long_is_said_before_it_waits(people, address):
    page = people.someone()
    page.goto(address)
    page.fill("textarea >> nth=1", "b" * 12_000)
    tell(page, "a" * 12_000)
    page.wait_for_selector("[data-lacks=length]:visible")

    assert stored(page) == NOTHING
    page.fill("textarea >> nth=1", "b" * 7_998)  # with the two lines between them, as a browser sends them, two signs too long
    page.click(".next button.big")
    page.wait_for_selector("[data-lacks=length]:visible")
    page.fill("textarea >> nth=1", "b" * 7_996)
    page.click(".next button.big")

    assert len(code_shown(page)) == 18


def test_who_writes_on_loses_no_word_to_a_code_that_comes_late_or_is_asked_for(people, address):
    page = people.someone(bypass_csp=True)
    page.goto(address)
    no_way_through(page)
    tell_and_wait(page, "Den förra", "1")
    held: list[Any] = []
    page.unroute("**/whole/")
    page.route("**/whole/", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    page.evaluate("dispatchEvent(new Event('online'))")
    until(page, lambda: held)
    held.pop().continue_()
    page.wait_for_selector(f"{SENT}:text-is('1')")

    page.click("[data-queue-open]:visible")
    until(page, lambda: held)
    page.fill("textarea >> nth=0", "Den som berättar nu")
    page.wait_for_selector("[data-queue-open]:visible:disabled")
    page.wait_for_selector("[data-queue-busy]:visible")
    with page.expect_response("**/whole/"):
        held.pop().continue_()
    page.wait_for_timeout(500)

    assert accessibility_findings(page) == []
    assert (page.input_value("textarea >> nth=0"), page.locator(".code").count()) == ("Den som berättar nu", 0)
    page.unroute("**/whole/")
    page.click("details:has(> p [data-clears=gone]) summary")
    page.click("[data-clears=gone]")
    assert len(hand_over(page)) == 18


def test_who_came_back_with_a_code_and_closes_the_pages_leaves_what_others_told_and_nothing_else(demo_server, people, address):
    page = people.someone()
    page.goto(address)
    tell(page, "Den som kommer tillbaka")
    code = code_shown(page)
    page.click('button[value="other"]')
    page.wait_for_selector("form[data-queues]:visible")
    no_way_through(page)
    tell_and_wait(page, "Den här får inte försvinna", "1")

    page.goto(f"{demo_server.url}/sv/return/")
    page.fill("[name=code]", code)
    page.click("form button.big")
    page.click("form[data-closes] button")
    page.wait_for_url("**/calendar/")
    left = stored(page)
    assert (left["sessionStorage"], list(left["localStorage"]), left["cookie"]) == ({}, ["medskapa:queue"], "")

    page.goto(address)
    page.wait_for_selector(f"{WAITS}:text-is('1')")
    all_comes_through(page)
    assert len(hand_over(page)) == 18
    assert stories_in(demo_server.data).count("Den här får inte försvinna") == 1


def test_where_the_phone_keeps_nothing_and_the_server_is_busy_the_words_stay_in_the_page_and_are_sent(demo_server, people, address):
    page = people.someone()
    page.add_init_script("Object.defineProperty(globalThis, 'indexedDB', { value: undefined })")
    page.goto(address)
    page.route("**/whole/", lambda route: route.fulfill(status=429, body="busy"))
    tell(page, "Ingen plats just nu")
    page.wait_for_selector("[data-later]:visible")
    assert page.input_value("textarea >> nth=0") == "Ingen plats just nu"

    network(page)
    assert len(code_shown(page)) == 18
    assert stories_in(demo_server.data).count("Ingen plats just nu") == 1


def test_a_story_of_the_steps_that_waits_in_the_same_tab_outlives_one_of_the_whole_page(demo_server, people, address):
    page = people.someone()
    page.goto(address.removesuffix("whole/"))
    write(page, "Stegens berättelse")
    onward(page, NEXT)
    to_the_last_step(page)
    page.check("[name=read_back][value=yes]")
    page.route("**/send/", lambda route: route.abort())
    page.click(".next button.big")
    page.wait_for_selector("#waits [data-offline]:visible")

    page.goto(address)
    tell(page, "Hela sidans berättelse")
    code_shown(page)
    page.click('button[value="other"]')
    page.wait_for_selector("form[data-queues]:visible")
    page.unroute("**/send/")
    page.goto(address.removesuffix("whole/"))
    code_shown(page)

    told = stories_in(demo_server.data)
    assert [told.count(one) for one in ("Stegens berättelse", "Hela sidans berättelse")] == [1, 1]


def test_a_story_that_is_refused_stays_and_can_be_put_right_and_the_others_come(demo_server, people, address):
    page = people.someone(bypass_csp=True)
    page.goto(address)
    page.context.set_offline(True)
    page.evaluate("document.querySelector('form[data-queues]').dataset.queues = 30000")  # as before the lab took less
    page.fill("textarea >> nth=1", "b" * 12_000)
    tell_and_wait(page, "a" * 12_000, "1")
    tell_and_wait(page, "Den andra kom fram", "2")

    page.context.set_offline(False)
    page.wait_for_selector(f"{SENT}:text-is('1')")
    page.wait_for_selector("[data-queue-is=wrong]:visible")
    assert accessibility_findings(page) == []
    hand_over(page)
    page.click("[data-queue-is=wrong]:visible [data-queue-open]")
    page.wait_for_selector("[data-summary]")
    assert page.input_value("textarea >> nth=1") == "b" * 12_000
    page.fill("textarea >> nth=1", "Kortare")
    page.click(".next button.big")
    code_shown(page)
    page.click('button[value="other"]')
    page.wait_for_selector("form[data-queues]:visible")

    until(page, "!localStorage.length")
    told = stories_in(demo_server.data)
    assert (told.count("Den andra kom fram"), told.count(f"{'a' * 12_000}\n\nKortare")) == (1, 1)


def test_a_story_whose_answer_is_lost_counts_once_and_its_code_is_handed_over(demo_server, people, address):
    page = people.someone()
    page.goto(address)
    come: list[Any] = []
    page.route("**/whole/", lambda route: (come or come.append(route.fetch()), route.abort()))
    tell_and_wait(page, "Svaret kom bort", "1")
    assert stories_in(demo_server.data).count("Svaret kom bort") == 1  # it came, but the phone does not know

    all_comes_through(page)

    assert len(hand_over(page)) == 18
    assert stories_in(demo_server.data).count("Svaret kom bort") == 1


def test_leaving_quickly_empties_the_page_and_takes_nothing_away_that_waits(people, address):
    page = people.someone()
    page.goto(address)
    no_way_through(page)
    tell_and_wait(page, "Den förra väntar", "1")
    page.fill("textarea >> nth=0", "Den här avbröts")

    page.click("[data-exit]")
    page.wait_for_url("**/calendar/")

    assert not any(is_readable(one, stored(page)) for one in ("Den förra väntar", "Den här avbröts"))
    page.goto(address)
    page.wait_for_selector(f"{WAITS}:text-is('1')")
    assert page.input_value("textarea >> nth=0") == ""
    all_comes_through(page)


def test_who_closes_the_page_while_something_waits_or_is_written_is_asked_first(people, address):
    page, asked = people.someone(), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(address)
    page.reload()
    assert asked == []
    page.click("textarea >> nth=0")
    page.keyboard.type("Nästan klart")
    page.reload()
    assert asked == ["beforeunload"]
    no_way_through(page)
    tell_and_wait(page, "Den här väntar", "1")
    page.reload()
    all_comes_through(page)

    assert asked == ["beforeunload"] * 2


def test_what_waited_when_the_link_ended_is_seen_there_and_sent(demo_server, people, address):
    page = people.someone(bypass_csp=True)
    page.goto(address)
    no_way_through(page)
    tell_and_wait(page, "Länken tog slut", "1")
    inside(demo_server.data, END.format(address.split("/")[-3]), {})

    page.goto(address.removesuffix("whole/"))
    page.wait_for_selector(f"{WAITS}:text-is('1')")
    assert accessibility_findings(page) == []
    all_comes_through(page)
    page.click("[data-queue-open]:visible")
    code_shown(page)
    page.click('button[value="other"]')
    page.wait_for_selector(".coding", state="detached")

    until(page, "!localStorage.length")
    assert stories_in(demo_server.data).count("Länken tog slut") == 1


def test_what_is_missing_is_said_before_a_story_waits_and_who_regrets_it_takes_it_away(people, address):
    page = people.someone()
    page.goto(address)
    page.context.set_offline(True)
    page.click(".next button.big")
    page.wait_for_selector("[data-lacks=words]:visible")
    page.fill("textarea >> nth=0", "Ångrade sig")
    page.click(".next button.big")
    page.wait_for_selector("[data-lacks=read_back]:visible")
    assert stored(page) == NOTHING
    page.check("[name=read_back][value=not_yet]")
    page.click(".next button.big")
    page.wait_for_selector(f"{WAITS}:text-is('1')")

    page.click("[data-queue-rows] summary")
    page.click("[data-queue-drop]:visible")

    until(page, "!localStorage.length")
    assert stored(page) == NOTHING


def test_the_first_page_of_the_link_says_what_waits_and_leads_to_it(people, address):
    page = people.someone()
    page.goto(address)
    no_way_through(page)
    tell_and_wait(page, "Den väntar här", "1")

    page.goto(address.removesuffix("whole/"))
    page.wait_for_selector(f"{WAITS}:text-is('1')")
    all_comes_through(page)
    page.click("[data-queue] a.btn")

    page.wait_for_selector("[data-queue-at]:visible")
    assert page.url == address
