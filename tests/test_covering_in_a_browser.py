"""Covering a picture on a phone of 360 px and with a mouse: by keys, and by drawing over the fields."""

import re
from typing import Any

import pytest

from tests.browsing import accessibility_findings

pytestmark = [pytest.mark.browser, pytest.mark.server]
STORIES = "/labs/en-syl-i-vadret/stories/"


@pytest.fixture
def page(demo_server: Any, people: Any) -> Any:
    """A moderator of the demo before the picture of a released story."""
    moderator = people.someone(bypass_csp=True)
    moderator.goto(f"{demo_server.url}/ar/sign-in/")
    moderator.locator("button", has_text="Jonas").first.click()
    moderator.wait_for_url(re.compile("/ar/(?!sign-in)"))
    moderator.goto(f"{demo_server.url}/ar{STORIES}")
    moderator.locator("main a", has_text="Listan åt nästa").first.click()
    moderator.wait_for_url(re.compile(rf"{STORIES}[\w-]+/$"))
    moderator.locator('a[href*="/moderation/"]').first.click()
    moderator.wait_for_url("**/moderation/**")
    moderator.locator('a[href$="/cover/"]').first.click()
    moderator.wait_for_selector("[data-cells]")
    moderator.evaluate("document.querySelectorAll('[data-cells] input').forEach(one => { one.checked = false; })")
    return moderator


def ticked(page: Any) -> list[int]:
    return page.evaluate("[...document.querySelectorAll('[data-cells] input:checked')].map(one => Number(one.value))")


def middle_of(page: Any, cell: int) -> tuple[float, float]:
    box = page.locator(f'[data-cells] input[value="{cell}"]').bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_fields_are_covered_by_keys_and_by_drawing_over_them_and_everybody_can_use_the_page(page):
    assert accessibility_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    page.locator('[data-cells] input[value="0"]').focus()
    for key in ("ArrowRight", "ArrowDown", "Space"):
        page.keyboard.press(key)
    assert ticked(page) == [13]

    page.locator("[data-cells]").scroll_into_view_if_needed()
    page.mouse.move(*middle_of(page, 26))
    page.mouse.down()
    page.mouse.move(*middle_of(page, 40), steps=6)
    page.mouse.up()
    assert ticked(page) == [13, 26, 27, 28, 38, 39, 40]

    page.mouse.click(*middle_of(page, 27))
    assert ticked(page) == [13, 26, 28, 38, 39, 40]


def test_each_number_stands_beside_its_row(page):
    rows = page.locator(".down span")
    apart = [
        abs(rows.nth(row).bounding_box()["y"] + rows.nth(row).bounding_box()["height"] / 2 - middle_of(page, 12 * row)[1])
        for row in range(rows.count())
    ]

    assert len(apart) == 9
    assert max(apart) < 4
