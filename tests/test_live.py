"""Streams tell that a topic changed, and to which version; whoever was away is told at once what they missed."""

import asyncio
from collections.abc import Collection
from typing import Any

import pytest

from medskapa.ground.web.live import is_topic, touch, versions
from medskapa.ground.web.streams import MOST_TOPICS, Streams

DAY = "lab/x/day/y"


class Board:
    """A source whose topics the test changes."""

    def __init__(self, **known: int) -> None:
        self.known = {name.replace("_", "/"): version for name, version in known.items()}
        self._changed = asyncio.Event()

    def change(self, topic: str) -> None:
        self.known[topic] = self.known.get(topic, 0) + 1
        self._changed.set()

    async def changed(self) -> None:
        await self._changed.wait()
        self._changed.clear()

    async def versions(self, topics: Collection[str]) -> dict[str, int]:
        return {topic: self.known[topic] for topic in topics if topic in self.known}


class Listener:
    """A browser at the other end of a stream."""

    def __init__(self, streams: Streams, query: str, last: str = "") -> None:
        headers = [(b"last-event-id", last.encode())] if last else []
        self._scope: dict[str, Any] = {
            "type": "http",
            "method": "GET",
            "path": "/live/",
            "query_string": query.encode(),
            "headers": headers,
        }
        self._sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._gone = asyncio.Event()
        self.task = asyncio.ensure_future(streams(self._scope, self._receive, self._send))

    async def hears(self) -> str:
        message = await asyncio.wait_for(self._sent.get(), 5)
        return str(message["status"]) if "status" in message else message["body"].decode()

    async def leaves(self) -> None:
        self._gone.set()
        await self.task

    def heard_nothing_more(self) -> bool:
        return self._sent.empty()

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self._sent.put_nowait(dict(message))


def test_a_stream_begins_with_its_cursor_and_tells_each_change():
    async def story() -> None:
        board = Board(lab_x_day_y=3)
        listener = Listener(Streams(lambda: board), f"topic={DAY}")
        assert await listener.hears() == "200"
        assert await listener.hears() == f"retry: 3000\nid: {DAY}=3\n\n"

        board.change(DAY)

        assert await listener.hears() == f'id: {DAY}=4\nevent: changed\ndata: {{"{DAY}": 4}}\n\n'
        await listener.leaves()

    asyncio.run(story())


@pytest.mark.parametrize(("query", "last"), [(f"topic={DAY}", f"{DAY}=3"), (f"topic={DAY}&since={DAY}%3D3", "")])
def test_who_was_away_is_told_at_once(query, last):
    async def story() -> None:
        listener = Listener(Streams(lambda: Board(lab_x_day_y=7)), query, last)

        assert [await listener.hears() for _ in range(3)][2] == f'id: {DAY}=7\nevent: changed\ndata: {{"{DAY}": 7}}\n\n'
        await listener.leaves()

    asyncio.run(story())


def test_two_listeners_each_keep_their_own_cursor():
    async def story() -> None:
        board = Board(lab_x_day_y=1)
        streams = Streams(lambda: board)
        first = Listener(streams, f"topic={DAY}")
        assert [await first.hears(), await first.hears()][0] == "200"
        board.change(DAY)
        assert "id: lab/x/day/y=2" in await first.hears()

        second = Listener(streams, f"topic={DAY}", last=f"{DAY}=1")

        assert "event: changed" in [await second.hears() for _ in range(3)][2]
        assert first.heard_nothing_more()
        await first.leaves()
        await second.leaves()

    asyncio.run(story())


def test_a_topic_that_nobody_asked_for_wakes_nobody():
    async def story() -> None:
        board = Board()
        listener = Listener(Streams(lambda: board), f"topic={DAY}")
        assert [await listener.hears(), await listener.hears()][0] == "200"

        board.change("lab/other")
        await asyncio.sleep(0.05)

        assert listener.heard_nothing_more()
        await listener.leaves()

    asyncio.run(story())


@pytest.mark.parametrize("query", ["", "topic=", "topic=../secret", "topic=a b", "&".join(f"topic=t{n}" for n in range(MOST_TOPICS + 1))])
def test_a_stream_of_nothing_known_is_refused(query):
    async def story() -> str:
        return await Listener(Streams(Board), query).hears()

    assert asyncio.run(story()) == "400"


def test_when_the_server_ends_every_stream_ends():
    async def story() -> str:
        streams = Streams(Board)
        listener = Listener(streams, f"topic={DAY}")
        assert [await listener.hears(), await listener.hears()][0] == "200"

        streams.close()

        await asyncio.wait_for(listener.task, 5)
        return await Listener(streams, f"topic={DAY}").hears()

    assert asyncio.run(story()) == "503"


@pytest.mark.django_db(transaction=True)
def test_touching_a_topic_raises_its_version_once_committed():
    touch(DAY)
    touch(DAY)

    assert versions([DAY, "lab/other"]) == {DAY: 2, "lab/other": 0}


@pytest.mark.django_db
def test_a_topic_touched_in_a_transaction_changes_only_when_it_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        touch(DAY)
        assert versions([DAY]) == {DAY: 0}

    assert versions([DAY]) == {DAY: 1}


def test_a_topic_is_words_parted_by_slashes():
    assert is_topic(DAY)
    assert not any(is_topic(name) for name in ("", "/lab", "lab/", "lab//x", "lab x", "lab;x", "x" * 121))
    with pytest.raises(ValueError, match="is not a topic"):
        touch("lab x")
