"""Telling a story has a lane of its own, however many ask for other pages."""

import asyncio
from collections.abc import Callable, Iterable
from threading import Event
from typing import Any

import pytest

from medskapa.config.lanes import KEPT, MOST, OPEN, Lanes

Start = Callable[[str, list[tuple[str, str]]], Any]
TELLING = "/sv/labs/here/tell/"


class Pages:
    """Pages that are not ready before somebody says so, but for those of tellers and the one that says how many are here."""

    def __init__(self) -> None:
        self.ready = Event()
        self.asked: list[str] = []

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        if environ["PATH_INFO"] != TELLING and not environ["PATH_INFO"].endswith("/busy/"):
            assert self.ready.wait(30)
        start("200 OK", [])
        return [environ["PATH_INFO"].encode()]


async def came(lanes: Lanes, path: str, method: str = "GET") -> str:
    """The page that comes to somebody who asks for this one."""
    got: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        got.append(message.get("body", b""))

    scope = {"type": "http", "http_version": "1.1", "method": method, "path": path, "query_string": b"", "headers": [], "scheme": "http"}
    await lanes(scope, receive, send)
    return b"".join(got).decode()


async def a_crowd(lanes: Lanes, number: int) -> list[asyncio.Task[str]]:
    """So many who wait for a page."""
    waiting = [asyncio.create_task(came(lanes, "/sv/labs/here/")) for _each in range(number)]
    await asyncio.sleep(0)
    return waiting


@pytest.fixture
def pages():
    made = Pages()
    yield made
    made.ready.set()


def test_whoever_tells_is_answered_while_everybody_else_waits(pages):
    async def day() -> list[str]:
        lanes = Lanes(pages)
        waiting = await a_crowd(lanes, OPEN + MOST)
        told = [await came(lanes, TELLING) for _each in range(KEPT + 1)]
        assert not any(one.done() for one in waiting)
        pages.ready.set()
        await asyncio.gather(*waiting)
        return told

    assert asyncio.run(day()) == [TELLING] * (KEPT + 1)


def test_who_comes_when_too_many_wait_is_asked_to_come_again_in_their_language(pages):
    async def day() -> str:
        lanes = Lanes(pages)
        waiting = await a_crowd(lanes, OPEN + MOST)
        answer = await came(lanes, "/ar/labs/here/ideas/")
        pages.ready.set()
        await asyncio.gather(*waiting)
        return answer

    assert asyncio.run(day()) == "/ar/busy/"


def test_what_somebody_sends_is_never_turned_away(pages):
    async def day() -> str:
        lanes = Lanes(pages)
        waiting = await a_crowd(lanes, OPEN + MOST)
        sent = asyncio.create_task(came(lanes, "/sv/labs/here/ideas/new/", "POST"))
        await asyncio.sleep(0)
        pages.ready.set()
        await asyncio.gather(*waiting)
        return await sent

    assert asyncio.run(day()) == "/sv/labs/here/ideas/new/"


def test_after_the_crowd_has_gone_pages_come_as_before(pages):
    async def day() -> str:
        lanes = Lanes(pages)
        waiting = await a_crowd(lanes, OPEN + MOST)
        pages.ready.set()
        await asyncio.gather(*waiting)
        return await came(lanes, "/sv/labs/here/ideas/")

    assert asyncio.run(day()) == "/sv/labs/here/ideas/"


def test_the_page_that_says_so_comes_again_by_itself(client):
    answer = client.get("/sv/busy/")

    assert answer.status_code == 429
    assert (answer.headers["Retry-After"], answer.headers["Refresh"]) == ("5", "5")
    assert "Många är här just nu." in answer.content.decode()
