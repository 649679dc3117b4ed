"""Echoes: what became of it, told to those who told, in their language; and that most of them came back to read."""

from datetime import timedelta
from functools import partial

from medskapa.outlook.demo.chapters.people import pseudonym
from medskapa.outlook.demo.content import ORIGINAL, Entry, chapter, clock, original, others
from medskapa.outlook.demo.replay import Replay
from medskapa.outlook.thread.actions import read_echoes, send_echo

DECIDED = {"application": "decision"}  # an application is told of by what was decided about it


def plan(replay: Replay) -> None:
    """Each is sent on its day; its hearers read it some days later, save those who have not come back."""
    for number, entry in enumerate(chapter("thread")["echoes"]):
        sent = replay.day(entry["sent"])
        replay.plan(clock(sent, 13, number), partial(_send, replay, entry))
        for place, hearer in enumerate(entry["to"]):
            if hearer not in entry.get("unread", ()):
                day = sent + timedelta(days=1 + (number + 3 * place) % 9)
                replay.plan(clock(day, 16 + place % 6, number), partial(_read, replay, hearer))


def _send(replay: Replay, entry: Entry) -> None:
    ((kind, name),) = entry["about"].items()
    send_echo(
        replay.lab,
        stage=entry["stage"],
        about=replay.the(DECIDED.get(kind, kind), name).public_id,
        title=original(entry["text"]),
        language=ORIGINAL,
        wordings=others(entry["text"]),
        hearers=[pseudonym(replay, hearer) for hearer in entry["to"]],
        made_by=replay.the("participation", entry["by"]),
        by=replay.by,
    )


def _read(replay: Replay, hearer: str) -> None:
    read_echoes(pseudonym(replay, hearer), by=replay.actor(hearer))
