"""Every page that the table of access promises to somebody, as that person sees it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest import mock

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from medskapa.ground.ledger.stages import STAGES
from tests.access import FILE, OUTSIDE, OWN, addresses, read
from tests.addresses import filled

ENOUGH_OUTSIDE = ("co_creator (theirs)", "process_leader", "public", "signed in", "operator")  # outside labs roles make no difference


class Page(NamedTuple):
    """One page as one person sees it."""

    view: str
    address: str
    who: str
    answer: HttpResponse
    html: str


def readers() -> dict[tuple[str, str], list[str]]:
    """Whom the table promises each address, by its view and which of several things it is asked for; some, such as of what is only
    sent, nobody."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for asked, answers in read(FILE.read_text(encoding="utf-8")).items():
        if asked.where in {OUTSIDE, OWN}:
            who = sorted((name for name, status in answers.items() if asked.method == "GET" and status == 200), key=_rank)
            what = asked.route.partition(" ")[2]
            found[asked.view, what] += [name for name in who if asked.where == OWN or name in ENOUGH_OUTSIDE]
    return found


def _rank(name: str) -> tuple[bool, bool, str]:
    """Who may do most comes first."""
    return name != "process_leader", "(theirs)" not in name, name


def pages(here: Any, browsers: Mapping[str, Client], language: str = "en", *, of_each: int | None = None) -> Iterator[Page]:
    """Every page in one language, as everybody who may see it, or as the first so many of them."""
    promised = readers()
    with quickly():
        for where in (OUTSIDE, OWN):
            for view, _route, patterns in addresses(where):
                for what, arguments in here.arguments(view).items():
                    address = filled(patterns, language, **arguments)
                    for who in promised.get((view, what), sorted(browsers))[:of_each]:  # everybody, where the table does not ask for it
                        yield from _opened(view, address, who, browsers[who])


def _opened(view: str, address: str, who: str, client: Client) -> Iterator[Page]:
    """The page, if it is one: a stream is none. What a reading leaves in the store is undone."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.get(address)
        transaction.set_rollback(True)
    client.cookies = cookies
    if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
        yield Page(view, address, who, answer, answer.content.decode())


@contextmanager
def quickly() -> Iterator[None]:
    """Thousands of pages: the rail is counted by others."""
    three = dict.fromkeys(STAGES, 3)
    with mock.patch("medskapa.ground.labs.rail.counted", return_value=three):
        yield
