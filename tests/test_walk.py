"""The whole product in a real browser: eight people walk the thread on phones of 360 px, in a lab that they made themselves."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext, override

from medskapa.ground.labs.base import LabOwned
from tests.browsing import People
from tests.serving import Server, serving
from tests.walk.visits import Visits, view_of
from tests.walk.whole import CANARIES, IN_DARI, Walk, walk_the_thread

pytestmark = [pytest.mark.browser, pytest.mark.server]

BESIDE_THE_WALK = {  # what may happen beside the thread; its own rooms' tests make it
    "listening.Addition",
    "listening.AdultCode",
    "listening.AnswersSetAside",
    "listening.Beginning",
    "listening.Card",
    "listening.Cover",
    "listening.Crossing",
    "listening.DeskRules",
    "listening.EarlierWords",
    "listening.Mark",
    "listening.PartnerLink",
    "listening.Picture",
    "listening.Recording",
    "listening.Scale",
    "listening.StoryConcern",
    "listening.StatementOrigin",
    "listening.TargetGroup",
    "cocreation.IdeaInsight",
    "labday.Door",
    "selection.ConflictOfInterest",
}
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", event => window.refused.push(event.violatedDirective));
"""
SMUGGLE = """() => {
  const script = document.createElement("script");
  script.textContent = "window.smuggled = true";
  document.body.append(script);
  document.body.setAttribute("style", "color: red");
}"""


@pytest.fixture(scope="module")
def server(new_data: Callable[[], Path]) -> Iterator[Server]:
    """An installation without any lab."""
    with serving(new_data()) as started:
        yield started


@pytest.fixture(scope="module")
def people(browser: Any) -> Iterator[People]:
    """The people of the walk, each with a browser of their own; none of them meets an error, a refusal or a foreign host."""
    made = People(browser)
    yield made
    made.leave()


@pytest.fixture(scope="module")
def walk(server: Server, people: People) -> Walk:
    """The walk, once for all that is asked about it. It asserts at each step what the person sees."""
    return walk_the_thread(server, people)


def test_a_story_told_in_dari_comes_back_to_its_teller_as_an_echo(walk):
    who = {visit.who for visit in walk.company.visits.all}

    assert {"Amir", "Mona Berg", "Sam Ek", "Vera Holm", "Bahar", "Per Vik", "Jo Lind", "Lina Moberg"} <= who
    assert set(walk.paths) == {"insight", "challenge", "prototype", "decision", "support", "pilot", "adoption"}


def kinds_of_artefact() -> dict[str, type[Model]]:
    """What the rooms of the stages and the thread keep for a lab, by name."""
    rooms = ("medskapa.stages.", "medskapa.outlook.thread.")
    owned = [model for model in apps.get_models() if issubclass(model, LabOwned) and model.__module__.startswith(rooms)]
    return {model._meta.label: model for model in owned}


def test_the_walk_makes_every_kind_of_artefact(walk, server):
    count = "SELECT count(*) FROM {} row JOIN labs_lab lab ON lab.id = row.lab_id WHERE lab.slug = ?"
    with closing(sqlite3.connect(server.data / "medskapa.sqlite3")) as store:
        made = {
            name: store.execute(count.format(model._meta.db_table), [walk.company.lab]).fetchone()[0]
            for name, model in kinds_of_artefact().items()
        }

    assert made["listening.Story"] == 3
    assert {name for name, rows in made.items() if not rows} == BESIDE_THE_WALK


def test_no_page_of_the_walk_breaks_an_accessibility_rule_in_light_or_dark_or_is_wider_than_a_phone(walk):
    assert len(walk.company.visits.kinds) > 150

    assert walk.company.visits.faults == []


def test_the_desk_of_a_process_leader_reads_from_right_to_left_in_arabic_on_a_phone(walk):
    visits, company = Visits(), walk.company
    page = company.leader.page.context.new_page()

    page.goto(f"{company.site}{company.at('desk/', language='ar')}")
    visits.note("Vera Holm", page)

    with override("ar"):
        assert page.locator("h1").inner_text() == gettext("Your page")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.viewport_size["width"] == 360
    assert visits.faults == []


def test_what_is_wrong_with_a_page_would_have_been_seen(walk, server, people):
    visits = Visits()
    page = people.someone()
    page.goto(f"{server.url}/en/help/")
    page.evaluate("() => { document.querySelector('h1').remove(); document.querySelector('main').innerHTML += '<img>'; }")
    page.evaluate(
        "() => { const p = document.createElement('p'); p.textContent = 'pale'; p.style.color = '#999'; document.body.append(p); }"
    )

    visits.note("Somebody", page)

    assert {fault.split(": ")[1] for fault in visits.faults} == {"0 first headings", "image-alt", "color-contrast"}


def test_nobody_in_the_walk_met_an_error(walk, server, people):
    assert people.faults == []
    assert " ERROR " not in server.said()


def test_no_page_breaks_the_policy_which_refuses_what_stands_in_a_page(walk):
    page = walk.company.leader.page.context.new_page()
    page.add_init_script(WATCH)
    one_of_each = {view_of(visit.address): visit.address for visit in walk.company.visits.all if visit.who == "Vera Holm"}
    assert len(one_of_each) > 20

    for address in one_of_each.values():
        answer = page.goto(address)
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert (address, page.evaluate("window.refused")) == (address, [])

    page.evaluate(SMUGGLE)
    smuggled, *refused = page.evaluate("[window.smuggled, ...window.refused]")
    assert smuggled is None
    assert "script-src-elem" in refused


def test_no_code_and_no_word_of_a_story_stands_in_a_log_an_address_a_title_or_a_mail(walk, server):
    canaries = [*CANARIES, *(form for code in walk.codes.values() for form in (code, code.replace(" ", "")))]
    assert CANARIES[0] in IN_DARI

    visits = walk.company.visits.all
    mails = server.get("/en/mail/")[1]
    places = [server.said(), mails, *(visit.address for visit in visits), *(visit.title for visit in visits)]

    assert "Mail to mona@example.org" in places[0]
    assert "mona@example.org" in mails
    assert [canary for canary in canaries for place in places if canary in place] == []


def test_no_file_of_the_installation_holds_a_code_or_a_word_of_a_story_in_the_clear(walk, server):
    canaries = [form.encode() for code in walk.codes.values() for form in (code, code.replace(" ", ""))]
    canaries += [canary.encode() for canary in CANARIES]
    files = [path for path in server.data.rglob("*") if path.is_file() and "static" not in path.parts]

    assert "medskapa.sqlite3" in {path.name for path in files}
    assert [(path.name, canary) for path in files for canary in canaries if canary in path.read_bytes()] == []
