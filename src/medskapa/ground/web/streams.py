"""The streams behind live pages: server-sent events at `/live/?topic=…`, as a plain ASGI application.

Each stream keeps a cursor, the version it has told of each topic, and sends it as the event's id. A browser that
comes back with that id is told at once what it missed; many changes in one round become one event.
"""

import asyncio
import contextlib
import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from medskapa.ground.web.live import is_topic
from medskapa.ground.web.sources import AFTER_FAILURE, Source

logger = logging.getLogger(__name__)

EVENTS = b"text/event-stream; charset=utf-8"
MOST_TOPICS = 8  # of one page
MOST_STREAMS = 4000  # of one process; who comes later is told to come back
HEARTBEAT = 20.0  # seconds, shorter than what proxies wait
AGAIN = 3000  # milliseconds after which a browser comes back

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Streams:
    """All streams of one process; they share one source, which is opened with the first of them."""

    def __init__(self, open_source: Callable[[], Source]) -> None:
        self._open_source = open_source
        self._source: Source | None = None
        self._watched: Counter[str] = Counter()
        self._versions: dict[str, int] = {}
        self._round = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None
        self._count = 0
        self._is_closed = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        topics = _topics(scope)
        if scope["method"] != "GET" or not topics:
            await _refuse(send, 400)
        elif self._count >= MOST_STREAMS or self._is_closed:
            await _refuse(send, 503)
        else:
            await self._serve(topics, _cursor(scope), receive, send)

    def close(self) -> None:
        """End every stream, so that the process can end."""
        self._is_closed = True
        self._round.set()
        if self._looking:
            self._looking.cancel()

    async def _serve(self, topics: list[str], cursor: dict[str, int], receive: Receive, send: Send) -> None:
        self._count += 1
        self._watched.update(topics)
        telling = asyncio.create_task(self._tell(topics, cursor, send))
        leaving = asyncio.create_task(_until_gone(receive))
        try:
            await asyncio.wait({telling, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            telling.cancel()
            leaving.cancel()
            await asyncio.gather(telling, leaving, return_exceptions=True)
            self._forget(topics)

    def _forget(self, topics: list[str]) -> None:
        self._count -= 1
        self._watched.subtract(topics)
        for topic in topics:
            if not self._watched[topic]:
                del self._watched[topic]
                self._versions.pop(topic, None)

    async def _tell(self, topics: list[str], cursor: dict[str, int], send: Send) -> None:
        await _start(send, 200, EVENTS)
        await self._look_now(topics)
        self._looking = self._looking or asyncio.create_task(self._keep_looking())
        cursor = {topic: cursor.get(topic, self._versions.get(topic, 0)) for topic in topics}
        await _more(send, f"retry: {AGAIN}\nid: {_written(cursor)}\n\n")
        while not self._is_closed:
            waking = self._round
            changed = {topic: now for topic in topics if (now := self._versions.get(topic, 0)) != cursor[topic]}
            cursor.update(changed)
            if changed:
                await _more(send, f"id: {_written(cursor)}\nevent: changed\ndata: {json.dumps(changed)}\n\n")
            elif not await _woken(waking):
                await _more(send, ":\n\n")
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _look_now(self, topics: Iterable[str]) -> None:
        self._source = self._source or self._open_source()
        new = [topic for topic in topics if topic not in self._versions]
        if new:
            found = await self._source.versions(new)
            self._versions.update({topic: found.get(topic, 0) for topic in new})

    async def _keep_looking(self) -> None:
        while self._watched:
            try:
                await self._look_once()
            except Exception:
                logger.exception("live streams: the database did not answer")
                await asyncio.sleep(AFTER_FAILURE)
        self._looking = None

    async def _look_once(self) -> None:
        assert self._source is not None  # noqa: S101  # opened by the first stream
        await self._source.changed()
        if self._watched:
            self._versions.update(await self._source.versions(list(self._watched)))
        self._round.set()
        self._round = asyncio.Event()


def _topics(scope: Scope) -> list[str]:
    """The topics asked for, or none if one of them is wrong."""
    asked = parse_qs(scope["query_string"].decode("ascii", "replace")).get("topic", [])
    topics = list(dict.fromkeys(asked))
    return topics if len(topics) <= MOST_TOPICS and all(is_topic(topic) for topic in topics) else []


def _cursor(scope: Scope) -> dict[str, int]:
    """What this browser was told last: its Last-Event-ID, or `since` in the address when the page has just been made."""
    since = parse_qs(scope["query_string"].decode("ascii", "replace")).get("since", [""])[0]
    written = dict(scope["headers"]).get(b"last-event-id", b"").decode("ascii", "replace") or since
    pairs = (pair.rpartition("=") for pair in written.split(";"))
    return {topic: int(version) for topic, _equals, version in pairs if is_topic(topic) and version.isascii() and version.isdigit()}


def _written(cursor: dict[str, int]) -> str:
    return ";".join(f"{topic}={version}" for topic, version in cursor.items())


async def _woken(waking: asyncio.Event) -> bool:
    """Whether a round came before the heartbeat was due."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(waking.wait(), HEARTBEAT)
    return waking.is_set()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _start(send: Send, status: int, kind: bytes) -> None:
    headers = [
        (b"content-type", kind),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def _more(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    await _start(send, status, b"text/plain; charset=utf-8")
    await send({"type": "http.response.body", "body": b"", "more_body": False})
