"""Phones without network: stories that wait on them, a restart of each browser in between, and what is in the store afterwards."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.sending import stories_in
from tests.serving import Server
from tests.test_drafts import a_phone, address, at_the_first_question, keep, send, stored, to_the_end, until, write

A_DAY_LATER = "{ const now = Date.now.bind(Date); Date.now = () => now() + 24 * 3600 * 1000; }"


@dataclass(frozen=True, slots=True)
class Arrived:
    """How many stories were there once, and which are lost or doubled; how many phones still hold something."""

    once: int
    lost: list[str]
    doubled: list[str]
    holding: int


def wait_for_the_network(server: Server, browser_type: Any, folder: Path, *, phones: int) -> Arrived:
    """Each phone tells without network and keeps it; every other one loses only the answer. A day later each browser starts again."""
    words = [f"Berättelse nummer {number} som väntade" for number in range(phones)]
    for number, told in enumerate(words):
        _tell_without_network(server, browser_type, folder / str(number), told, comes=number % 2 == 1)
    holding = sum(_come_back(server, browser_type, folder / str(number)) for number in range(phones))
    kept = Counter(stories_in(server.data))
    return Arrived(
        once=sum(kept[told] == 1 for told in words),
        lost=[told for told in words if not kept[told]],
        doubled=[told for told in words if kept[told] > 1],
        holding=holding,
    )


def _tell_without_network(server: Server, browser_type: Any, profile: Path, words: str, *, comes: bool) -> None:
    with a_phone(browser_type, profile) as teller:
        at_the_first_question(teller, server)
        write(teller, words)
        keep(teller)
        to_the_end(teller)
        come: list[Any] = []
        teller.route("**/tell/send/", lambda route: (comes and (come or come.append(route.fetch())), route.abort()))
        send(teller)
        teller.wait_for_selector("[data-offline]:visible")


def _come_back(server: Server, browser_type: Any, profile: Path) -> bool:
    with a_phone(browser_type, profile) as teller:
        teller.add_init_script(A_DAY_LATER)
        teller.goto(address(server))
        teller.wait_for_selector(".code")
        until(teller, "!localStorage.length")
        return bool(stored(teller)["rows"])
