"""Whoever is offered a form may send it, and whoever is offered a link may follow it: no page leads its reader to a refusal."""

from collections.abc import Iterator
from unittest import mock
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.test import Client

from tests.crawling import Tree
from tests.filling import Fields, filled, forms_of
from tests.leaky_lab import a_leaky_lab, everybody
from tests.pages import Page, pages

REFUSED = {403, 404}
Offer = tuple[str, Fields | None]  # an address, and what is sent there if it is a form


@pytest.mark.once
@pytest.mark.django_db
def test_no_page_offers_its_reader_a_form_or_a_link_that_is_then_refused():
    here = a_leaky_lab()
    browsers = everybody(here.lab, here.owners)
    opened: set[tuple[str, str]] = set()  # what came as a page to somebody is not asked for once more
    offers: dict[tuple[str, str, bool], tuple[str, Fields | None]] = {}

    for page in pages(here, browsers):
        opened.add((page.who, page.address))
        for address, fields in offered_on(page):
            offers.setdefault((page.who, address, fields is None), (page.view, fields))
    refused = [
        f"{view} offers {who} {address}"
        for (who, address, is_link), (view, fields) in offers.items()
        if not (is_link and (who, address) in opened) and taken_up(browsers[who], address, fields) in REFUSED
    ]

    assert len(offers) > 3000
    assert refused == []


def offered_on(page: Page) -> Iterator[Offer]:
    """Every form, filled in as it stands, and every link within the product, save those that leave it."""
    tree = Tree(page.html)
    for form in forms_of(tree):
        yield urljoin(page.address, form.attrs.get("action", "")), filled(form, tree, lambda: "Words")[0]
    for link in tree.all("a"):
        address = urljoin(page.address, link.attrs.get("href", "")).split("#")[0]
        if address.startswith("/en/") and not address.startswith("/en/sign-out/"):
            yield address, None


def taken_up(client: Client, address: str, fields: Fields | None) -> int:
    """The status of the answer. What it did is undone, and no page is drawn for it."""
    cookies = client.cookies.copy()
    with transaction.atomic(), mock.patch("django.template.base.Template.render", return_value=""):
        answer = client.get(address) if fields is None else client.post(address, fields)
        transaction.set_rollback(True)
    client.cookies = cookies
    return int(answer.status_code)
