"""A crawler follows the links of the demo as everybody: each leads to a whole page, at a fixed price, that asks no other host for
anything, says what is invented, and shows a stranger nothing that is not public. Then, that the crawler would find such faults."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.staticfiles.finders import get_finders
from django.db import transaction
from django.test import Client

from medskapa.ground.labs.base import LabOwned
from medskapa.ground.labs.coming_back import find_by_code
from medskapa.ground.labs.models import Lab, RoleGiven
from medskapa.ground.labs.tests.makers import client_of
from medskapa.ground.people.models import Organisation
from medskapa.ground.people.roles import Role
from medskapa.ground.places.load import load_places
from medskapa.outlook.demo.codes import known_codes
from medskapa.outlook.demo.load import load_demo
from medskapa.stages.cocreation.models import Challenge
from medskapa.stages.listening.models import Statement
from medskapa.stages.understanding.models import Insight
from tests.crawling import Page, Tree, crawled
from tests.judging import asking_elsewhere, unmarked, unwhole, unworded

pytestmark = [pytest.mark.django_db, pytest.mark.once]

EVERY_LINK = 10_000
PAGES_OF_A_KIND = {"public": EVERY_LINK, "with a code": EVERY_LINK, Role.PROCESS_LEADER: 2}  # of a view; for other roles one
LANGUAGES = {"public": "sv", "with a code": "prs", Role.READER: "ar"}
EVERYBODY = ["public", "with a code", *Role.values]
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
MARK = '<span class="demo">Invented for the demo</span>'


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Lab]:
    """The demo lab, taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        load_places()
        yield load_demo()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def invented(demo: Lab) -> set[str]:
    """The ids of everything in the demo that does not exist."""
    rows = [row for model in apps.get_models() if issubclass(model, LabOwned) for row in model._default_manager.filter(lab=demo)]
    found = {row.public_id for row in (*rows, *Organisation.objects.all()) if row.bears_demo_mark}
    assert len(found) > 500
    return found


@pytest.fixture(scope="module")
def secrets(demo: Lab) -> set[str]:
    """Titles in the demo that are not for strangers."""
    found = {insight.title for insight in demo.insights.exclude(state=Insight.State.PUBLIC)}
    found |= {challenge.title for challenge in demo.challenges.filter(state=Challenge.State.DRAFT)}
    found |= {statement.title for statement in demo.statements.filter(state=Statement.State.SUGGESTED)}
    assert len(found) > 3
    return found


@pytest.fixture(scope="module")
def originals(demo: Lab) -> dict[str, set[str]]:
    """By language: texts as they were first written that somebody has worded in it. A name that somebody chose is no such text."""
    rows = {
        row.public_id: row for model in apps.get_models() if issubclass(model, LabOwned) for row in model._default_manager.filter(lab=demo)
    }
    chosen = set(demo.team_members.values_list("credit", flat=True))
    found: dict[str, set[str]] = defaultdict(set)
    for wording in demo.all_wordings.all():
        written = getattr(rows.get(wording.subject), wording.field, None)
        if isinstance(written, str) and written not in {wording.text, *chosen}:
            found[wording.language].add(written)
    assert min(map(len, found.values())) > 5
    return found


def somebody(who: str, lab: Lab) -> Client:
    """The browser of one of the demo's people."""
    if who == "public":
        return Client()
    if who == "with a code":
        return client_of(find_by_code(next(iter(known_codes().values())), source="crawl"))
    given = RoleGiven.objects.filter(role=who, participation__lab=lab, participation__account__is_demo=True).order_by("pk")
    return client_of(given[0].participation)


def pages_of(who: str, lab: Lab) -> Iterator[Page]:
    language = LANGUAGES.get(who, "en")
    starts = [f"/{language}/", f"/{language}/labs/{lab.slug}/"]
    starts += {"public": [], "with a code": [f"/{language}/return/mine/"]}.get(who, [f"/{language}/first/"])
    return crawled(somebody(who, lab), starts, most_of_a_kind=PAGES_OF_A_KIND.get(who, 1))


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_link_leads_to_a_whole_page_that_asks_nobody_else_and_says_what_is_invented(demo, invented, secrets, originals, who):
    faults, count = [], 0
    for page in pages_of(who, demo):
        count += 1
        found = [*unwhole(page), *asking_elsewhere(page), *unmarked(page, invented), *unworded(page, originals)]
        if who == "public":
            found += [f"shows {secret!r}" for secret in secrets if secret in page.words]
        faults += [f"{page.address} (from {page.source}): {fault}" for fault in found]

    assert count > 40
    assert faults == []


def a_page(main: str, *, address: str = "/en/ideas/", after: str = "") -> Page:
    return Page(address, 200, 0, Tree(f'<html lang="en"><body><main>{main}</main>{after}</body></html>'), view="", source="")


@pytest.mark.parametrize(
    "main",
    [
        '<p>See <a href="/en/ideas/b/">it</a>.</p>',
        f'<p>See <a href="/en/ideas/b/">it</a>. {MARK}</p>',
        f'<ul><li><a href="/en/ideas/b/">it</a></li><li>Another {MARK}</li></ul>',
        f'<article><h3><a href="/en/ideas/b/">it</a></h3><ul><li>A child {MARK}</li></ul></article>',
        '<figure><svg><a href="/en/ideas/b/" aria-label="it"><circle r="3"/></a></svg></figure>',
    ],
    ids=["in a sentence", "beside a mark", "in an unmarked row", "above a marked row", "in a drawing"],
)
def test_a_link_to_something_invented_is_found_if_nothing_says_so(main):
    assert list(unmarked(a_page(main, after=f"<footer>{MARK}</footer>"), {"b"})) == [
        "a link to /en/ideas/b/, 'it', does not say that it is invented"
    ]


@pytest.mark.parametrize(
    "main",
    [
        f'<p>See <a href="/en/ideas/b/">it {MARK}</a>.</p>',
        f'<ul><li><a href="/en/ideas/b/">it</a> {MARK}</li></ul>',
        '<figure><svg><a href="/en/ideas/b/" aria-label="it. Invented for the demo"><circle r="3"/></a></svg></figure>',
        '<form><button>Save</button><a class="btn two" href="/en/ideas/b/">Cancel</a></form>',
        '<p><a href="/en/ideas/a/">something real</a></p>',
    ],
    ids=["in the link", "in its row", "in a drawing", "out of a form", "real"],
)
def test_a_link_that_says_it_by_itself_or_in_its_row_is_fine(main):
    assert list(unmarked(a_page(main), {"b"})) == []


def test_a_page_about_something_invented_says_so_in_its_main_part():
    about = f'<h1>Idea</h1><a href="/en/ideas/b/">Back</a>{MARK}'

    assert list(unmarked(a_page(about, address="/en/ideas/b/"), {"b"})) == []
    assert list(unmarked(a_page("<h1>Idea</h1>", address="/en/ideas/b/", after=MARK), {"b"})) == ["is invented and does not say so"]


@pytest.mark.parametrize(
    ("asks", "by"),
    [
        ('<img src="https://other.example/a.png" alt="">', "asks https://other.example/a.png by <img src>"),
        ('<img srcset="/a.png 1x, //other.example/b.png 2x" alt="">', "asks /a.png 1x, //other.example/b.png 2x by <img srcset>"),
        ('<link rel="preconnect" href="//other.example">', "asks //other.example by <link href>"),
        ('<form action="https://other.example/"></form>', "asks https://other.example/ by <form action>"),
        ('<iframe src="http://other.example/"></iframe>', "asks http://other.example/ by <iframe src>"),
        ('<svg><use href="https://other.example/s.svg#a"/></svg>', "asks https://other.example/s.svg#a by <use href>"),
        ('<meta http-equiv="refresh" content="0; url=https://other.example/">', "goes on to 0; url=https://other.example/"),
    ],
)
def test_whatever_asks_another_host_is_found(asks, by):
    assert list(asking_elsewhere(a_page(asks))) == [by]


def test_a_link_to_a_source_asks_nothing_until_somebody_follows_it():
    assert list(asking_elsewhere(a_page('<a href="https://www.scb.se/">SCB</a><img src="/static/a.png" alt=""><form></form>'))) == []


@pytest.mark.parametrize(
    ("main", "count"),
    [
        ("<h1>En lapp</h1>", 1),
        ('<h1><bdi lang="sv">En lapp</bdi></h1>', 0),
        ("<p>Review “<bdi>En lapp</bdi>”.</p>", 1),
        ("<label>Title</label><textarea>En lapp</textarea>", 0),
        ("<h1>A slip</h1>", 0),
    ],
)
def test_a_text_that_is_worded_and_stands_there_in_another_language_is_found(main, count):
    assert len(list(unworded(a_page(main), {"en": {"En lapp"}}))) == count


def test_styles_and_scripts_name_no_other_host():
    served = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    written = {path.name: COMMENT.sub("", path.read_text(encoding="utf-8")) for path in served if path.suffix in {".css", ".js"}}

    assert len(written) > 5
    assert [name for name, text in written.items() if re.search(r"//[a-z0-9-]+[.][a-z]", text)] == []
