"""In production, whoever came in by mail alone finds nothing protected on any page, and no form that is then refused."""

import pytest

from medskapa.ground.people.permissions import needs_second_lock, table
from tests.access import FILE, OUTSIDE, OWN, addresses, read, walk
from tests.addresses import filled
from tests.leaky_lab import SECRET, LeakyLab, a_leaky_lab, everybody
from tests.pages import quickly

pytestmark = pytest.mark.django_db

ASKED = (
    "process_leader",
    "moderator",
    "interpreter",
    "safeguarding_officer",
    "safeguarding_deputy",
    "programme_manager",
    "facilitator",
    "operator",
)
READERS = ("process_leader", "interpreter", "safeguarding_officer")  # the others read no more than these


@pytest.fixture
def here() -> LeakyLab:
    return a_leaky_lab()


def test_they_are_those_whose_roles_may_do_what_needs_a_second_lock():
    roles = {role for verb, answers in table().items() if needs_second_lock(verb) for role in answers}

    assert {role for role in roles if not role.startswith("system:")} == {*ASKED, "co_creator"}  # who has a code has no account


@pytest.mark.parametrize("who", READERS)
def test_what_nobody_released_is_on_no_page_before_the_second_lock_is_there(here, settings, who):
    browser = everybody(here.lab, here.owners)[who]
    pages = [filled(patterns, **what) for view, _route, patterns in addresses(OWN) for what in here.arguments(view).values()]
    desk = f"/en/labs/{here.lab.slug}/moderation/{here.ids['story']}/"
    assert desk in pages
    assert SECRET in browser.get(desk).content.decode()

    settings.MEDSKAPA_LOCAL = False
    with quickly():
        leaks = [page for page in pages if SECRET.encode() in browser.get(page).content]

    assert leaks == []


@pytest.mark.parametrize("who", ["process_leader", "moderator", "safeguarding_officer", "operator"])
def test_nobody_fills_in_a_form_that_is_then_refused_for_want_of_it(here, settings, who):
    usual = read(FILE.read_text(encoding="utf-8"))
    settings.MEDSKAPA_LOCAL = False
    browser = everybody(here.lab, here.owners)[who]

    walks = [walk(who, browser, here, where, sends_blindly=False) for where in (OUTSIDE, OWN)]
    asked = {question: answers[who] for found in walks for question, answers in found.items()}

    shown = [question for question, status in asked.items() if question.method == "GET" and status == 200]
    sent = [question._replace(method="POST") for question in shown]
    assert [question.route for question in sent if asked[question] == 403 != usual.get(question, {}).get(who, 403)] == []
