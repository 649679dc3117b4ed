"""Makers without surprises."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.proof import beginning, line_of, record_hash
from medskapa.ground.ledger.sealing import new_key, seal
from medskapa.ground.ledger.tests.app.models import SmallLab, Tale


def an_actor(lab: SmallLab | None = None, *roles: str, key: str = "me") -> Actor:
    return Actor("participation", key, lab.public_id if lab else None, frozenset(roles or {"moderator"}))


def a_lab() -> SmallLab:
    return SmallLab.objects.create()


def a_tale(lab: SmallLab | None = None, words: str = "I waited two years", title: str = "Waiting", **fields: Any) -> Tale:
    lab = lab or a_lab()
    key = new_key(lab.public_id)
    tale = Tale.objects.create(lab=lab, key=key, words=seal(words, key), title=seal(title, key), **fields)
    return Tale.objects.select_related("lab", "key__under").get(pk=tale.pk)


def chain_lines(name: str, length: int) -> list[str]:
    """The lines of a chain's export, made without any store."""
    lines, before = [], beginning(name)
    for number in range(1, length + 1):
        content = {
            "chain": name,
            "number": number,
            "at": "2017-08-31T09:00:00.000000Z",
            "actor": "participation:kJ2_hQ-9aB3x",
            "roles": ["moderator"],
            "verb": "story.release",
            "subject": f"listening.story:{number:012}",
            "about": [],
            "reading": number % 3 == 0,
            "before": before,
        }
        before = record_hash(content)
        lines.append(line_of(content | {"hash": before}))
    return lines


def at_once(number: int, work: Callable[[int], Any]) -> list[Any]:
    """What ``work`` gave, or the exception it raised, in each of so many threads that start together."""
    gate, results = threading.Barrier(number), [None] * number

    def run(place: int) -> None:
        gate.wait()
        try:
            results[place] = work(place)
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
