"""Somebody writes for the one who tells, on a phone of 360 px: it is read back, and the code waits behind the hand-over."""

import pytest

from tests.browsing import accessibility_findings
from tests.test_ways_in_a_browser import LAB, NEXT, onward, own_story, to_the_last_step

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_what_a_friend_wrote_is_read_back_and_its_code_is_seen_only_after_the_phone_was_handed_over(demo_server, people, language):
    page = people.someone(language=language, bypass_csp=True)
    page.goto(f"{demo_server.url}/{language}/labs/{LAB}/tell/")
    page.click("details:has([name=writer]) summary")
    page.check("[name=writer][value=friend]")
    assert accessibility_findings(page) == []
    onward(page)
    page.fill("textarea", "Jag väntade i två år.")
    onward(page, NEXT)
    to_the_last_step(page)

    page.click(".next button.big")  # without an answer
    page.wait_for_selector("[data-summary]")
    page.check("[name=read_back][value=not_yet]")
    assert accessibility_findings(page) == []
    page.click(".next button.big")

    page.wait_for_selector("details.handover")
    assert not page.is_visible(".code")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.click("details.handover > summary")
    page.wait_for_selector(".code:visible")
    assert accessibility_findings(page) == []
    own_story(page, demo_server.url, language, holds="form[action*=read-back]")
    page.click("form[action*=read-back] button")
    page.wait_for_selector("h1 ~ .defs")
    page.wait_for_function("!document.querySelector('form[action*=read-back]')")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
