"""A network that cuts requests and answers loses no story, halves none and doubles none. The drill sends a thousand."""

import asyncio
from typing import Any

import pytest
from django.core.exceptions import BadRequest

from medskapa.config.asgi import whole
from tests.cutting_proxy import BEFORE, BEHIND, tell_through_a_cutting_proxy

GONE = {"type": "http.disconnect"}


def a_piece(body: bytes, more_body: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more_body}


def read(length: int, *messages: dict[str, Any]) -> bytes:
    """What a page reads of a request that says it is so long."""
    coming = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(coming)

    async def all_of_it() -> bytes:
        received = whole({"headers": [(b"content-length", str(length).encode())]}, receive)
        return b"".join([(await received())["body"] for _each in messages])

    return asyncio.run(all_of_it())


def test_what_came_whole_is_read():
    assert read(9, a_piece(b"my ", True), a_piece(b"story.")) == b"my story."
    assert read(0, a_piece(b"")) == b""


@pytest.mark.parametrize("end", [GONE, a_piece(b""), a_piece(b"sto")], ids=["gone", "nothing more", "too little"])
def test_what_was_cut_off_is_no_request(end):
    with pytest.raises(BadRequest):
        read(9, a_piece(b"my ", True), end)


@pytest.mark.server
def test_where_the_network_cuts_three_of_ten_sends_every_story_is_there_whole_and_exactly_once(data):
    after, cut = tell_through_a_cutting_proxy(data, sends=40)

    assert min(cut[one] for one in BEFORE + BEHIND) >= 2
    assert (after.sent, after.acknowledged) == (40, 40)
    assert (after.lost, after.doubled, after.others) == ([], [], [])
