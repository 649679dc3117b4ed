"""Others hold the store, or a disk is full: one clear page in the teller's language, their words in it, and nothing half done."""

import errno
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import Client

from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.labs.tests.makers import a_lab, client_of
from medskapa.ground.ledger import withdrawn_log
from medskapa.ground.ledger.models import Chain, Record
from medskapa.stages.listening.models import Story
from medskapa.stages.listening.tests.makers import a_prompt, a_story
from medskapa.stages.listening.tests.telling import fields_of, send, walk_to_the_end

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Ingen sa att bussen hade slutat gå. " * 300  # more than fits into a page of the store that is already there
NOT_NOW = "Vi kan inte spara något just nu."
EVERYTHING = 2**30


@pytest.fixture
def lab() -> Lab:
    lab = a_lab()
    a_prompt(lab)  # so that the chain has begun
    return lab


@pytest.fixture
def let_go(lab: Lab) -> Iterator[Callable[[], None]]:
    """Somebody else writes and does not end, until this is called; and who waits does so for a moment only."""
    has_it, is_over = threading.Event(), threading.Event()
    holder = threading.Thread(target=_hold, args=(has_it, is_over))
    holder.start()
    assert has_it.wait(30)

    def end() -> None:
        is_over.set()
        holder.join()

    with _hurried():
        yield end
    end()


def _hold(has_it: threading.Event, is_over: threading.Event) -> None:
    with transaction.atomic():
        list(Chain.objects.select_for_update())
        has_it.set()
        is_over.wait(60)
    connections.close_all()


@pytest.fixture
def make_room() -> Iterator[Callable[[], None]]:
    """The disk is full to the last page of the store, until this is called."""
    _sql("VACUUM")
    _sql("PRAGMA max_page_count = 1")  # as few as there are
    yield lambda: _sql(f"PRAGMA max_page_count = {EVERYTHING}")
    _sql(f"PRAGMA max_page_count = {EVERYTHING}")


def test_while_others_hold_the_store_a_teller_reads_so_and_the_same_page_sends_the_story_once(lab, let_go):
    client = Client(raise_request_exception=False)
    last = walk_to_the_end(client, lab, words=WORDS)
    before = what_there_is()

    refused = send(client, lab, last)
    assert what_there_is() == before

    let_go()
    assert try_again(client, lab, refused).status_code == try_again(client, lab, refused).status_code == 200
    assert Story.objects.count() == 1


@pytest.mark.once
def test_on_a_full_disk_a_teller_reads_so_and_the_same_page_sends_the_story_once_there_is_room(lab, make_room):
    client = Client(raise_request_exception=False)
    last = walk_to_the_end(client, lab, words=WORDS)
    before = what_there_is()

    refused = send(client, lab, last)
    assert what_there_is() == before

    make_room()
    assert try_again(client, lab, refused).status_code == 200
    assert Story.objects.count() == 1


def test_where_a_withdrawal_cannot_be_noted_on_the_disk_it_is_said_and_nothing_is_withdrawn_by_half(lab, monkeypatch):
    story = a_story(lab)
    client, page = client_of(story.teller), f"/sv/return/mine/{story.public_id}/back/"
    client.raise_request_exception = False
    form, before = fields_of(client.get(page)), what_there_is()

    with monkeypatch.context() as disk:
        disk.setattr(withdrawn_log, "_write_all", _no_room)
        refused = client.post(page, form)

    assert refused.status_code == 503
    assert NOT_NOW in refused.content.decode()
    assert what_there_is() == before
    assert Story.objects.get().state == Story.State.TOLD
    assert client.post(page, fields_of(refused)).status_code == 303
    assert Story.objects.get().state == Story.State.WITHDRAWN


def what_there_is() -> tuple[int, int, int]:
    """How much there is of what a telling makes."""
    return Story.objects.count(), Pseudonym.objects.count(), Record.objects.count()


def try_again(client: Client, lab: Lab, page: HttpResponse) -> HttpResponse:
    """Press *Try again* on the page of a fault."""
    said = page.content.decode()
    assert (page.status_code, page["Retry-After"]) == (503, "60")
    assert NOT_NOW in said
    assert WORDS.strip() in said
    return send(client, lab, page)


def _no_room(*_what: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@contextmanager
def _hurried() -> Iterator[None]:
    """Who wants to write waits for others no longer than a moment."""
    usual = connection.settings_dict["OPTIONS"].get("timeout")
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = 0.05
    else:
        _sql("SET lock_timeout = '50ms'")
    yield
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = usual
    else:
        connection.close()


def _sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)
