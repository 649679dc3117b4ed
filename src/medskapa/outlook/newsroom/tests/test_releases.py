"""The press room: drafts stay inside, releases are for everybody, and their text holds nothing but text."""

from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medskapa.ground.labs.tests.makers import a_client, a_lab, an_actor
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.outlook.newsroom.actions import draft_release, publish_release, take_release_back
from medskapa.outlook.newsroom.markdown import ELEMENTS, rendered
from medskapa.outlook.newsroom.models import Release
from medskapa.outlook.newsroom.queries import visible_releases
from medskapa.outlook.newsroom.tests.makers import a_press_contact, a_release

pytestmark = pytest.mark.django_db


def test_the_public_reads_releases_and_no_drafts() -> None:
    lab = a_lab()
    published, draft = a_release(lab, "Published"), a_release(lab, "Draft", is_published=False)

    assert list(visible_releases(lab, reader=Actor.public(lab.public_id))) == [published]
    assert set(visible_releases(lab, reader=an_actor(lab, "press_officer"))) == {published, draft}


def test_a_draft_is_not_found_by_the_public() -> None:
    lab = a_lab()
    draft = a_release(lab, is_published=False)

    assert a_client(lab, "press_officer").get(draft.get_absolute_url()).status_code == 200
    assert a_client(lab, "public").get(draft.get_absolute_url()).status_code == 404


def test_only_the_press_officer_and_the_process_leader_write() -> None:
    lab = a_lab()

    with pytest.raises(NotAllowed):
        draft_release(lab, title="T", summary="S", text="X", language="en", by=an_actor(lab, "juror"))
    assert Release.objects.count() == 0


def test_a_release_is_published_once() -> None:
    lab = a_lab()
    release = a_release(lab)

    with pytest.raises(WrongState):
        publish_release(release, by=an_actor(lab, "press_officer"))
    assert take_release_back(release, by=an_actor(lab, "press_officer")).state == Release.State.DRAFT


def test_the_press_officer_writes_and_publishes_through_the_pages() -> None:
    lab, client = (lab := a_lab()), a_client(lab, "press_officer")

    form = {"title": "News", "summary": "Short", "text": "## A heading", "language": "sv", "form_key": "n" * 24}
    made = client.post(f"/en/labs/{lab.slug}/news/new/", form)
    release = Release.objects.get()
    published = client.post(f"{release.get_absolute_url()}publish/", {"form_key": "p" * 24})
    page = a_client(lab, "public").get(f"/en/labs/{lab.slug}/news/{release.public_id}/")

    assert (made.status_code, published.status_code, page.status_code) == (303, 303, 200)
    assert "<h2>A heading</h2>" in page.content.decode()


def test_a_refused_form_keeps_what_was_typed() -> None:
    lab = a_lab()

    page = a_client(lab, "press_officer").post(
        f"/en/labs/{lab.slug}/news/new/", {"text": "My words", "language": "sv", "form_key": "r" * 24}
    )

    assert page.status_code == 422
    assert "My words" in page.content.decode()


def test_a_press_contact_must_be_reachable() -> None:
    lab = a_lab()

    page = a_client(lab, "press_officer").post(f"/en/labs/{lab.slug}/news/contacts/new/", {"name": "Nobody", "form_key": "r" * 24})

    assert page.status_code == 422
    assert lab.press_contacts.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](https://elsewhere.example/x.png)",
        '<a href="#" onclick="x()">x</a>',
    ],
)
def test_nothing_but_text_survives_in_a_release(text: str) -> None:
    found: list[tuple[str, list[str]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, [name for name, _value in attrs]))  # type: ignore[method-assign]

    parser.feed(str(rendered(text)))

    assert found
    assert {tag for tag, _names in found} <= ELEMENTS
    assert {name for _tag, names in found for name in names} <= {"href", "rel"}


def test_the_list_costs_the_same_with_one_release_and_with_three() -> None:
    lab, costs = a_lab(), []
    client = a_client(lab, "public")
    a_press_contact(lab)
    for number in (1, 2, 3):
        a_release(lab, f"Release {number}")
        client.get(f"/en/labs/{lab.slug}/news/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en/labs/{lab.slug}/news/")
        costs.append(len(queries))

    assert costs[0] == costs[1] == costs[2] <= 25
