"""Insights: written, resting on quotes and answers, confirmed, made public. Later stories still add to them."""

from datetime import datetime, timedelta
from functools import partial

from medskapa.outlook.demo.chapters.stories import released_at
from medskapa.outlook.demo.content import ORIGINAL, Entry, chapter, clock, original
from medskapa.outlook.demo.replay import Replay, words
from medskapa.stages.understanding.actions import add_answers, add_quote, confirm_insight, publish_insight, write_insight
from medskapa.stages.understanding.models import Evidence


def plan(replay: Replay) -> None:
    """Evidence is added when it can be: a quote once its story is released, answers once the conversation has closed."""
    for number, entry in enumerate(chapter("insights")["insights"]):
        replay.plan(clock(entry["made"], 9, number), partial(_write, replay, entry))
        for place, evidence in enumerate(entry["evidence"]):
            moment = _possible(replay, evidence, clock(entry["made"], 10, number)) + timedelta(minutes=place)
            replay.plan(moment, partial(_add, replay, entry["id"], evidence))
        if "confirmed" in entry:
            replay.plan(clock(entry["confirmed"], 14, number), partial(_confirm, replay, entry["id"]))
        if "public" in entry:
            replay.plan(clock(entry["public"], 15, number), partial(_publish, replay, entry["id"]))


def _possible(replay: Replay, evidence: Entry, written: datetime) -> datetime:
    if "statement" in evidence:
        closed = clock(chapter("lab")["conversation"]["closed"] + timedelta(days=4), 10)
        return max(written, closed)
    story = next(entry for entry in chapter("stories")["stories"] if entry["id"] == evidence["story"])
    released = released_at(replay, story)
    return max(written, released + timedelta(hours=2)) if released else written


def _write(replay: Replay, entry: Entry) -> None:
    made = write_insight(
        replay.lab,
        **words(entry, "title", "summary"),
        language=ORIGINAL,
        made_by=replay.the("participation", entry["made_by"]),
        by=replay.by,
    )
    replay.keep("insight", entry["id"], made)
    replay.word(made, title=entry["title"], summary=entry["summary"])


def _add(replay: Replay, insight: str, said: Entry) -> None:
    side, why = said.get("side", Evidence.Side.FOR.value), said.get("note", "")
    found = replay.the("insight", insight)
    if "statement" in said:
        made = add_answers(found, statement=replay.the("statement", said["statement"]), side=side, note=original(why), by=replay.by)
    else:
        story = replay.the("story", said["story"])
        made = add_quote(found, story=story, quote=said["quote"], language=said["in"], side=side, note=original(why), by=replay.by)
    replay.word(made, note=why)


def _confirm(replay: Replay, insight: str) -> None:
    confirm_insight(replay.the("insight", insight), by=replay.by)


def _publish(replay: Replay, insight: str) -> None:
    publish_insight(replay.the("insight", insight), by=replay.by)
