"""Joining a gathering on a phone of 360 px: without JavaScript, from right to left, and with the keyboard alone."""

import re
from typing import Any

import pytest

from tests.browsing import DESK, People, accessibility_findings
from tests.serving import Server
from tests.test_keyboard import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.server]
LAB = "/en/labs/en-syl-i-vadret/"


def is_fit(page: Any) -> bool:
    """Whether nothing is wider than the phone."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.fixture(scope="module")
def digits(demo_server: Server, browser: Any) -> str:
    """A facilitator plans a meeting, lets people join, and reads the digits off the page for the wall."""
    page = People(browser).someone(size=DESK)
    page.goto(f"{demo_server.url}/en/sign-in/")
    page.get_by_role("button", name="Be Elin Brantsjö").click()
    page.wait_for_url(re.compile(r"/desk/$"))
    page.goto(f"{demo_server.url}{LAB}calendar/new/")
    page.get_by_label("What is it called?").fill("Eight at the library")
    page.get_by_label("Meeting").check()
    page.get_by_label("Starts").fill("2099-05-04T10:00")
    page.get_by_label("Ends").fill("2099-05-04T15:00")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Let people join").click()
    page.get_by_role("button", name="Let people join").click()
    page.wait_for_selector(".digits")
    assert accessibility_findings(page) == []
    return page.locator(".digits").inner_text()


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_a_gathering_is_joined_without_javascript(demo_server, people, digits, language):
    phone = people.someone(java_script_enabled=False)
    phone.goto(f"{demo_server.url}/{language}/join/")
    fits = [is_fit(phone)]

    phone.fill("[name=digits]", digits)
    phone.click("main .btn.big")
    phone.wait_for_url(re.compile(r"digits=\d{6}$"))
    fits.append(is_fit(phone))
    phone.check("[value='13_15']")
    phone.click("[name=as][value=new]")
    phone.wait_for_selector(".code")
    fits.append(is_fit(phone))
    phone.click(".ask a.btn.two")
    phone.wait_for_url(re.compile(r"/in/$"))
    fits.append(is_fit(phone))

    assert phone.inner_text("h1") == "Eight at the library"
    assert fits == [True] * 4


def test_a_gathering_is_joined_with_the_keyboard_alone(demo_server, people, digits):
    page = people.someone()
    page.goto(f"{demo_server.url}/en/join/")
    findings = accessibility_findings(page)

    tab_to(page, "INPUT")
    page.keyboard.type(digits)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"digits=\d{6}$"))
    findings += accessibility_findings(page)
    tab_to(page, "Come in")
    page.keyboard.press("Enter")
    page.wait_for_selector(".code")
    findings += accessibility_findings(page)
    tab_to(page, "I have saved the code")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/in/$"))
    assert findings + accessibility_findings(page) == []
    tab_to(page, "What happens when, and the tables")
