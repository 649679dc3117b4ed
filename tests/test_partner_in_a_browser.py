"""A partner collects on a phone of 360 px: one person after the other, and nothing of the one before stays in the browser."""

import re
from typing import Any

import pytest

from tests.browsing import DESK, NOTHING, accessibility_findings, stored
from tests.test_ways_in_a_browser import LAB, NEXT, onward, to_the_last_step

pytestmark = [pytest.mark.browser, pytest.mark.server]


def a_link(demo_server: Any, people: Any) -> str:
    """The process leader makes a link, and its address."""
    leader = people.someone(size=DESK)
    leader.goto(f"{demo_server.url}/en/sign-in/")
    leader.get_by_role("button", name="Be Sara Lindqvist").click()
    leader.wait_for_url(re.compile(r"/desk/$"))
    leader.goto(f"{demo_server.url}/en/labs/{LAB}/partners/new/")
    leader.select_option("[name=organisation]", index=1)
    leader.fill("[name=ends_on]", "2099-12-31")
    leader.click("main form button.btn")
    leader.wait_for_selector(".defs")
    return leader.get_attribute('a[href*="/tell/for/"]', "href")


def write(page: Any, words: str) -> None:
    page.check("[name=writer][value=organisation]")
    onward(page)
    page.fill("textarea", words)


def told(page: Any, words: str) -> str:
    """Somebody writes a story for another, who sees their code in the end; gives the code."""
    write(page, words)
    onward(page, NEXT)
    to_the_last_step(page)
    page.check("[name=read_back][value=yes]")
    page.click(".next button.big")
    page.wait_for_selector("details.handover")
    page.click("details.handover > summary")
    return "".join(re.findall(r"\d{3}", page.inner_text(".code")))


def test_two_people_tell_on_one_phone_and_the_second_finds_nothing_of_the_first(demo_server, people):
    address = a_link(demo_server, people)
    page = people.someone(bypass_csp=True)
    page.goto(address)
    assert accessibility_findings(page) == []

    first = told(page, "The first person waited.")
    page.click('button[value="other"]')
    page.wait_for_selector("[name=writer]")

    assert stored(page) == NOTHING
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    second = told(page, "The second person asked.")
    assert first != second
    page.click('button[value="other"]')
    page.wait_for_selector("[name=writer]")
    page.go_back()
    assert first not in re.sub(r"\s", "", page.inner_text("body"))
    assert second not in re.sub(r"\s", "", page.inner_text("body"))


def test_who_breaks_off_leaves_no_words_for_the_next_person(demo_server, people):
    address = a_link(demo_server, people)
    page = people.someone()
    page.goto(address)
    write(page, "The first person waited.")
    page.wait_for_function("async () => (await indexedDB.databases()).length > 0")

    page.goto(address)
    page.wait_for_function("async () => !(await indexedDB.databases()).length")
    onward(page)
    left = page.input_value("textarea")
    page.fill("textarea", "The second person asked.")
    page.click("details:has([data-forget]) summary")
    page.click("[data-forget]")
    page.wait_for_selector("[name=writer]")
    onward(page)

    assert (left, page.input_value("textarea")) == ("", "")


def test_what_waits_for_network_on_a_partners_phone_can_neither_be_read_nor_opened_there(demo_server, people):
    page = people.someone()
    page.goto(a_link(demo_server, people))
    write(page, "The first person waited.")
    onward(page, NEXT)
    to_the_last_step(page)
    page.check("[name=read_back][value=yes]")
    people.may_lose_the_network()
    page.context.set_offline(True)
    page.click(".next button.big")
    page.wait_for_selector("#waits [data-offline]:visible")
    whole = page.content()
    page.context.set_offline(False)
    page.wait_for_selector("details.handover")

    page.click("details.handover > summary")
    code = re.sub(r"\s", "", page.inner_text(".code"))
    page.context.set_offline(True)
    page.click('button[value="other"]')
    page.wait_for_selector("#gone [data-offline]:visible")
    bare = re.sub(r"\s", "", page.inner_text("main"))
    page.context.set_offline(False)
    page.wait_for_selector("[name=writer]")

    assert ("The first person waited." in whole, "data-change" in whole, code in bare) == (False, False, False)
    assert stored(page) == NOTHING
