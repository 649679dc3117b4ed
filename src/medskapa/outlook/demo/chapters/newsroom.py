"""The press room: releases and whom to call."""

from datetime import date
from functools import partial

from medskapa.outlook.demo.content import ORIGINAL, Entry, chapter, clock, original, source
from medskapa.outlook.demo.replay import Replay, words
from medskapa.outlook.newsroom.actions import add_contact, draft_release, publish_release

CONTACTS = date(2017, 6, 1)


def plan(replay: Replay) -> None:
    """A release is written and published on its day."""
    content = chapter("newsroom")
    for number, entry in enumerate(content["contacts"]):
        replay.plan(clock(CONTACTS, 10, number), partial(_contact, replay, entry))
    for entry in content["releases"]:
        replay.plan(clock(entry["published"], 11), partial(_publish, replay, entry))


def _contact(replay: Replay, entry: Entry) -> None:
    made = add_contact(
        replay.lab, name=entry["name"], says=original(entry["says"]), email=entry["email"], phone=entry["phone"], by=replay.by
    )
    replay.word(made, says=entry["says"])


def _publish(replay: Replay, entry: Entry) -> None:
    release = draft_release(
        replay.lab, **words(entry, "title", "summary", "text"), language=ORIGINAL, source=source(entry.get("source")), by=replay.by
    )
    replay.word(release, title=entry["title"], summary=entry["summary"], text=entry["text"])
    publish_release(release, by=replay.by)
