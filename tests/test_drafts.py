"""What is not yet sent waits on the phone: nobody can read it there, it is sent once, and it goes when it should."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import NOTHING, PATIENCE, PHONE, accessibility_findings, all_is_written, rows, stored, until
from tests.conftest import BARE, chromium
from tests.sending import inside, stories_in
from tests.test_ways_in_a_browser import LAB, draw, files_of, onward, own_story, speak, to_the_last_step

pytestmark = [pytest.mark.browser, pytest.mark.server]
NOT_NOW = "Vi kan inte ta emot det just nu. Det ligger kvar på telefonen och skickas av sig självt."
WORDS = {"sv": "Jag väntade två år på ett {} svar", "prs": "من دو سال برای یک {} جواب انتظار کشیدم"}
TOLD_IN = ["prs", "ar", "sv", "en", "so", "ti", "ps", "ckb"]  # as the demo has it
SWITCH = """
from medskapa.ground.labs.models import Lab
Lab.objects.filter(slug="{}").update(languages={})
"""
LANGUAGE = """
from medskapa.ground.ledger.sealing import unseal
from medskapa.stages.listening.models import Story
print(*(one.row.language for one in unseal(Story.objects.all(), only=["words"]) if one.words == "{}"))
"""
REFUSES = {
    "no database": "Object.defineProperty(globalThis, 'indexedDB', { value: undefined })",
    "no sealing": "Object.defineProperty(crypto, 'subtle', { value: undefined })",
    "a database that does not open": "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError') }",
    "no storage at all": "for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])"
    " Object.defineProperty(globalThis, name, { get() { throw new DOMException('', 'SecurityError') } })",
}


def address(server: Any, language: str = "sv") -> str:
    return f"{server.url}/{language}/labs/{LAB}/tell/"


def at_the_first_question(teller: Any, server: Any, language: str = "sv") -> Any:
    teller.goto(address(server, language))
    onward(teller)
    return teller


def write(teller: Any, words: str) -> None:
    """Write it, and wait until the page says that it is kept."""
    teller.fill("textarea", words)
    teller.wait_for_selector("[data-saved]:visible")


def keep(teller: Any) -> None:
    teller.check("[data-keep]")
    until(teller, "localStorage.length === 1")


def to_the_end(teller: Any) -> None:
    """Go on with what is answered here, and leave out the other questions."""
    before = teller.inner_text(".eyebrow")
    teller.click('button[value="next"]')
    teller.wait_for_selector(f'.eyebrow:not(:text-is("{before}"))')
    to_the_last_step(teller)


def send(teller: Any) -> None:
    teller.click(".next button.big")


def send_in_vain(teller: Any, how: Callable[[Any], Any] = lambda route: route.abort(), why: str = "offline") -> None:
    """Send what does not come through; the page says that it waits, and why."""
    teller.route("**/tell/send/", how)
    send(teller)
    teller.wait_for_selector(f"[data-{why}]:visible")
    all_is_written(teller)


def is_readable(words: str, where: Any) -> bool:
    """Whether any longer word of it stands there: in what a browser says that it holds, or in the bytes of its files."""
    found = where if isinstance(where, bytes) else repr(where).encode()
    return any(word.encode(how) in found for word in words.split() if len(word) > 4 for how in ("utf-8", "utf-16-le"))


def on_disk(profile: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(profile.rglob("*")) if path.is_file() and not path.is_symlink())


@contextmanager
def a_phone(browser_type: Any, profile: Path) -> Iterator[Any]:
    """A browser of one's own with its profile on the disk; it is closed when this ends, and can be started again on the same profile."""
    context = browser_type.launch_persistent_context(
        profile, executable_path=chromium(), args=list(BARE), viewport=PHONE, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    try:
        yield context.pages[0] if context.pages else context.new_page()
    finally:
        context.close()


@pytest.mark.parametrize("language", WORDS)
def test_nobody_can_read_a_draft_and_a_reload_loses_neither_words_nor_voice_nor_pictures(demo_server, people, language):
    teller, words = people.someone(bypass_csp=True), WORDS[language].format("longer")
    at_the_first_question(teller, demo_server, language)
    write(teller, words)
    speak(teller)
    to_the_end(teller)
    draw(teller)
    teller.set_input_files("[name=pictures]", {"name": "gatan.png", "mimeType": "image/png", "buffer": b"of the street"})
    until(teller, "document.querySelector('[name=pictures]').files.length === 2")
    all_is_written(teller)

    lying = stored(teller)
    assert rows(teller) == [f"{language}~tell-{lab_of(teller)}{part}" for part in ("", "/drawing", "/pictures", "/voice")]
    assert not is_readable(f"{words} gatan.png street", lying)
    assert lying["localStorage"] == {}

    teller.reload()
    onward(teller)
    until(teller, f"document.querySelector('textarea').value === '{words}'")
    teller.wait_for_selector("[data-voice-listen]:visible")
    to_the_end(teller)
    assert (files_of(teller, "recording"), files_of(teller, "pictures")) == (["audio/webm"], ["image/png", "image/png"])


def test_what_was_begun_in_a_language_that_is_off_now_is_not_kept_as_another_but_gone_on_with(demo_server, people):
    teller, words = people.someone(), WORDS["prs"].format("خاموش")
    at_the_first_question(teller, demo_server, "prs")
    write(teller, words)
    to_the_end(teller)
    switch(demo_server, str(TOLD_IN[1:]))
    try:
        teller.goto(address(demo_server, "prs"))
        assert "/sv/" in teller.url
        teller.wait_for_selector("[data-elsewhere]:visible")
        onward(teller)
        teller.wait_for_timeout(500)
        assert teller.input_value("textarea") == ""

        teller.goto(address(demo_server))
        teller.click("[data-elsewhere] button:text-is('دری')")
        until(teller, "document.documentElement.lang === 'prs'")
        onward(teller)
        until(teller, f"document.querySelector('textarea').value === '{words}'")
        to_the_end(teller)
        send(teller)
        teller.wait_for_selector(".code")
    finally:
        switch(demo_server, str(TOLD_IN))

    assert inside(demo_server.data, LANGUAGE.format(words), {}).split() == ["prs"]


def switch(server: Any, languages: str) -> None:
    """Let people tell in these languages and no others."""
    inside(server.data, SWITCH.format(LAB, languages), {})


def test_who_changes_language_before_a_word_is_told_is_offered_nothing(demo_server, people):
    teller = at_the_first_question(people.someone(), demo_server, "en")

    teller.goto(address(demo_server))
    teller.wait_for_timeout(500)

    assert not teller.is_visible("[data-elsewhere]")


def lab_of(teller: Any) -> str:
    return str(teller.get_attribute("form[data-draft]", "data-draft")).partition("~tell-")[2]


def test_a_recording_that_a_reload_cuts_off_is_there_as_far_as_it_went(demo_server, people):
    teller = at_the_first_question(people.someone(), demo_server)
    teller.click("[data-voice] summary")
    teller.click("[data-voice-do=record]:visible")
    until(teller, lambda: any(row.endswith("/voice") for row in rows(teller)))

    teller.reload()
    onward(teller)

    teller.wait_for_selector("[data-voice-listen]:visible")
    to_the_end(teller)
    assert files_of(teller, "recording") == ["audio/webm"]


def test_without_keep_a_restart_of_the_browser_leaves_nothing_that_can_be_read(demo_server, browser, tmp_path):
    words = WORDS["sv"].format("hemligt")
    with a_phone(browser.browser_type, tmp_path) as teller:
        at_the_first_question(teller, demo_server)
        write(teller, words)
        speak(teller)
        teller.evaluate("localStorage.setItem('seen', 'what is found if it is there')")

    assert is_readable("found", on_disk(tmp_path))
    assert not is_readable(words, on_disk(tmp_path))
    with a_phone(browser.browser_type, tmp_path) as teller:
        at_the_first_question(teller, demo_server)
        teller.wait_for_timeout(500)
        assert teller.input_value("textarea") == ""
        assert not teller.is_visible("[data-voice-listen]")
        assert stored(teller)["sessionStorage"].keys() <= {"medskapa:tab"}


def test_with_keep_a_story_that_waits_survives_a_restart_and_is_sent_once_with_its_voice(demo_server, browser, tmp_path):
    words = WORDS["sv"].format("ordentligt")
    with a_phone(browser.browser_type, tmp_path) as teller:
        at_the_first_question(teller, demo_server)
        write(teller, words)
        keep(teller)
        speak(teller)
        to_the_end(teller)
        teller.context.set_offline(True)
        send(teller)
        teller.wait_for_selector("[data-offline]:visible")
        all_is_written(teller)
        assert "key that cannot be read out" in stored(teller)["rows"]["key"]
        assert stored(teller)["sessionStorage"] == {}

    assert not is_readable(words, on_disk(tmp_path))
    with a_phone(browser.browser_type, tmp_path) as teller:
        teller.goto(address(demo_server))
        teller.wait_for_selector(".code")
        until(teller, "!localStorage.length")
        assert stored(teller)["rows"] == {}
        own_story(teller, demo_server.url, "sv")
        assert teller.locator("figure audio").count() == 1
    assert stories_in(demo_server.data).count(words) == 1


@pytest.mark.parametrize("language", WORDS)
def test_a_story_whose_answer_is_lost_waits_in_sight_and_is_there_exactly_once(demo_server, people, language):
    people.may_lose_the_network()
    teller, words = people.someone(bypass_csp=True), WORDS[language].format("exactly")
    at_the_first_question(teller, demo_server, language)
    write(teller, words)
    to_the_end(teller)
    come: list[Any] = []
    send_in_vain(teller, lambda route: (come or come.append(route.fetch()), route.abort()))
    assert stories_in(demo_server.data).count(words) == 1  # it came, but the phone does not know

    teller.reload()
    teller.wait_for_selector("[data-waits]:visible")
    assert not teller.is_visible("form[data-draft]")
    assert accessibility_findings(teller) == []
    assert teller.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert not is_readable(words, stored(teller))

    teller.unroute("**/tell/send/")
    teller.evaluate("dispatchEvent(new Event('online'))")
    teller.wait_for_selector(".code")
    until(teller, "!sessionStorage.length")
    assert stored(teller) == NOTHING
    assert stories_in(demo_server.data).count(words) == 1


def test_a_story_that_waits_can_be_opened_and_changed_first(demo_server, people):
    people.may_lose_the_network()
    teller, words = at_the_first_question(people.someone(), demo_server), WORDS["sv"].format("annat")
    write(teller, words)
    to_the_end(teller)
    send_in_vain(teller)
    teller.reload()
    teller.click("[data-change]")
    teller.unroute("**/tell/send/")

    onward(teller)
    until(teller, f"document.querySelector('textarea').value === '{words}'")
    teller.fill("textarea", f"{words}, nej, tre")
    to_the_end(teller)
    send(teller)

    teller.wait_for_selector(".code")
    assert [told for told in stories_in(demo_server.data) if told and told.startswith(words)] == [f"{words}, nej, tre"]


def test_a_story_that_the_server_cannot_take_just_now_waits_and_is_sent_whole_with_its_voice(demo_server, people):
    teller, words = at_the_first_question(people.someone(), demo_server), WORDS["sv"].format("avbrutet")
    write(teller, words)
    speak(teller)
    to_the_end(teller)
    send_in_vain(teller, lambda route: route.fulfill(status=503, content_type="text/html", body="<h1>Not now</h1>"), "later")
    assert said_while_waiting(teller) == [NOT_NOW]
    teller.reload()
    teller.wait_for_selector("[data-waits] [data-later]:visible")
    teller.wait_for_timeout(500)
    assert said_while_waiting(teller) == [NOT_NOW]
    teller.unroute("**/tell/send/")
    people.faults.clear()  # the server said that it could not take it
    teller.evaluate("dispatchEvent(new Event('online'))")
    teller.wait_for_selector(".code")
    own_story(teller, demo_server.url, "sv")

    assert teller.locator("figure audio").count() == 1
    assert stories_in(demo_server.data).count(words) == 1


def said_while_waiting(teller: Any) -> list[str]:
    return [note.inner_text() for note in teller.locator("[data-offline]:visible, [data-later]:visible").all()]


def test_a_story_that_waits_longer_than_the_session_asks_for_the_code_and_goes_out_once(demo_server, people):
    people.may_lose_the_network()
    teller, words = at_the_first_question(people.someone(), demo_server), WORDS["sv"].format("återkommande")
    teller.fill("textarea", "Det första")
    to_the_end(teller)
    send(teller)
    code = teller.inner_text(".code")
    come_in(teller, f"{demo_server.url}/sv/return/", code)
    at_the_first_question(teller, demo_server)
    write(teller, words)
    speak(teller)
    to_the_end(teller)
    send_in_vain(teller)
    teller.unroute("**/tell/send/")
    teller.context.clear_cookies()

    teller.evaluate("dispatchEvent(new Event('online'))")
    come_in(teller, "", code)

    assert stories_in(demo_server.data).count(words) == 1
    until(teller, lambda: rows(teller) == [])


def come_in(teller: Any, page: str, code: str) -> None:
    """Type the code on this page, or on the one that is open."""
    if page:
        teller.goto(page)
    teller.fill("[name=code]", code)
    teller.click("form:has([name=code]) button")
    teller.wait_for_url("**/return/mine/")


def test_who_changes_a_story_stops_the_send_that_is_on_its_way(demo_server, people):
    people.may_lose_the_network()
    teller, held = at_the_first_question(people.someone(), demo_server), []
    write(teller, WORDS["sv"].format("ogjort"))
    to_the_end(teller)
    send_in_vain(teller)
    teller.unroute("**/tell/send/")
    teller.route("**/tell/send/", lambda route: held.append(route))
    teller.reload()
    teller.wait_for_selector("[data-waits]:visible")
    until(teller, lambda: held)
    with teller.expect_event("requestfailed"):
        teller.click("[data-change]")

    teller.evaluate("dispatchEvent(new Event('online'))")
    teller.wait_for_timeout(500)
    assert teller.is_visible("form[data-draft]")
    assert len(held) == 1


def test_what_is_changed_after_the_first_had_come_unseen_can_be_sent_anew(demo_server, people):
    people.may_lose_the_network()
    teller, words = at_the_first_question(people.someone(), demo_server), WORDS["sv"].format("tidigare")
    write(teller, words)
    to_the_end(teller)
    come: list[Any] = []
    send_in_vain(teller, lambda route: (come or come.append(route.fetch()), route.abort()))
    teller.reload()
    teller.click("[data-change]")
    teller.unroute("**/tell/send/")
    onward(teller)
    until(teller, f"document.querySelector('textarea').value === '{words}'")
    teller.fill("textarea", f"{words}, nej, tre")
    to_the_end(teller)
    send(teller)
    until(teller, "!document.querySelector('form[data-draft]')")  # it says that the first is kept

    at_the_first_question(teller, demo_server)
    until(teller, f"document.querySelector('textarea').value === '{words}, nej, tre'")
    to_the_end(teller)
    send(teller)

    teller.wait_for_selector(".code")
    assert sorted(told for told in stories_in(demo_server.data) if told and told.startswith(words)) == [words, f"{words}, nej, tre"]


@pytest.mark.parametrize("language", WORDS)
def test_leaving_quickly_empties_the_browser_and_going_back_shows_no_word(demo_server, people, language):
    teller, words = people.someone(), WORDS[language].format("quickly")
    at_the_first_question(teller, demo_server, language)
    write(teller, words)
    speak(teller)

    teller.click("[data-exit]")
    teller.wait_for_url("**/calendar/")

    assert stored(teller) == NOTHING
    assert teller.context.cookies() == []
    for _ in range(3):
        teller.go_back()
        assert not is_readable(words, teller.content())


@pytest.mark.parametrize("script", REFUSES.values(), ids=REFUSES.keys())
def test_where_the_browser_keeps_nothing_the_telling_works_all_the_same(demo_server, people, script):
    teller, words = people.someone(), WORDS["sv"].format(f"ändå {len(script)}")
    teller.add_init_script(script)
    at_the_first_question(teller, demo_server)
    teller.fill("textarea", words)
    speak(teller)
    to_the_end(teller)
    assert not teller.is_visible("[data-saved]")
    send(teller)

    teller.wait_for_selector(".code")
    assert stories_in(demo_server.data).count(words) == 1
