"""Every page a storyteller can meet, on a phone of 360 px, in each language: axe-core finds nothing and nothing is cut off."""

import re
from typing import Any

import pytest

from medskapa.ground.web.languages import COMPLETE, FOR_TELLERS
from medskapa.outlook.demo.codes import known_tellers
from tests.browsing import accessibility_findings
from tests.test_ways_in_a_browser import LAB, NEXT, onward

pytestmark = [pytest.mark.browser, pytest.mark.server]

TELLERS = re.compile(
    rf"^(/labs|/labs/{LAB}|/labs/{LAB}/(help|rights|phases|conversations/\w+/(answer|suggest|place))|/return/mine(/(?!.*file).*)?)/$"
)
LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.pathname.replace(/^\\/[^/]+/, ''))"
ONE = re.compile(r"(?<=/)\w{12}(?=/)")


def findings(page: Any) -> list[str]:
    """What axe-core finds on the page, and how far it reaches out of the phone."""
    beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return accessibility_findings(page) + ([f"{page.url}: {beyond} px too wide"] if beyond > 0 else [])


def told(page: Any, here: str) -> list[str]:
    """Go through the steps of telling to the code; gives what is found on the way."""
    page.goto(f"{here}/labs/{LAB}/tell/")
    found = findings(page)
    onward(page)
    found += findings(page)
    page.fill("textarea", "Two years.")
    onward(page, NEXT)
    found += findings(page)
    while not page.query_selector("input[name=pictures]"):
        onward(page)
        found += findings(page)
    page.click(".next button.big")
    page.wait_for_selector(".code")
    return found + findings(page)


def pages_from(page: Any, here: str, start: str) -> list[str]:
    """Follow the links from a page, one of each kind; gives what is found."""
    found: list[str] = []
    waiting, seen = [start], set()
    for path in waiting:
        kind = ONE.sub("one", path)
        if kind in seen:
            continue
        seen.add(kind)
        page.goto(here + path)
        found += findings(page)
        waiting += [link for link in page.evaluate(LINKS) if TELLERS.search(link)]
    return found


@pytest.mark.parametrize("language", [*COMPLETE, *FOR_TELLERS])
def test_who_tells_and_comes_back_meets_no_barrier_in_any_language(demo_server, people, language):
    page = people.someone(language=language, bypass_csp=True)
    here = f"{demo_server.url}/{language}"

    found = told(page, here)
    assert page.evaluate("document.documentElement.lang") == language
    page.goto(f"{here}/return/")
    found += findings(page)
    page.fill("[name=code]", known_tellers("en")[0][0])
    page.click("form:has([name=code]) button")
    page.wait_for_selector(".echo")
    found += pages_from(page, here, "/return/mine/")

    assert found == []
