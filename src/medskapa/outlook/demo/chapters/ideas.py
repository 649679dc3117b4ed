"""Challenges with their owners' promises, and the ideas that answer them. Real ones end where their sources end."""

from datetime import timedelta
from functools import partial
from typing import Any

from medskapa.outlook.demo.chapters.people import pseudonym, shown_name
from medskapa.outlook.demo.content import ORIGINAL, Entry, chapter, clock, fact, joined, original, source
from medskapa.outlook.demo.replay import Replay
from medskapa.stages.cocreation.actions import (
    ask_again,
    close_challenge,
    keep_promise,
    open_challenge,
    promise,
    set_aside_idea,
    share_idea,
    write_challenge,
)

CLOSED_AFTER = timedelta(days=7)  # a challenge whose promise was kept
SET_ASIDE_AFTER = timedelta(days=21)


def plan(replay: Replay) -> None:
    """A challenge opens on the day it was written; its ideas follow."""
    content = chapter("cocreation")
    for number, entry in enumerate(content["challenges"]):
        _plan_challenge(replay, _with_facts(entry), number)
    for number, entry in enumerate(content["ideas"]):
        replay.plan(clock(entry["made"], 13, number), partial(_share, replay, _with_facts(entry)))
        if entry.get("state") == "set_aside":
            replay.plan(clock(entry["made"] + SET_ASIDE_AFTER, 16), partial(_set_aside, replay, entry))


def _plan_challenge(replay: Replay, entry: Entry, number: int) -> None:
    replay.plan(clock(entry["made"], 9, 10 * number), partial(_write, replay, entry))
    if "asks_again" in entry:
        replay.plan(clock(entry["asks_again"]["day"], 10), partial(_ask_again, replay, entry))
    if "promise" in entry:
        promised = replay.day(entry["promised"] if "promised" in entry else entry["made"])
        replay.plan(clock(promised, 9, 10 * number + 1), partial(_promise, replay, entry))
    if "promise_kept" in entry:
        replay.plan(clock(entry["promise_kept"], 15), partial(_keep, replay, entry))
        replay.plan(clock(entry["promise_kept"] + CLOSED_AFTER, 9), partial(_close, replay, entry))


def _with_facts(entry: Entry) -> Entry:
    """The entry with what the public facts say of it, and where they say it if it is real."""
    if "from_facts" not in entry:
        return entry
    known = fact(entry["from_facts"])
    texts: Entry = {name: known[name] | entry.get(name, {}) for name in ("title", "question") if name in known}
    real = {} if known["invented"] else {"source": known["source"]}
    return {**known, **entry, **real, **texts}


def _write(replay: Replay, entry: Entry) -> None:
    background = entry.get("summary") or entry["title"]
    made = write_challenge(
        replay.lab,
        title=original(entry["question"]),
        summary=original(background),
        language=ORIGINAL,
        insights=[replay.the("insight", name) for name in entry["insights"]],
        owner=replay.the("unit", entry["owner"]) if "owner" in entry else None,
        source=source(entry.get("source")),
        by=replay.by,
    )
    replay.keep("challenge", entry["id"], made)
    replay.word(made, title=entry["question"], summary=background)
    open_challenge(made, by=replay.by)


def _promise(replay: Replay, entry: Entry) -> None:
    made = replay.the("challenge", entry["id"])
    promise(made, text=original(entry["promise"]), due_on=replay.day(entry["promise_due"]), by=replay.by)
    replay.word(made, promise=entry["promise"])


def _ask_again(replay: Replay, entry: Entry) -> None:
    said = entry["asks_again"]
    asked = ask_again(
        replay.the("challenge", entry["id"]),
        title=original(said["title"]),
        summary=original(said["help"]),
        language=ORIGINAL,
        by=replay.by,
    )
    replay.keep("prompt", said["id"], asked.prompt)
    replay.word(asked.prompt, title=said["title"], summary=said["help"])


def _keep(replay: Replay, entry: Entry) -> None:
    keep_promise(replay.the("challenge", entry["id"]), on=entry["promise_kept"], by=replay.by)


def _close(replay: Replay, entry: Entry) -> None:
    close_challenge(replay.the("challenge", entry["id"]), by=replay.by)


def _share(replay: Replay, entry: Entry) -> None:
    summary = joined(*(entry[name] for name in ("summary", "more", "ends_with") if name in entry))
    made = share_idea(
        replay.lab,
        title=original(entry["title"]),
        summary=original(summary),
        kind=entry["kind"],
        language=ORIGINAL,
        challenge=replay.the("challenge", entry["challenge"]) if "challenge" in entry else None,
        insights=[replay.the("insight", name) for name in entry.get("insights", ())],
        source=source(entry.get("source")),
        **_author(replay, entry),
        by=replay.by,
    )
    replay.keep("idea", entry["id"], made)
    replay.word(made, title=entry["title"], summary=summary)


def _author(replay: Replay, entry: Entry) -> dict[str, Any]:
    name = entry.get("by")
    if name is None:
        return {}
    author = pseudonym(replay, name) if replay.has("entry", name) else replay.the("participation", name)
    return {"author": author, "credit": entry.get("credit") or shown_name(replay, name)}


def _set_aside(replay: Replay, entry: Entry) -> None:
    idea = replay.the("idea", entry["id"])
    set_aside_idea(idea, reason=original(entry["reason"]), by=replay.by)
    replay.word(idea, reason=entry["reason"])
