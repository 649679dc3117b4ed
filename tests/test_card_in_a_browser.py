"""A card of paper on a phone of 360 px: printed, typed in beside its photo, and found again with the code of its stub."""

import re
from typing import Any

import pytest

from medskapa.stages.listening.tests.makers import a_drawing
from tests.browsing import accessibility_findings
from tests.test_ways_in_a_browser import LAB

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_a_card_is_typed_in_on_a_phone_beside_its_photo_and_found_again_with_the_stub(demo_server, people):
    leader = people.someone(bypass_csp=True)
    leader.goto(f"{demo_server.url}/en/sign-in/")
    leader.get_by_role("button", name="Be Sara Lindqvist").click()
    leader.wait_for_url(re.compile(r"/desk/$"))
    number, code = printed(leader, demo_server.url)

    leader.click(".noprint a")
    leader.fill("[name=number]", number)
    leader.set_input_files("[name=photo]", {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": a_drawing()})
    leader.click("main form[enctype] button")
    leader.wait_for_selector("textarea[name=words]")
    assert leader.evaluate("document.querySelector('img.sent').decode().then(() => document.querySelector('img.sent').naturalWidth)") > 0
    fits(leader)
    leader.fill("textarea", "I waited two years.")
    leader.check("[name=wish][value=lab]")
    leader.click("main form button.btn")
    leader.wait_for_selector("text=The photo is deleted.")
    fits(leader)

    teller = people.someone()
    teller.goto(f"{demo_server.url}/en/return/")
    teller.fill("[name=code]", code)
    teller.press("[name=code]", "Enter")
    teller.wait_for_selector("text=I waited two years.")
    assert teller.is_visible("text=Somebody wrote this for you")


def printed(leader: Any, site: str) -> tuple[str, str]:
    """The number and the code of a card that was printed."""
    leader.goto(f"{site}/en/labs/{LAB}/paper-cards/new/")
    leader.fill("[name=count]", "1")
    leader.click("main form button.btn")
    leader.wait_for_selector(".paper")
    fits(leader)
    return leader.inner_text(".paper .number"), re.sub(r"\s", "", leader.inner_text(".paper .digits"))


def fits(page: Any) -> None:
    """No rule of accessibility is broken, and nothing is wider than the phone."""
    assert accessibility_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
