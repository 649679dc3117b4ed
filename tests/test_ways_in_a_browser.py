"""Telling by voice and by drawing on a phone of 360 px, with a microphone that beeps."""

import re
from typing import Any

import pytest

from medskapa.stages.listening.tests.test_pictures import a_file
from tests.browsing import accessibility_findings

pytestmark = [pytest.mark.browser, pytest.mark.server]
LAB = "en-syl-i-vadret"
LEAVE_OUT = 'button[name="go"][value="skip"], button[name="go"][value="next"]:not(:has(~ [value="skip"]))'
NEXT = 'button[name="go"][value="next"]'
NO_MICROPHONE = 'navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"))'


def onward(teller: Any, button: str = LEAVE_OUT) -> None:
    """To the next step, leaving the question out unless another button says so."""
    before = teller.inner_text(".eyebrow")
    teller.click(button)
    teller.wait_for_selector(f'.eyebrow:not(:text-is("{before}"))')


def to_the_last_step(teller: Any) -> None:
    while not teller.query_selector("input[name=pictures]"):
        onward(teller)


def who_tells(people: Any, address: str, **options: Any) -> Any:
    teller = people.someone(**options)
    teller.goto(address)
    onward(teller)
    return teller


def speak(teller: Any, *, seconds: int = 1) -> None:
    """Record a little more than so many seconds."""
    if not teller.locator("[data-voice-do=record]:visible").count():
        teller.click("[data-voice] summary")
    teller.click("[data-voice-do=record]:visible")
    until_it_runs(teller, seconds)
    teller.click("[data-voice-do=stop]")
    teller.wait_for_selector("[data-voice-listen]:visible")


def until_it_runs(teller: Any, seconds: int = 1) -> None:
    """Wait for the clock of the recording; a browser with much to do does not show each second of it."""
    teller.wait_for_selector(f'[data-voice-clock]:text-matches("^0:0[{seconds}-9]|^0:[1-9]|^[1-9]")')


def draw(teller: Any) -> None:
    teller.click("[data-drawing] summary")
    teller.locator("canvas").scroll_into_view_if_needed()
    box = teller.locator("canvas").bounding_box()
    teller.mouse.move(box["x"] + 30, box["y"] + 30)
    teller.mouse.down()
    teller.mouse.move(box["x"] + 120, box["y"] + 90)
    teller.mouse.up()


def files_of(teller: Any, name: str) -> list[str]:
    return teller.evaluate(f"[...document.querySelector('[name={name}]').files].map(file => file.type.split(';')[0])")


def own_story(teller: Any, url: str, language: str, holds: str = "figure audio") -> None:
    """Come back with the code that the page shows, and open the story."""
    code = "".join(re.findall(r"\d{3}", teller.inner_text(".code")))
    teller.goto(f"{url}/{language}/return/")
    teller.fill("[name=code]", code)
    teller.click("form:has([name=code]) button")
    teller.wait_for_selector(".echo")
    teller.click('.echo a[href*="/return/mine/"]')
    teller.wait_for_selector(holds)


@pytest.mark.parametrize("language", ["sv", "prs"])
def test_a_voice_and_a_drawing_are_sent_with_the_story_and_come_back_with_the_code(demo_server, people, language):
    teller = who_tells(people, f"{demo_server.url}/{language}/labs/{LAB}/tell/", bypass_csp=True)
    teller.click("[data-voice] summary")
    assert accessibility_findings(teller) == []

    speak(teller, seconds=2)  # what is heard of it begins a little after the clock
    to_the_last_step(teller)
    draw(teller)

    assert (files_of(teller, "recording"), files_of(teller, "pictures")) == (["audio/webm"], ["image/png"])
    assert accessibility_findings(teller) == []
    assert teller.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    teller.click(".next button.big")
    teller.wait_for_selector(".code")
    own_story(teller, demo_server.url, language)
    sound = "(async () => { const a = document.querySelector('figure audio'); a.muted = true; await a.play(); return a.duration; })()"
    assert 1 <= teller.evaluate(sound) < 10
    assert teller.evaluate("document.querySelector('figure img').naturalWidth") == 960


@pytest.mark.parametrize("language", ["sv", "prs"])
def test_a_chosen_photo_is_sent_with_the_story_and_comes_back_with_the_code(demo_server, people, language):
    teller = who_tells(people, f"{demo_server.url}/{language}/labs/{LAB}/tell/", bypass_csp=True)
    to_the_last_step(teller)
    photo = {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": a_file(size=(1200, 900), turned=6)}

    teller.set_input_files("[name=pictures]", files=[photo])

    assert teller.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    teller.click(".next button.big")
    teller.wait_for_selector(".code")
    own_story(teller, demo_server.url, language, holds="figure img")
    assert teller.evaluate("[...document.querySelectorAll('figure img')].map(one => [one.naturalWidth, one.naturalHeight])") == [
        [900, 1200]
    ]
    assert teller.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert accessibility_findings(teller) == []


def test_the_page_s_own_policy_lets_a_teller_listen_to_themselves(demo_server, people):
    teller = who_tells(people, f"{demo_server.url}/sv/labs/{LAB}/tell/")

    speak(teller)

    assert teller.evaluate("document.querySelector('[data-voice-listen]').play().then(() => 'heard', String)") == "heard"


def test_a_recording_can_be_done_again_and_deleted_and_then_nothing_is_sent_of_it(demo_server, people):
    teller = who_tells(people, f"{demo_server.url}/sv/labs/{LAB}/tell/")
    speak(teller)
    first = teller.get_attribute("[data-voice-listen]", "src")

    speak(teller)
    assert teller.get_attribute("[data-voice-listen]", "src") != first
    teller.click("[data-voice-do=delete]")

    assert teller.inner_text("[data-voice-says]") == "Den är raderad."
    to_the_last_step(teller)
    assert files_of(teller, "recording") == []


def test_a_microphone_that_cannot_be_used_is_said_and_writing_goes_on(demo_server, people):
    teller = people.someone()
    teller.add_init_script(NO_MICROPHONE)
    teller.goto(f"{demo_server.url}/sv/labs/{LAB}/tell/")
    onward(teller)

    teller.click("[data-voice] summary")
    teller.click("[data-voice-do=record]")

    teller.wait_for_selector("[data-voice-says]:has-text('Mikrofonen går inte att använda här.')")
    assert teller.is_visible("textarea")
    to_the_last_step(teller)
    assert teller.is_visible("[name=recording]")  # a file can be chosen instead


def test_a_story_that_is_sent_while_it_records_brings_what_was_said_so_far(demo_server, people):
    teller = who_tells(people, f"{demo_server.url}/sv/labs/{LAB}/tell/")
    to_the_last_step(teller)
    teller.click("[data-voice] summary")
    teller.click("[data-voice-do=record]:visible")
    until_it_runs(teller)

    teller.click(".next button.big")

    teller.wait_for_selector(".code")
    own_story(teller, demo_server.url, "sv")
    assert teller.locator("figure audio").count() == 1


def test_a_voice_waits_for_the_network_and_is_sent_once(demo_server, people):
    teller = who_tells(people, f"{demo_server.url}/sv/labs/{LAB}/tell/")
    speak(teller)
    to_the_last_step(teller)

    people.may_lose_the_network()
    teller.route("**/tell/send/", lambda route: route.abort())
    teller.click(".next button.big")
    teller.wait_for_selector("[data-offline]:visible")
    teller.unroute("**/tell/send/")
    teller.evaluate("dispatchEvent(new Event('online'))")

    teller.wait_for_selector(".code")
    own_story(teller, demo_server.url, "sv")
    assert teller.locator("figure audio").count() == 1


def test_a_file_that_is_refused_comes_back_with_voice_and_drawing_in_place(demo_server, people):
    teller = who_tells(people, f"{demo_server.url}/sv/labs/{LAB}/tell/")
    speak(teller)
    to_the_last_step(teller)
    draw(teller)
    teller.set_input_files("[name=pictures]", {"name": "film.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"})

    teller.click(".next button.big")

    teller.wait_for_selector(".err:has-text('En av filerna är ingen bild')")
    assert files_of(teller, "recording") == ["audio/webm"]
    assert files_of(teller, "pictures") == ["image/jpeg", "image/png"]


def test_leaving_quickly_forgets_the_voice(demo_server, people):
    teller = who_tells(people, f"{demo_server.url}/sv/labs/{LAB}/tell/")
    speak(teller)

    teller.click("[data-exit]")
    teller.wait_for_url("**/calendar/")
    teller.goto(f"{demo_server.url}/sv/labs/{LAB}/tell/")
    to_the_last_step(teller)

    assert files_of(teller, "recording") == []
