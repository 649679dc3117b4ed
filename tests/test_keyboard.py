"""Each stage of the thread walked with the keyboard alone: past the rail, to what can be done there, and on."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browsing import DESK, People
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

LAB = "/en/labs/en-syl-i-vadret/"
STAGES = {  # where, and what is done there
    "listen": ("stories/", "Tell a story"),
    "understand": ("insights/", "Draft"),
    "frame": ("challenges/", "How might July become a time that counts"),
    "create": ("ideas/", "Share an idea"),
    "prototype": ("prototypes/", "Seven days before, seven days after"),
    "choose": ("calls/", "Write a call"),
    "support": ("support/", "Agree on support"),
    "realise": ("pilots/", "Plan a pilot"),
    "spread": ("adoptions/", "Älvhamra"),
    "back": ("thread/echoes/", "Who waits"),
}
MOST_STOPS = 40
FOCUSED = """() => {
  const here = document.activeElement;
  const isShown = part => {
    const style = getComputedStyle(part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  };
  const box = here.getBoundingClientRect();
  return {
    name: (here.innerText || here.getAttribute("aria-label") || here.tagName).replace(/\\s+/g, " ").trim(),
    isInMain: here.closest("main") !== null,
    isSeen: [here, here.closest("label")].some(part => part && isShown(part)) && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def focused(page: Any) -> dict[str, Any]:
    """What the next key would act on. Fails if that cannot be seen."""
    found: dict[str, Any] = page.evaluate(FOCUSED)
    assert found["isSeen"], found
    return found


def tab_to(page: Any, name: str) -> None:
    """Go on with Tab until the focus lies on something of this name."""
    passed = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        passed.append(focused(page)["name"])
        if passed[-1].startswith(name):
            return
    raise AssertionError(f"{name!r} is not among the first stops: {passed}")


@pytest.mark.parametrize("stage", STAGES)
def test_what_can_be_done_at_a_stage_is_reached_with_the_keyboard_alone(demo_server: Server, people: People, stage: str):
    path, action = STAGES[stage]
    page = people.someone(size=DESK)
    page.goto(f"{demo_server.url}/en/sign-in/")
    tab_to(page, "Be Lovisa Grankvarn")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/desk/$"))
    page.goto(f"{demo_server.url}{LAB}{path}")

    page.keyboard.press("Tab")
    assert focused(page)["name"] == "To the content"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#main$"))
    page.keyboard.press("Tab")
    assert focused(page)["isInMain"]
    page.locator("main").evaluate("main => main.setAttribute('tabindex', '-1') || main.focus()")
    tab_to(page, action)
    page.keyboard.press("Enter")

    expect(page).not_to_have_url(re.compile(rf"{path}$"))


def test_a_story_is_told_with_the_keyboard_alone(demo_server, people):
    page = people.someone()
    page.goto(f"{demo_server.url}{LAB}tell/")

    tab_to(page, "Begin")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).not_to_have_text("Before you tell")
    tab_to(page, "TEXTAREA")
    page.keyboard.type("I waited for a letter.")
    while page.get_by_role("button", name="Send").count() == 0:
        before = page.title()
        tab_to(page, "Next")
        page.keyboard.press("Enter")
        expect(page).not_to_have_title(before)

    expect(page.get_by_text("I waited for a letter.")).to_be_visible()
    tab_to(page, "Send")


def access_key(page: Any, key: str) -> None:
    """Press Alt and a key as a browser hears it from a keyboard; Playwright's own keys do not reach access keys."""
    pressed = {"type": "keyDown", "modifiers": 1, "key": key, "code": f"Key{key.upper()}", "unmodifiedText": key, "text": key}
    page.context.new_cdp_session(page).send("Input.dispatchKeyEvent", {**pressed, "windowsVirtualKeyCode": ord(key.upper())})


def test_the_desk_is_worked_with_the_keys_of_the_browser(demo_server, people):
    page = people.someone(size=DESK)
    page.goto(f"{demo_server.url}/en/sign-in/")
    page.get_by_role("button", name="Be Jonas Hedvall").click()
    page.wait_for_url(re.compile(r"/desk/$"))
    page.goto(f"{demo_server.url}{LAB}moderation/")

    access_key(page, "j")
    page.wait_for_url(re.compile(r"/moderation/[\w-]{12}/$"))
    first = page.url
    access_key(page, "j")
    page.wait_for_url(lambda url: url != first)
    access_key(page, "k")
    page.wait_for_url(first)
    text = page.get_by_role("textbox", name=re.compile("^Text that others read")).first
    text.fill("Then Yusuf called from 070-123 45 67.")
    page.get_by_label("Title").fill("A call")
    access_key(page, "s")
    expect(page.get_by_text("2 places in the text may point somebody out")).to_be_visible()
    access_key(page, "b")

    expect(text).to_have_value("Then [a name] called from [a phone number].")
