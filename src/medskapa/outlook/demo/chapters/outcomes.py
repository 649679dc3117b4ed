"""Indicators, and two years of measurements with their size and margin."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from medskapa.outlook.demo.content import ORIGINAL, Entry, chapter, clock, original
from medskapa.outlook.demo.replay import Replay, words
from medskapa.stages.outcomes.actions import note_measurement, write_indicator

WRITTEN_BEFORE = timedelta(days=21)  # an indicator is talked over before it is fixed


def plan(replay: Replay) -> None:
    """An indicator is written some weeks before it is first measured; the first measurement fixes it."""
    for number, entry in enumerate(chapter("outcomes")["indicators"]):
        replay.plan(clock(entry["frozen"] - WRITTEN_BEFORE, 14, number), partial(_write, replay, entry))
        for place, measured in enumerate(entry["measurements"]):
            replay.plan(clock(measured["day"], 15, number * 4 + place % 3), partial(_measure, replay, entry["id"], measured))


def _write(replay: Replay, entry: Entry) -> None:
    made = write_indicator(
        replay.lab,
        **words(entry, "title", "summary"),
        language=ORIGINAL,
        unit=original(entry["unit"]),
        direction=entry["direction"],
        written_by_young=entry["written_by_young"],
        insight=replay.the("insight", entry["insight"]),
        by=replay.by,
    )
    replay.keep("indicator", entry["id"], made)
    replay.word(made, title=entry["title"], summary=entry["summary"], unit=entry["unit"])


def _measure(replay: Replay, indicator: str, said: Entry) -> None:
    made = note_measurement(
        replay.the("indicator", indicator),
        value=Decimal(str(said["value"])),
        measured_on=said["day"],
        is_baseline=said.get("baseline", False),
        municipality=replay.the("municipality", said["municipality"]),
        low=_number(said, "low"),
        high=_number(said, "high"),
        people_count=said.get("people"),
        note=original(said.get("note", "")),
        by=replay.by,
    )
    replay.word(made, note=said.get("note", ""))


def _number(said: Entry, name: str) -> Decimal | None:
    return Decimal(str(said[name])) if name in said else None
