"""Every address × every role × own and other lab, compared with the table that is kept as text; and the table of verbs with the code."""

import re
from pathlib import Path

import pytest
from django.test import Client

from medskapa.ground.labs.tests.makers import a_client
from medskapa.ground.ledger.actions import ACTIONS
from medskapa.ground.people.permissions import table
from medskapa.ground.people.roles import Role
from tests.access import FILE, NO_SUCH_REQUEST, OTHER, OUTSIDE, OWN, addresses, asked_by, people, read, written
from tests.addresses import filled
from tests.leaky_lab import SECRET, SECRET_TITLE, a_leaky_lab

SOURCES = Path(__file__).resolve().parent.parent / "src" / "medskapa"
SHARES = 4  # so that several processes can walk at once; the last, with leaders and moderators, on both databases
DONE = {200, 302, 303}
THERE = DONE | {409, 422, 429}  # it is there and this person may, but not now or not like this
VERB = re.compile(r'"([a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)*)"')


@pytest.mark.django_db
@pytest.mark.parametrize("share", [*(pytest.param(share, marks=pytest.mark.once) for share in range(SHARES - 1)), SHARES - 1])
def test_every_address_answers_every_role_as_the_table_says(share):
    kept = read(FILE.read_text(encoding="utf-8"))

    asked = asked_by(people(OWN)[share::SHARES])

    wrong = [
        f"{question.method} {question.route} ({question.where}), {name}: {status}, not {kept.get(question, {}).get(name)}"
        for question, answers in asked.items()
        for name, status in answers.items()
        if status != kept.get(question, {}).get(name, NO_SUCH_REQUEST)
    ]
    assert wrong == []


def test_the_table_holds_every_address_and_no_other():
    text = FILE.read_text(encoding="utf-8")
    routes = {route for where in (OUTSIDE, OWN) for _view, route, _patterns in addresses(where)}

    assert {asked.route.split()[0] for asked in read(text)} == routes
    assert written(read(text)) == text


def test_at_every_address_there_is_something_that_somebody_gets():
    kept = read(FILE.read_text(encoding="utf-8"))

    opened = {asked.view for asked, answers in kept.items() if asked.where != OTHER and THERE & set(answers.values())}

    assert {asked.view for asked in kept} - opened == set()


def test_in_another_lab_only_an_operator_gets_more_than_anybody_at_all():
    kept = read(FILE.read_text(encoding="utf-8"))

    more = [
        (asked.method, asked.route, name)
        for asked, answers in kept.items()
        if asked.where == OTHER and answers["public"] not in DONE
        for name, status in answers.items()
        if status in DONE and name != "operator"
    ]

    assert more == []


@pytest.mark.django_db
def test_words_that_nobody_released_are_on_no_page_of_a_stranger():
    here = a_leaky_lab()
    pages = [filled(patterns, **what) for view, _route, patterns in addresses(OWN) for what in here.arguments(view).values()]
    desk = a_client(here.lab, Role.MODERATOR).get(f"/en/labs/{here.lab.slug}/moderation/{here.ids['story']}/").content.decode()
    assert SECRET in desk

    leaks = [page for page in pages for text in (SECRET, SECRET_TITLE) if text in Client().get(page).content.decode()]

    assert leaks == []


def test_every_verb_of_an_action_stands_in_the_table_of_permissions():
    of_the_product = {verb for verb, made in ACTIONS.items() if ".tests." not in made.__module__}
    assert "story.release" in of_the_product

    assert of_the_product - set(table()) == set()


def test_every_verb_of_the_table_is_asked_for_somewhere():
    sources = [path for path in SOURCES.rglob("*") if path.suffix in {".py", ".html"} and "tests" not in path.parts]
    asked = {verb for path in sources for verb in VERB.findall(path.read_text(encoding="utf-8"))}

    assert set(table()) - asked == set()
