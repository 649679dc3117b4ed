"""Three pilots that named units own, one of them stopped by its own rule, and where two of them spread."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from medskapa.outlook.demo.content import ORIGINAL, Entry, chapter, clock, original
from medskapa.outlook.demo.replay import Replay
from medskapa.stages.pilots.actions import (
    edit_adoption,
    give_next_challenge,
    judge_pilot,
    measure_pilot,
    move_adoption,
    note_adoption,
    plan_pilot,
    start_pilot,
)
from medskapa.stages.pilots.models import Adoption

PLANNED = date(2017, 12, 1)
SOON_AFTER = timedelta(hours=1)  # the day on which a challenge is written


def plan(replay: Replay) -> None:
    """Planned in December, measured before, started in January, judged two years later."""
    content = chapter("pilots")
    challenges = {entry["id"]: entry for entry in chapter("cocreation")["challenges"]}
    for number, entry in enumerate(content["pilots"]):
        replay.plan(clock(PLANNED, 10, number), partial(_plan, replay, entry))
        replay.plan(clock(entry["starts"], 9, number), partial(_start, replay, entry["id"]))
        replay.plan(clock(entry["judged"], 11, number), partial(_judge, replay, entry))
        for name in entry.get("next_challenges", ()):
            replay.plan(clock(challenges[name]["made"], 12) + SOON_AFTER, partial(_next, replay, entry["id"], name))
    for number, entry in enumerate(content["adoptions"]):
        first, *further = entry["moves"]
        replay.plan(clock(first["day"], 14, number), partial(_consider, replay, entry))
        for move in further:
            replay.plan(clock(move["day"], 14, number), partial(_move, replay, entry, move))


def _plan(replay: Replay, entry: Entry) -> None:
    texts = {name: entry[name] for name in ("title", "summary", "stop_rule", "if_it_works")}
    pilot = plan_pilot(
        replay.lab,
        title=original(entry["title"]),
        summary=original(entry["summary"]),
        stop_rule=original(entry["stop_rule"]),
        if_it_works=original(entry["if_it_works"]),
        language=ORIGINAL,
        support=replay.the("support", entry["support"]),
        best_interests=replay.the("best_interests", entry["best_interests"]),
        municipality=replay.the("municipality", entry["municipality"]),
        owner=replay.the("unit", entry["owner"]),
        lead=replay.the("participation", entry["lead"]),
        budget_minor=entry["budget"] * 100,
        starts_on=entry["starts"],
        ends_on=entry["ends"],
        diary_number=entry["diary_number"],
        by=replay.by,
    )
    replay.keep("pilot", entry["id"], pilot)
    replay.word(pilot, **texts)
    for aim in entry["indicators"]:
        measure_pilot(pilot, indicator=replay.the("indicator", aim["indicator"]), target=Decimal(str(aim["target"])), by=replay.by)


def _start(replay: Replay, pilot: str) -> None:
    start_pilot(replay.the("pilot", pilot), by=replay.by)


def _judge(replay: Replay, entry: Entry) -> None:
    pilot = replay.the("pilot", entry["id"])
    judge_pilot(pilot, verdict=entry["state"], reason=original(entry["reason"]), by=replay.by)
    replay.word(pilot, reason=entry["reason"])


def _next(replay: Replay, pilot: str, challenge: str) -> None:
    give_next_challenge(replay.the("pilot", pilot), challenge=replay.the("challenge", challenge), by=replay.by)


def _consider(replay: Replay, entry: Entry) -> None:
    adoption = note_adoption(
        replay.the("pilot", entry["pilot"]),
        municipality=replay.the("municipality", entry["municipality"]),
        unit=replay.the("unit", entry["unit"]),
        since=entry["moves"][0]["day"],
        by=replay.by,
    )
    replay.keep("adoption", entry["id"], adoption)


def _move(replay: Replay, entry: Entry, move: Entry) -> None:
    adoption = move_adoption(replay.the("adoption", entry["id"]), state=move["state"], since=move["day"], by=replay.by)
    if adoption.state == Adoption.State.RUNNING:
        edit_adoption(adoption, unit=adoption.unit, note=original(entry["note"]), by=replay.by)
        replay.word(adoption, note=entry["note"])
