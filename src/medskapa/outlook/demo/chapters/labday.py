"""The lab day: its run sheet, its tables, who sat where, and how the day went."""

from datetime import datetime, timedelta
from functools import partial

from medskapa.outlook.demo.chapters.people import pseudonym, shown_name
from medskapa.outlook.demo.content import Entry, chapter, moment, original
from medskapa.outlook.demo.replay import Replay, words
from medskapa.stages.labday.actions import add_block, add_table, check_in, end_block, give_seat, start_block

DAY = "sammanhacket"
DOORS = timedelta(minutes=20)  # before it begins


def plan(replay: Replay) -> None:
    """The run sheet ten days before, the tables early on the day, then the day itself."""
    content = chapter("day")
    begins = moment(content["gatherings"][0]["starts"])
    for entry in content["blocks"]:
        replay.plan(begins - timedelta(days=10, minutes=60 - entry["order"]), partial(_block, replay, entry))
    for entry in content["tables"]:
        replay.plan(begins - timedelta(minutes=60 - entry["number"]), partial(_table, replay, entry))
    seated = [name for entry in content["tables"] for name in entry["seats"] if name not in content["absent"]]
    for place, name in enumerate(seated):
        replay.plan(begins - DOORS + timedelta(seconds=25 * place), partial(_come, replay, name))
    _plan_blocks(replay, content["blocks"], begins + timedelta(minutes=12))


def _plan_blocks(replay: Replay, blocks: list[Entry], begins: datetime) -> None:
    """The day began twelve minutes late, since everybody wanted coffee, and made up for it at lunch."""
    for entry in blocks:
        replay.plan(begins, partial(_start, replay, entry["order"]))
        begins += timedelta(minutes=entry["minutes"] - (12 if entry["title"]["en"] == "Lunch" else 0))
    replay.plan(begins, partial(_end, replay, blocks[-1]["order"]))


def _block(replay: Replay, entry: Entry) -> None:
    texts = words(entry, "title", "summary")
    made = add_block(replay.the("gathering", DAY), **texts, minutes=entry["minutes"], kind=entry["kind"], by=replay.by)
    replay.keep("block", str(entry["order"]), made)
    replay.word(made, title=entry["title"], summary=entry["summary"])


def _table(replay: Replay, entry: Entry) -> None:
    table = add_table(
        replay.the("gathering", DAY),
        number=entry["number"],
        name=original(entry["name"]),
        challenge=replay.the("challenge", entry["challenge"]),
        prototype=replay.the("prototype", entry["prototype"]),
        by=replay.by,
    )
    for name in entry["seats"]:
        person = pseudonym(replay, name) if replay.has("entry", name) else replay.the("participation", name)
        replay.keep("seat", name, give_seat(table, person=person, shown=shown_name(replay, name), by=replay.by))


def _come(replay: Replay, name: str) -> None:
    check_in(replay.the("seat", name), by=replay.by)


def _start(replay: Replay, order: int) -> None:
    start_block(replay.the("block", str(order)), by=replay.by)


def _end(replay: Replay, order: int) -> None:
    end_block(replay.the("block", str(order)), by=replay.by)
