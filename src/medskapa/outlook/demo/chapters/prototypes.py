"""Prototypes: teams, versions, trials with what was believed before, and those that were stopped with their reason."""

from datetime import timedelta
from functools import partial

from medskapa.outlook.demo.chapters.people import pseudonym, shown_name
from medskapa.outlook.demo.content import ORIGINAL, Entry, chapter, clock, original, source
from medskapa.outlook.demo.replay import Replay, words
from medskapa.stages.cocreation.actions import (
    add_version,
    join_team,
    make_prototype,
    make_team,
    note_trial,
    plan_trial,
    stop_prototype,
)
from medskapa.stages.cocreation.models import Team, Trial

PLANNED_BEFORE = timedelta(days=5)


def plan(replay: Replay) -> None:
    """A prototype begins early on its day; trials are planned before they are held, and noted in the evening."""
    for number, entry in enumerate(chapter("prototypes")["prototypes"]):
        replay.plan(clock(entry["made"], 7, 20 + number), partial(_make, replay, entry))
        for version in entry.get("versions", ())[1:]:
            replay.plan(clock(replay.day(version["day"]), 9, number), partial(_version, replay, entry, version))
        for place, trial in enumerate(entry.get("trials", ())):
            _plan_trial(replay, entry, trial, f"{entry['id']}/{place}")
        if "stopped" in entry:
            replay.plan(clock(entry["stopped"], 15), partial(_stop, replay, entry))


def _plan_trial(replay: Replay, entry: Entry, trial: Entry, name: str) -> None:
    version = next(replay.day(said["day"]) for said in entry["versions"] if said["number"] == trial["version"])
    planned = min(max(version, replay.day(trial["day"]) - PLANNED_BEFORE), replay.loaded_on)
    replay.plan(clock(planned, 11, trial["version"]), partial(_believe, replay, entry, trial, name))
    if trial["result"] != Trial.Result.PLANNED:
        replay.plan(clock(replay.day(trial["day"]), 17, trial["version"]), partial(_note, replay, trial, name))


def _make(replay: Replay, entry: Entry) -> None:
    idea = replay.the("idea", entry["idea"])
    first = entry["versions"][0]["what"] if "versions" in entry else ""
    made = make_prototype(
        idea,
        **words(entry, "title", "summary"),
        language=ORIGINAL,
        what=original(first),
        team=_team(replay, entry["idea"], entry["team"]) if "team" in entry else None,
        gathering=replay.the("gathering", entry["gathering"]) if "gathering" in entry else None,
        source=source(entry.get("source")),
        by=replay.by,
    )
    replay.keep("prototype", entry["id"], made)
    replay.word(made, title=entry["title"], summary=entry["summary"])
    if first:
        version = replay.keep("version", f"{entry['id']}/1", made.versions.get())
        replay.word(version, what=first)


def _team(replay: Replay, idea: str, said: Entry) -> Team:
    team = make_team(replay.the("idea", idea), name=original(said["name"]), by=replay.by)
    replay.word(team, name=said["name"])
    for name in said["members"]:
        member = pseudonym(replay, name) if replay.has("entry", name) else replay.the("participation", name)
        join_team(team, member=member, credit=shown_name(replay, name), by=replay.by)
    return team


def _version(replay: Replay, entry: Entry, said: Entry) -> None:
    made = add_version(replay.the("prototype", entry["id"]), what=original(said["what"]), by=replay.by)
    replay.keep("version", f"{entry['id']}/{said['number']}", made)
    replay.word(made, what=said["what"])


def _believe(replay: Replay, entry: Entry, said: Entry, name: str) -> None:
    trial = plan_trial(
        replay.the("prototype", entry["id"]),
        **words(said, "hypothesis", "pass_mark"),
        planned_on=replay.day(said["day"]),
        version=replay.the("version", f"{entry['id']}/{said['version']}"),
        by=replay.by,
    )
    replay.keep("trial", name, trial)
    replay.word(trial, hypothesis=said["hypothesis"], pass_mark=said["pass_mark"])


def _note(replay: Replay, said: Entry, name: str) -> None:
    trial = replay.the("trial", name)
    note_trial(trial, **words(said, "happened", "learnt"), result=said["result"], people_count=said.get("people"), by=replay.by)
    replay.word(trial, happened=said["happened"], learnt=said["learnt"])


def _stop(replay: Replay, entry: Entry) -> None:
    prototype = replay.the("prototype", entry["id"])
    prototype.refresh_from_db(fields=["state"])
    stop_prototype(prototype, reason=original(entry["reason"]), by=replay.by)
    replay.word(prototype, reason=entry["reason"])
