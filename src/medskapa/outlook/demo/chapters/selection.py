"""The call: applications, conflicts of interest, what the jury wrote, the child's best interests, and decisions with their reasons."""

from datetime import date, timedelta
from functools import partial

from medskapa.outlook.demo.content import ORIGINAL, Entry, chapter, clock, moment, original
from medskapa.outlook.demo.replay import Replay, words
from medskapa.stages.selection.actions import (
    add_criterion,
    decide_call,
    declare_conflict,
    judge_call,
    open_call,
    seat_juror,
    send_application,
    send_review,
    take_decision,
    write_application,
    write_best_interests,
    write_call,
    write_review,
)

WRITTEN_BEFORE = timedelta(days=3)  # days from draft to sending
JUDGING = date(2017, 10, 3)
FIRST_REVIEWS = date(2017, 10, 5)


def plan(replay: Replay) -> None:
    """From the writing of the call to the day on which everybody has an answer."""
    content = chapter("selection")
    call = content["call"]
    opens = moment(call["opens"])
    replay.plan(opens - timedelta(minutes=10), partial(_write, replay, call))
    replay.plan(opens, lambda: open_call(replay.the("call", call["id"]), by=replay.by))
    replay.plan(clock(JUDGING, 9), lambda: judge_call(replay.the("call", call["id"]), by=replay.by))
    for number, entry in enumerate(content["applications"]):
        _plan_application(replay, call, entry, number)
    for number, entry in enumerate(content["best_interests"]):
        replay.plan(clock(entry["made"], 13, number), partial(_weigh, replay, entry))
    replay.plan(clock(call["decided"], 16), lambda: decide_call(replay.the("call", call["id"]), by=replay.by))


def _plan_application(replay: Replay, call: Entry, entry: Entry, number: int) -> None:
    replay.plan(clock(entry["sent"] - WRITTEN_BEFORE, 19, number), partial(_apply, replay, call["id"], entry))
    replay.plan(clock(entry["sent"], 14, number), lambda: send_application(replay.the("application", entry["id"]), by=replay.by))
    for place, conflict in enumerate(entry.get("conflicts", ())):
        replay.plan(clock(JUDGING, 11, number + place), partial(_declare, replay, entry["id"], conflict))
    for place, (juror, review) in enumerate(entry["reviews"].items()):
        day = FIRST_REVIEWS + timedelta(days=(number + place) % 8)
        replay.plan(clock(day, 18 + place % 3, number), partial(_review, replay, entry["id"], juror, review))
    replay.plan(clock(call["decided"], 10, number), partial(_decide, replay, entry["id"], entry["decision"]))


def _write(replay: Replay, said: Entry) -> None:
    call = write_call(
        replay.lab,
        **words(said, "title", "summary"),
        language=ORIGINAL,
        opens_at=moment(said["opens"]),
        closes_at=moment(said["closes"]),
        places=said["places"],
        is_blind=said["is_blind"],
        by=replay.by,
    )
    replay.keep("call", said["id"], call)
    replay.word(call, title=said["title"], summary=said["summary"])
    for entry in said["criteria"]:
        made = add_criterion(call, **words(entry, "title", "lowest", "highest"), weight=entry["weight"], by=replay.by)
        replay.keep("criterion", entry["id"], made)
        replay.word(made, title=entry["title"], lowest=entry["lowest"], highest=entry["highest"])
    for entry in said["jurors"]:
        seat = seat_juror(
            call,
            participation=replay.the("participation", entry["person"]),
            is_from_target_group=entry.get("target_group", False),
            by=replay.by,
        )
        replay.keep("juror", entry["person"], seat)


def _apply(replay: Replay, call: str, entry: Entry) -> None:
    made = write_application(
        replay.the("call", call),
        **words(entry, "title", "summary", "change"),
        language=ORIGINAL,
        asks_minor=entry["asks"] * 100,
        prototype=replay.the("prototype", entry["prototype"]) if "prototype" in entry else None,
        idea=replay.the("idea", entry["idea"]) if "idea" in entry else None,
        applicant=replay.the("participation", entry["applicant"]),
        by=replay.by,
    )
    replay.keep("application", entry["id"], made)
    replay.word(made, title=entry["title"], summary=entry["summary"], change=entry["change"])


def _declare(replay: Replay, application: str, said: Entry) -> None:
    juror = replay.the("juror", said["juror"])
    declare_conflict(replay.the("application", application), juror=juror, reason=said["reason"], by=replay.by)


def _review(replay: Replay, application: str, juror: str, said: Entry) -> None:
    criteria = replay.all_of("criterion").values()
    review = write_review(
        replay.the("application", application),
        scores=dict(zip(criteria, said["scores"], strict=True)),
        strengths=said["strengths"],
        change=said["change"],
        juror=replay.the("juror", juror),
        by=replay.by,
    )
    send_review(review, by=replay.by)


def _weigh(replay: Replay, entry: Entry) -> None:
    fields = ("title", "who", "views", "evidence", "weighing", "conclusion", "feedback")
    made = write_best_interests(
        replay.lab,
        stories=[replay.the("story", name) for name in entry["stories"]],
        made_by=replay.the("participation", entry["made_by"]),
        **words(entry, *fields),
        follow_up_on=entry["follow_up"],
        by=replay.by,
    )
    replay.keep("best_interests", entry["id"], made)
    replay.word(made, **{field: entry[field] for field in fields})


def _decide(replay: Replay, application: str, said: Entry) -> None:
    made = take_decision(
        replay.the("application", application),
        outcome=said["outcome"],
        reason=original(said["reason"]),
        feedback=original(said["feedback"]),
        way_on=original(said["way_on"]),
        best_interests=replay.the("best_interests", said["best_interests"]) if "best_interests" in said else None,
        by=replay.by,
    )
    replay.keep("decision", application, made)
    replay.word(made, reason=said["reason"], feedback=said["feedback"], way_on=said["way_on"])
