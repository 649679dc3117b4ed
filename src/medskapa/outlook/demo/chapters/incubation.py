"""Three supports: what was given, goals reached, late or given up, and the innovators' reports with replies."""

from functools import partial

from medskapa.outlook.demo.content import ORIGINAL, Entry, chapter, clock, original
from medskapa.outlook.demo.replay import Replay, words
from medskapa.stages.incubation.actions import (
    add_event,
    edit_goal,
    end_support,
    make_support,
    reach_goal,
    read_report,
    run_support,
    send_report,
    set_goal,
    write_report,
)

REPORTED = ("period", "happened", "next", "help_needed")


def plan(replay: Replay) -> None:
    """Two years, from the agreement to its end."""
    for number, entry in enumerate(chapter("incubation")["supports"]):
        replay.plan(clock(entry["starts"], 9, number), partial(_agree, replay, entry))
        for event in entry["events"]:
            replay.plan(clock(event["day"], 12, number), partial(_note, replay, entry["id"], event))
        for place, goal in enumerate(entry["goals"]):
            _plan_goal(replay, entry, goal, f"{entry['id']}/{place}")
        for place, report in enumerate(entry["reports"]):
            replay.plan(clock(report["sent"], 10, number), partial(_report, replay, entry["id"], report, f"{entry['id']}/{place}"))
            replay.plan(clock(report["read"], 14, number), partial(_read, replay, report, f"{entry['id']}/{place}"))
        replay.plan(clock(entry["ends"], 17, number), partial(_end, replay, entry["id"]))


def _plan_goal(replay: Replay, entry: Entry, goal: Entry, name: str) -> None:
    replay.plan(clock(entry["starts"], 11, int(name[-1])), partial(_aim, replay, entry["id"], goal, name))
    if "reached" in goal:
        replay.plan(clock(goal["reached"], 15), partial(_reach, replay, goal, name))
    elif "changed" in goal:
        replay.plan(clock(goal["due"], 15), partial(_say_what_changed, replay, goal, name))


def _agree(replay: Replay, entry: Entry) -> None:
    support = make_support(
        replay.the("decision", entry["decision"]),
        **words(entry, "title", "summary"),
        language=ORIGINAL,
        coach=replay.the("participation", entry["coach"]),
        starts_on=entry["starts"],
        ends_on=entry["ends"],
        by=replay.by,
    )
    replay.keep("support", entry["id"], support)
    replay.word(support, title=entry["title"], summary=entry["summary"])
    run_support(support, by=replay.by)


def _note(replay: Replay, support: str, said: Entry) -> None:
    amount = said["amount"] * 100 if "amount" in said else None
    made = add_event(
        replay.the("support", support), kind=said["kind"], what=original(said["what"]), on=said["day"], amount_minor=amount, by=replay.by
    )
    replay.word(made, what=said["what"])


def _aim(replay: Replay, support: str, said: Entry, name: str) -> None:
    goal = set_goal(replay.the("support", support), area=said["area"], title=original(said["title"]), due_on=said["due"], by=replay.by)
    replay.keep("goal", name, goal)
    replay.word(goal, title=said["title"])


def _reach(replay: Replay, said: Entry, name: str) -> None:
    changed = said.get("changed", "")
    goal = reach_goal(replay.the("goal", name), on=said["reached"], changed=original(changed), by=replay.by)
    replay.word(goal, changed=changed)


def _say_what_changed(replay: Replay, said: Entry, name: str) -> None:
    goal = replay.the("goal", name)
    edit_goal(goal, area=goal.area, title=goal.title, due_on=goal.due_on, changed=original(said["changed"]), by=replay.by)
    replay.word(goal, changed=said["changed"])


def _report(replay: Replay, support: str, said: Entry, name: str) -> None:
    report = write_report(
        replay.the("support", support),
        **words(said, *REPORTED),
        reached_count=said["reached"],
        by=replay.by,
    )
    replay.keep("report", name, send_report(report, by=replay.by))
    replay.word(report, **{field: said[field] for field in REPORTED if field in said})


def _read(replay: Replay, said: Entry, name: str) -> None:
    report = replay.the("report", name)
    read_report(report, reply=original(said["reply"]), by=replay.by)
    replay.word(report, reply=said["reply"])


def _end(replay: Replay, support: str) -> None:
    end_support(replay.the("support", support), by=replay.by)
