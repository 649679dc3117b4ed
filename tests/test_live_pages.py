"""A lab day on two screens: what one person changes, the other sees without doing anything."""

import re
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browsing import DESK, People
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]


def a_demo_person(people: People, server: Server, name: str) -> Any:
    """A page of one of the demo people, signed in by one click."""
    page = people.someone(size=DESK)
    page.goto(f"{server.url}/en/sign-in/")
    page.get_by_role("button", name=f"Be {name}").click()
    page.wait_for_url(re.compile(r"/en/(?!sign-in)"))
    return page


def day_of(server: Server) -> str:
    """The address of the lab day."""
    with closing(sqlite3.connect(server.data / "medskapa.sqlite3")) as store:
        query = "SELECT lab.slug, day.public_id FROM labs_gathering day JOIN labs_lab lab ON lab.id = day.lab_id WHERE day.kind = 'lab_day'"
        slug, day = store.execute(query).fetchone()
    return f"{server.url}/en/labs/{slug}/day/{day}/"


def test_a_new_table_appears_on_the_big_screen_by_itself(demo_server, people):
    leader, screen = (a_demo_person(people, demo_server, "Sara Lindqvist") for _ in range(2))
    screen.goto(f"{day_of(demo_server)}screen/")
    expect(screen.get_by_text("The table by the window")).to_have_count(0)

    leader.goto(f"{day_of(demo_server)}tables/new/")
    leader.get_by_label("Name").fill("The table by the window")
    leader.get_by_role("main").locator("form[method=post] button").last.click()

    expect(screen.get_by_text("The table by the window")).to_be_visible()


def test_without_scripts_the_day_is_as_new_as_its_last_loading(demo_server, people):
    page = people.someone(java_script_enabled=False)

    answer = page.goto(day_of(demo_server))

    assert answer.status in {200, 403}
    expect(page.get_by_role("main")).to_be_visible()
