"""What the one script of a storyteller's pages promises, in a real browser, on three questions of its own."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

from medskapa.ground.web.tests.conftest import alone
from tests.browsing import NOTHING, accessibility_findings, all_is_written, rows, stored, until

pytestmark = pytest.mark.browser

LATE = """{
  const open = crypto.subtle.decrypt.bind(crypto.subtle);
  const isLate = new Promise((done) => { globalThis.now = done; });
  crypto.subtle.decrypt = (...all) => isLate.then(() => open(...all));
}"""


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def frame_server() -> Iterator[str]:
    """The design system's own pages at an address."""
    with override_settings(**alone(), ALLOWED_HOSTS=["localhost"]):
        server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()


def write(page: Any, words: str) -> None:
    """Write it, and wait until the page says that it is kept."""
    page.fill("#words", words)
    page.wait_for_selector("text=Saved on your phone.")


def at_question(page: Any, number: int) -> None:
    page.wait_for_selector(f".knots .now:nth-child({number})", state="attached")


def test_the_whole_telling_is_one_entry_of_the_history(frame_server, people):
    teller = people.someone()
    teller.goto(f"{frame_server}/sv/calendar/")
    teller.goto(f"{frame_server}/sv/tell/")
    entries = teller.evaluate("history.length")

    teller.fill("#words", "my own words")
    teller.click("text=Next")
    at_question(teller, 2)
    teller.click("text=Next")
    at_question(teller, 3)

    assert teller.evaluate("history.length") == entries
    teller.go_back()
    assert teller.url.endswith("/calendar/")


def test_leaving_quickly_leaves_nothing_to_come_back_to(frame_server, people):
    teller = people.someone()
    teller.goto(f"{frame_server}/sv/tell/")
    write(teller, "my own words")
    teller.click("text=Next")
    at_question(teller, 2)
    assert rows(teller) == ["tell"]

    teller.click("[data-exit]")
    teller.wait_for_url("**/calendar/")

    assert stored(teller) == NOTHING
    assert teller.context.cookies() == []
    for _ in range(3):
        teller.go_back()
        assert "my own words" not in teller.content()
    teller.reload()
    assert "my own words" not in teller.content()


def test_escape_three_times_leaves_too(frame_server, people):
    teller = people.someone()
    teller.goto(f"{frame_server}/sv/tell/")

    for _ in range(3):
        teller.keyboard.press("Escape")

    teller.wait_for_url("**/calendar/")


def test_what_was_written_is_there_again_after_a_reload(frame_server, people):
    teller = people.someone()
    teller.goto(f"{frame_server}/sv/tell/")
    write(teller, "my own words")

    teller.reload()

    until(teller, "document.querySelector('#words').value === 'my own words'")
    assert stored(teller)["localStorage"] == {}


def test_the_last_sign_that_was_typed_is_kept_too(frame_server, people):
    teller = people.someone()
    teller.goto(f"{frame_server}/sv/tell/")
    words = "as fast as somebody can who has a lot to tell"

    teller.locator("#words").press_sequentially(words)
    all_is_written(teller)
    teller.reload()

    until(teller, "document.querySelector('#words').value !== ''")
    assert teller.input_value("#words") == words


def test_what_comes_back_from_the_phone_late_takes_nothing_away_that_was_typed_meanwhile(frame_server, people):
    teller = people.someone()
    teller.goto(f"{frame_server}/sv/tell/")
    write(teller, "my old words")
    teller.add_init_script(LATE)
    teller.reload()

    teller.fill("#words", "my new words")
    teller.evaluate("now()")
    teller.wait_for_selector("text=Saved on your phone.")

    assert teller.input_value("#words") == "my new words"
    teller.reload()
    teller.evaluate("now()")
    until(teller, "document.querySelector('#words').value === 'my new words'")


def test_a_draft_of_another_day_whose_key_went_with_its_tab_is_swept_away(frame_server, people):
    teller = people.someone()
    teller.goto(f"{frame_server}/sv/tell/")
    write(teller, "my own words")
    teller.evaluate("sessionStorage.clear()")
    teller.reload()
    assert rows(teller) == ["tell"]

    teller.clock.install(time=datetime.now(UTC) + timedelta(days=1, minutes=1))
    teller.reload()

    until(teller, lambda: rows(teller) == [])


def test_reading_about_it_alone_leaves_nothing_on_the_phone(frame_server, people):
    teller = people.someone()

    teller.goto(f"{frame_server}/sv/tell/")
    teller.wait_for_timeout(300)

    assert teller.evaluate("indexedDB.databases()") == []
    assert stored(teller) == NOTHING


def test_only_who_says_keep_keeps_it_on_the_phone(frame_server, people):
    teller = people.someone()
    teller.goto(f"{frame_server}/sv/tell/")
    write(teller, "my own words")
    assert stored(teller)["localStorage"] == {}

    teller.check("[data-keep]")
    until(teller, "localStorage.length")
    all_is_written(teller)
    assert rows(teller) == ["key", "tell"]

    teller.click("[data-exit]")
    teller.wait_for_url("**/calendar/")
    assert rows(teller) == ["key", "tell"]
    teller.goto(f"{frame_server}/sv/tell/")
    until(teller, "document.querySelector('#words').value === 'my own words'")
    teller.uncheck("[data-keep]")
    until(teller, "!localStorage.length")
    all_is_written(teller)
    assert rows(teller) == ["tell"]


def test_without_network_it_waits_and_is_sent_once_when_it_comes_back(frame_server, browser):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    teller = context.new_page()
    sent = []
    teller.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    teller.goto(f"{frame_server}/sv/tell/")
    teller.fill("#words", "my own words")
    key = teller.input_value("[name=form_key]")

    context.set_offline(True)
    teller.click("text=Next")
    teller.wait_for_selector("text=No network just now.")
    assert teller.input_value("#words") == "my own words"
    context.set_offline(False)
    at_question(teller, 2)

    assert all(key in body for body in sent)
    assert len(sent) == 2
    context.close()


def test_what_is_sent_is_forgotten_in_the_browser(frame_server, people):
    teller = people.someone()
    teller.goto(f"{frame_server}/sv/tell/")
    teller.fill("#words", "my own words")
    for number in (2, 3):
        teller.click("text=Next")
        at_question(teller, number)
    teller.click("text=Next")
    teller.wait_for_selector("text=Thank you")

    until(teller, "!sessionStorage.length")
    assert stored(teller) == NOTHING


def test_words_can_be_hidden_from_eyes_over_the_shoulder(frame_server, people):
    teller = people.someone()
    teller.goto(f"{frame_server}/sv/tell/")
    teller.fill("#words", "my own words")

    teller.check("text=Hide what I wrote")

    assert teller.evaluate("getComputedStyle(document.querySelector('#words')).color") == "rgba(0, 0, 0, 0)"


def test_all_of_it_works_without_javascript(frame_server, people):
    teller = people.someone(java_script_enabled=False)
    teller.goto(f"{frame_server}/sv/tell/")
    for number in (2, 3):
        teller.fill("#words", "my own words")
        teller.click("text=Next")
        at_question(teller, number)
    teller.click("text=Next")
    teller.wait_for_selector("text=Thank you")

    teller.click("[data-exit]")
    teller.wait_for_url("**/calendar/")


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sv/style/",
        "/ar/style/",
        "/sv/tell/",
        "/prs/tell/",
        "/ti/tell/",
        "/ckb/tell/",
        "/sv/calendar/",
        "/so/stories/",
        "/en/nowhere/",
    ],
)
def test_pages_of_the_frame_can_be_used_by_everybody(frame_server, people, path, is_dark):
    visitor = people.someone(is_dark=is_dark, bypass_csp=True)
    visitor.goto(f"{frame_server}{path}")

    assert accessibility_findings(visitor) == []
    assert visitor.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_page_of_the_frame_loads_nothing_that_its_policy_forbids(frame_server, people):
    visitor = people.someone()

    for path in ("/sv/style/", "/sv/tell/", "/sv/form/"):
        visitor.goto(f"{frame_server}{path}")
