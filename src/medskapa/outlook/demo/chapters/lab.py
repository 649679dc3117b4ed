"""The lab itself: its beginning, phases, prompts, help, calendar, and the day it opened."""

from calendar import monthrange
from datetime import date
from functools import partial

from medskapa.ground.labs.actions import (
    add_help_contact,
    add_phase,
    edit_participation,
    open_lab,
    plan_gathering,
    start_lab,
)
from medskapa.ground.labs.models import Gathering
from medskapa.outlook.demo.chapters.people import make_person_account
from medskapa.outlook.demo.content import Entry, chapter, clock, fact, moment, original, source
from medskapa.outlook.demo.replay import Replay, words
from medskapa.stages.listening.actions import save_prompt, save_scale, set_target_groups
from medskapa.stages.listening.models import Prompt, Scale


def plan(replay: Replay) -> None:
    """The lab begins, is set up over four weeks, and opens."""
    content = chapter("lab")
    said = content["lab"]
    replay.plan(clock(said["created"], 8), partial(_begin, replay, said))
    for number, entry in enumerate(content["phases"]):
        replay.plan(clock(said["created"], 9, number), partial(_phase, replay, entry))
    for number, entry in enumerate(content["help_now"]):
        replay.plan(clock(said["created"], 9, 20 + number), partial(_help, replay, entry))
    for number, entry in enumerate(content["prompts"]):
        replay.plan(clock(said["opened"], 8, 40 + number), partial(make_prompt, replay, entry))
    for number, entry in enumerate(content["scales"]):
        replay.plan(clock(said["opened"], 8, 50 + number), partial(_scale, replay, entry))
    replay.plan(clock(said["opened"], 8, 59), lambda: set_target_groups(replay.lab, **content["target_groups"], by=replay.by))
    replay.plan(clock(said["opened"], 9), lambda: open_lab(replay.lab, by=replay.by))
    _plan_calendar(replay, said["opened"])


def make_prompt(replay: Replay, entry: Entry) -> Prompt:
    """Ask tellers a question, in every language it has."""
    prompt = Prompt(lab=replay.lab, title=original(entry["title"]), summary=original(entry["help"]), order=entry["order"])
    prompt.picture = entry.get("picture", "")
    made: Prompt = replay.keep("prompt", entry["id"], save_prompt(prompt, by=replay.by))
    replay.word(made, title=entry["title"], summary=entry["help"])
    return made


def _scale(replay: Replay, entry: Entry) -> None:
    texts: Entry = {name: entry[name] for name in ("title", "first", "second", "third") if name in entry}
    made = save_scale(Scale(lab=replay.lab, order=entry["order"], **words(texts, *texts)), by=replay.by)
    replay.word(replay.keep("scale", entry["id"], made), **texts)


def _begin(replay: Replay, said: Entry) -> None:
    known = fact(said["from_facts"])
    texts = {name: known[name] | said[name] for name in ("name", "target_group", "purpose")}
    leader = next(entry for entry in chapter("people")["people"] if entry["id"] == "sara")
    make_person_account(replay, leader)
    lab = start_lab(
        replay.the("account", "sara"),
        slug=said["slug"],
        is_demo=True,
        **words(texts, *texts),
        language=said["language"],
        languages=said["languages"],
        host=replay.the("organisation", said["host"]),
        host_kind=said["host_kind"],
        promise_days=said["promise_days"],
        source=source(said["source"]),
        by=replay.by,
    )
    replay.open(lab)
    replay.word(lab, **texts)
    leads = replay.keep("participation", "sara", lab.participations.get())
    edit_participation(leads, unit=replay.the("unit", leader["unit"]), by=replay.by)


def _phase(replay: Replay, entry: Entry) -> None:
    texts = {name: entry[name] for name in ("name", "young_decide", "young_advise", "young_are_told")}
    made = add_phase(replay.lab, **words(texts, *texts), starts_on=entry["starts"], ends_on=replay.day(entry["ends"]), by=replay.by)
    replay.word(made, **texts)


def _help(replay: Replay, entry: Entry) -> None:
    made = add_help_contact(
        replay.lab,
        name=entry["name"],
        phone=entry.get("phone", ""),
        link=entry.get("link", ""),
        says=original(entry["says"]),
        by=replay.by,
    )
    replay.word(made, says=entry["says"])


def _plan_calendar(replay: Replay, opened: date) -> None:
    for number, entry in enumerate(chapter("facts")["timeline"]):
        if "event" not in entry:  # that one is a gathering of its own
            first, last = _span(entry["date"])
            replay.plan(clock(max(first, opened), 9, 10 + number), partial(_milestone, replay, entry, first, last))
    for entry in chapter("day")["gatherings"]:
        replay.plan(clock(date(2017, 6, 15), 13), partial(_gathering, replay, entry))


def _span(said: str) -> tuple[date, date]:
    """The first and the last day of what the source dates by day, month or year."""
    parts = [int(part) for part in said.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 0
    if len(parts) == 3:
        return date(*parts), date(*parts)
    return date(year, month or 1, 1), date(year, month or 12, monthrange(year, month or 12)[1])


def _milestone(replay: Replay, entry: Entry, first: date, last: date) -> None:
    made = plan_gathering(
        replay.lab,
        name=original(entry["what"]),
        kind=Gathering.Kind.MILESTONE,
        starts_at=clock(first, 0),
        ends_at=clock(last, 23, 59),
        source=source(entry["source"]),
        by=replay.by,
    )
    replay.word(made, name=entry["what"])


def _gathering(replay: Replay, entry: Entry) -> None:
    known = fact(entry["from_facts"])
    about = {code: f"{known['who'][code]}.\n\n{known['after'][code]}" for code in known["who"]}
    made = plan_gathering(
        replay.lab,
        name=original(known["name"]),
        kind=entry["kind"],
        starts_at=moment(entry["starts"]),
        ends_at=moment(entry["ends"]),
        place=entry["place"],
        about=original(about),
        source=source(known["source"]),
        by=replay.by,
    )
    replay.keep("gathering", entry["id"], made)
    replay.word(made, name=known["name"], about=about)
