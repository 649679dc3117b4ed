"""What a first visit to the telling page costs somebody on a slow network, and that its languages cover real pages."""

import gzip
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from medskapa.ground.labs.tests.makers import a_lab
from medskapa.ground.web import languages
from medskapa.ground.web.tests.reading import read
from tests.addresses import all_addresses

MOST_BYTES, MOST_REQUESTS = 50_000, 6


def wire(data: bytes) -> int:
    return len(gzip.compress(data, 6)) + 700  # and the headers, generously


@pytest.mark.django_db
@pytest.mark.parametrize("language", [*languages.COMPLETE, *languages.FOR_TELLERS])
def test_a_first_visit_to_the_telling_page_weighs_at_most_50_kb_in_at_most_6_requests(client, language):
    page = client.get(f"/{language}/labs/{a_lab(languages=[language]).slug}/tell/").content
    loaded = [attrs.get("href") or attrs.get("src") for tag, attrs in read(page.decode()).elements if tag in {"link", "script", "img"}]

    files = [finders.find(str(address).removeprefix("/static/")) for address in loaded]
    assert None not in files
    assert 1 + len(files) <= MOST_REQUESTS
    assert wire(page) + sum(wire(Path(str(path)).read_bytes()) for path in files) <= MOST_BYTES


@pytest.mark.django_db
def test_the_telling_page_sets_no_cookie_and_is_stored_nowhere(client):
    response = client.get(f"/sv/labs/{a_lab().slug}/tell/")

    assert dict(response.cookies) == {}
    assert "no-store" in response.headers["Cache-Control"]
    assert "edskapa" not in re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL).group(1)


def test_every_page_named_as_a_tellers_exists():
    names = list(all_addresses())

    assert [pattern for pattern in languages.TELLER_PAGES if not any(fnmatchcase(name, pattern) for name in names)] == []
