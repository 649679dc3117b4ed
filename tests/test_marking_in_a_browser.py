"""A teller's own reading on a phone of 360 px: by keys and by thumb, left to right and right to left; and pages that are read aloud."""

from typing import Any

import pytest

from tests.browsing import PHONE, accessibility_findings

pytestmark = [pytest.mark.browser, pytest.mark.server]
LAB = "en-syl-i-vadret"
VOICES = """
const said = [];
const voices = [{lang: "sv-SE", localService: true}, {lang: "fa-IR", localService: true}, {lang: "en-GB", localService: false}];
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => voices, addEventListener() {}, cancel: () => said.push("quiet"),
  speak(words) { said.push(`${words.lang}: ${words.text}`); },
}});
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
window.said = said;
"""


def at_the_first_scale(people: Any, address: str, **options: Any) -> Any:
    """Begin to tell, and leave out every question."""
    teller = people.someone(**options)
    teller.goto(address)
    while not teller.query_selector(".spots"):
        before = teller.inner_text(".eyebrow")
        teller.click('button[name="go"][value="skip"], button[name="go"][value="next"]:not(:has(~ [value="skip"]))')
        teller.wait_for_function("before => document.querySelector('.eyebrow').innerText !== before", arg=before)
    return teller


@pytest.mark.parametrize("language", ["sv", "prs"])
def test_a_mark_is_placed_by_keys_and_by_thumb_and_can_be_used_by_everybody(demo_server, people, language):
    teller = at_the_first_scale(people, f"{demo_server.url}/{language}/labs/{LAB}/tell/", has_touch=True, bypass_csp=True)

    teller.focus(".spot input")
    teller.keyboard.press("Space")
    teller.keyboard.press("ArrowDown")
    assert teller.get_attribute(".spot input:checked", "value") == "10-2-0"
    teller.tap(".spot:nth-child(6)")

    assert teller.get_attribute(".spot input:checked", "value") == "2-10-0"
    first, last = (teller.locator(f".spot:{which}-child").bounding_box()["x"] for which in ("first", "last"))
    assert (first > last) is (language == "prs")
    assert accessibility_findings(teller) == []
    assert teller.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("language", ["sv", "prs"])
def test_every_place_of_a_triangle_is_reached_by_thumb(demo_server, people, language):
    teller = at_the_first_scale(people, f"{demo_server.url}/{language}/labs/{LAB}/tell/", has_touch=True, bypass_csp=True)
    while not teller.query_selector(".three"):
        before = teller.inner_text(".eyebrow")
        teller.click('button[value="skip"]')
        teller.wait_for_function("before => document.querySelector('.eyebrow').innerText !== before", arg=before)

    reached = []
    for place in range(1, 14):
        teller.tap(f".spot:nth-child({place})")
        reached.append(teller.get_attribute(".spot input:checked", "value"))

    assert len(set(reached)) == 13
    assert accessibility_findings(teller) == []
    assert teller.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("language", ["prs", "ti"])
def test_what_nobody_has_read_yet_is_read_in_certain_words_one_tap_away_and_the_beginning_stays_near(demo_server, people, language):
    teller = people.someone(bypass_csp=True)
    teller.goto(f"{demo_server.url}/{language}/labs/{LAB}/tell/")
    certain = teller.locator(".certain [lang=sv]")

    assert teller.locator("button[name=go]").bounding_box()["y"] < 2 * PHONE["height"]
    assert certain.locator("> summary").is_visible()
    assert not certain.locator(".lead").is_visible()
    certain.locator("> summary").click()

    assert certain.locator(".lead").is_visible()
    assert accessibility_findings(teller) == []
    assert teller.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("page", ["tell/", "help/", "rights/"])
def test_safety_texts_are_read_aloud_by_a_voice_of_the_phone_until_somebody_leaves(demo_server, people, page):
    teller = people.someone()
    teller.add_init_script(VOICES)
    teller.goto(f"{demo_server.url}/prs/labs/{LAB}/{page}")

    teller.click("[data-aloud]")
    said = [words for words in teller.evaluate("said") if words != "quiet"]

    assert {words.split(":")[0] for words in said} <= {"fa-IR", "sv-SE"}
    heading = teller.inner_text("h1")
    assert f"fa-IR: {heading}" in said
    assert len(said) > 5
    teller.click("[data-aloud]")
    assert teller.evaluate("said.at(-1)") == "quiet"


def test_without_a_voice_on_the_phone_nothing_offers_to_read(demo_server, people):
    teller = people.someone()
    teller.add_init_script(VOICES)

    teller.goto(f"{demo_server.url}/en/labs/{LAB}/help/")

    assert not teller.is_visible("[data-aloud]")
