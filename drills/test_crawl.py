"""A crawler follows the links of the demo as everybody: each leads to a whole page, at a fixed price, that says what is invented."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from medskapa.ground.labs.base import LabOwned
from medskapa.ground.labs.coming_back import find_by_code
from medskapa.ground.labs.models import Lab, RoleGiven
from medskapa.ground.labs.tests.makers import client_of
from medskapa.ground.people.roles import Role
from medskapa.ground.places.load import load_places
from medskapa.ground.web import languages
from medskapa.outlook.demo.codes import known_codes
from medskapa.outlook.demo.load import load_demo
from medskapa.stages.cocreation.models import Challenge
from medskapa.stages.listening.models import Statement
from medskapa.stages.understanding.models import Insight
from tests.crawling import Page, crawled, seen

pytestmark = pytest.mark.django_db

MOST_QUERIES = 25
FINE = (200, 301, 302, 303)
EVERY_LINK = 10_000
PAGES_OF_A_KIND = {"public": EVERY_LINK, "with a code": EVERY_LINK, Role.PROCESS_LEADER: 8}
LANGUAGES = {"public": "sv", "with a code": "prs", Role.READER: "ar"}
EVERYBODY = ["public", "with a code", *Role.values]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Lab]:
    """The demo lab, taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        load_places()
        yield load_demo()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def invented(demo: Lab) -> set[str]:
    """The addresses, without their language, of everything in the demo that does not exist."""
    models = [model for model in apps.get_models() if issubclass(model, LabOwned) and model.url_name]
    rows = [row for model in models for row in model._default_manager.filter(lab=demo)]
    found = {_unlanguaged(row.get_absolute_url()) for row in rows if row.bears_demo_mark}
    assert len(found) > 200
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
    return crawled(somebody(who, lab), starts, most_of_a_kind=PAGES_OF_A_KIND.get(who, 2))


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_link_leads_to_a_whole_page_that_says_what_is_invented(demo, invented, who):
    faults, count = [], 0
    for page in pages_of(who, demo):
        count += 1
        faults += [f"{page.address} (from {page.source}): {said}" for said in (*faults_of(page), *unmarked(page, invented))]

    assert count > 40
    assert faults == []


def faults_of(page: Page) -> Iterator[str]:
    """What is wrong with a page, whatever it is about."""
    if page.status not in FINE:
        yield f"answers {page.status}"
    if page.queries > MOST_QUERIES:
        yield f"{page.queries} SQL queries"
    if page.status == 200 and page.tree.parts:
        yield from _unwhole(page)


def _unwhole(page: Page) -> Iterator[str]:
    html = page.tree.all("html")[0].attrs
    title = " ".join(word for part in page.tree.all("title") if part.parent and part.parent.tag == "head" for word in part.words)
    if not title or "<" in title:
        yield f"is called {title!r}"
    if html.get("lang") not in (page.address.split("/")[1], "en") or html.get("dir") != languages.direction(html.get("lang", "")):
        yield f"is in {html}"
    if len([part for part in page.tree.all("h1") if seen(part)]) != 1:
        yield f"{len(page.tree.all('h1'))} first headings"
    for target, link in page.links():
        if seen(link) and not link.words:
            yield f"a link to {target} without words"


def unmarked(page: Page, invented: set[str]) -> Iterator[str]:
    """Whether a page of something invented does not say so."""
    marks = [part for part in page.tree.parts if {"tag", "demo"} <= set(part.attrs.get("class", "").split())]
    if _unlanguaged(page.address) in invented and page.status == 200 and not marks:
        yield "is invented and does not say so"


def _unlanguaged(address: str) -> str:
    return "/" + address.split("?")[0].split("/", 2)[2]


def test_strangers_meet_no_title_of_what_is_not_for_them(demo):
    secrets = {insight.title for insight in demo.insights.exclude(state=Insight.State.PUBLIC)}
    secrets |= {challenge.title for challenge in demo.challenges.filter(state=Challenge.State.DRAFT)}
    secrets |= {statement.title for statement in demo.statements.filter(state=Statement.State.SUGGESTED)}
    assert len(secrets) > 3

    met = {secret for page in pages_of("public", demo) for secret in secrets if secret in " ".join(page.tree.parts[0].words)}

    assert met == set()
