"""Stories: told, read and translated by those who moderate, released as far as their tellers said, answered, some taken back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.safeguarding.following import Plan, assess_concern, take_concern, talk_about_concern
from medskapa.outlook.demo.chapters.people import pseudonym
from medskapa.outlook.demo.content import Entry, chapter, clock, original
from medskapa.outlook.demo.drawings import a_hum, the_list
from medskapa.outlook.demo.replay import Replay
from medskapa.stages.listening.actions import (
    Telling,
    answer_teller,
    check_translation,
    cover_picture,
    cross_version,
    hold_story,
    raise_story_concern,
    read_back,
    read_messages,
    read_picture,
    read_story,
    release_story,
    tell_story,
    translate_story,
    withdraw_story,
    write_to_lab,
)
from medskapa.stages.listening.actions.moderating import marks_in
from medskapa.stages.listening.circles import kinds_of
from medskapa.stages.listening.models import Cover, Picture, Scale, Story, Version
from medskapa.stages.listening.reach import farthest, nearest
from medskapa.stages.listening.scales import Shares, places_on

TRANSLATED = ("sv", "en")
MODERATORS = ("jonas", "marjan")
AT_ONCE = "at_once"  # read back to its teller while it was written
CONCERN_STEPS = {"assess": assess_concern, "talk": talk_about_concern}


def plan(replay: Replay) -> None:
    """Each story from the day it was told; the last ones were told shortly before the demo is loaded, so that the desk has work."""
    content = chapter("stories")
    for number, entry in enumerate(content["stories"]):
        replay.plan(told_at(replay, entry), partial(_tell, replay, entry))
        _plan_desk(replay, entry, number)
        _plan_afterwards(replay, entry, number)
    for entry in content["messages"]:
        written = _day(replay, entry, "day", 17)
        replay.plan(written, partial(_write, replay, entry))
        if "answer" in entry:
            replay.plan(written + timedelta(days=entry["answer"]["after_days"]), partial(_answer_message, replay, entry))


def told_at(replay: Replay, entry: Entry) -> datetime:
    """When a story was told."""
    number = int(entry["id"].removeprefix("s"))
    return _day(replay, entry, "told", 11 + number % 8, number * 7 % 60)


def released_at(replay: Replay, entry: Entry) -> datetime | None:
    """When a story was let go: two days after it was told, if nothing else is said. None if it was not."""
    if entry.get("state", "released") != "released":
        return None
    if "released_days_ago" in entry:
        return clock(replay.loaded_on - timedelta(days=entry["released_days_ago"]), 15)
    told = told_at(replay, entry)
    return clock(told.date() + timedelta(days=2), 15)


def _plan_desk(replay: Replay, entry: Entry, number: int) -> None:
    released = released_at(replay, entry)
    if released is not None:
        replay.plan(clock(released.date() - timedelta(days=1), 9, number % 60), partial(_read_and_translate, replay, entry))
        replay.plan(released + timedelta(minutes=number % 60), partial(_release, replay, entry))
    elif entry["state"] == "held":
        replay.plan(told_at(replay, entry) + timedelta(hours=1), partial(_hold, replay, entry))
    if "concern" in entry:
        _plan_concern(replay, entry)


def _plan_afterwards(replay: Replay, entry: Entry, number: int) -> None:
    answer = entry.get("answer")
    if entry.get("read_back", AT_ONCE) != AT_ONCE:
        day = told_at(replay, entry).date() + timedelta(days=entry["read_back"])
        replay.plan(clock(day, 8), partial(_read_back, replay, entry))
    if answer:
        day = told_at(replay, entry).date() + timedelta(days=answer["after_days"])
        replay.plan(clock(day, 16, number % 60), partial(_answer, replay, entry))
        if day + timedelta(days=4) < replay.loaded_on:
            replay.plan(clock(day + timedelta(days=2), 18, number % 60), partial(_read_answer, replay, entry))
    if "crossed" in entry:
        replay.plan(clock(entry["crossed"]["day"], 11), partial(_cross, replay, entry))
    if "withdrawn" in entry:
        replay.plan(clock(entry["withdrawn"], 20, 14), lambda: withdraw_story(_story(replay, entry), by=replay.by))


def _plan_concern(replay: Replay, entry: Entry) -> None:
    said, told = entry["concern"], told_at(replay, entry)
    replay.plan(told + timedelta(hours=said["after_hours"]), partial(_raise, replay, entry))
    for step in said["steps"]:
        replay.plan(told + timedelta(hours=step["after_hours"]), partial(_take_step, replay, entry, step))


def _day(replay: Replay, entry: Entry, name: str, hour: int, minute: int = 0) -> datetime:
    day = entry[name] if name in entry else replay.loaded_on - timedelta(days=entry["days_ago"])
    return clock(day, hour, minute)


def _story(replay: Replay, entry: Entry) -> Story:
    found: Story = replay.the("story", entry["id"])
    return found


def _tell(replay: Replay, entry: Entry) -> None:
    telling = Telling(
        words=original(entry["words"]),
        language=entry["language"],
        wish=entry["level"],
        kept_from=kinds_of(entry.get("kept_from", ())),
        prompt=replay.the("prompt", entry["prompt"]),
        marks=dict(_placed(replay, entry.get("marks", {}))),
        pictures=(the_list(),) if "picture" in entry else (),
        sound=a_hum() if "hum" in entry else None,
        writer=entry.get("writer", ""),
        partner=replay.the("partner", entry["partner"]) if "partner" in entry else None,
        is_read_back=entry.get("read_back") == AT_ONCE,
    )
    replay.keep("story", entry["id"], tell_story(pseudonym(replay, entry["teller"]), telling=telling, by=replay.by))


def _placed(replay: Replay, marks: Entry) -> Iterator[tuple[Scale, Shares]]:
    """The places by their numbers, which begin at 1."""
    for name, number in marks.items():
        scale: Scale = replay.the("scale", name)
        yield scale, places_on(scale)[number - 1]


def _read_and_translate(replay: Replay, entry: Entry) -> None:
    story = _story(replay, entry)
    reads = entry["answer"]["by"] if entry["answer"]["by"] in MODERATORS else "jonas"
    read_story(story, by=replay.actor(reads))
    who = chapter("stories")["translators"]
    for code in TRANSLATED:
        if code in entry:
            version = translate_story(story, language=code, words=original(entry[code]), made_by=who[code]["name"], by=replay.by)
            if code in entry.get("checked", {}):
                check_translation(version, by=replay.actor(entry["checked"][code]))


def _read_back(replay: Replay, entry: Entry) -> None:
    """Its teller comes back with the code, and says that the words are what they mean."""
    story = read_back(_story(replay, entry), by=replay.actor(entry["teller"]))
    story.refresh_from_db(fields=["read_back_at"])


def _release(replay: Replay, entry: Entry) -> None:
    story = _story(replay, entry)
    texts = {entry["language"]: original(entry["words"])} | {code: original(entry[code]) for code in TRANSLATED if code in entry}
    reach = nearest(entry["level"], farthest(story.kept_from))
    title, by_name = original(entry["title"]), replay.the("participation", "jonas").name
    seen = frozenset(mark.sign for mark in marks_in([(replay.lab.language, title), *texts.items()]))  # the stories name nobody
    covers = [_cover(replay, picture, entry["picture"]) for picture in story.pictures.all()]
    release_story(story, title=title, texts=texts, reach=reach, seen_marks=seen, made_by=by_name, covers=covers, by=replay.by)
    replay.word(story, title=entry["title"])


def _cover(replay: Replay, picture: Picture, said: Entry) -> Cover:
    """Somebody looks at the picture, and covers the face and the name on it."""
    moderator = replay.actor("jonas")
    read_picture(picture.story, picture=picture, by=moderator)
    return cover_picture(picture, cells=said["covers"], shows=original(said["shows"]), by=moderator)


def _hold(replay: Replay, entry: Entry) -> None:
    read_story(_story(replay, entry), by=replay.actor("jonas"))
    hold_story(_story(replay, entry), by=replay.by)


def _answer(replay: Replay, entry: Entry) -> None:
    story, answer = _story(replay, entry), entry["answer"]
    answer_teller(
        story.teller,
        story=story,
        words=original(answer["words"]),
        language=entry["language"],
        author=replay.the("participation", answer["by"]),
        by=replay.by,
    )


def _read_answer(replay: Replay, entry: Entry) -> None:
    read_messages(_story(replay, entry).teller, by=replay.actor(entry["teller"]))


def _cross(replay: Replay, entry: Entry) -> None:
    version = _story(replay, entry).versions.get(kind=Version.Kind.RELEASED, language="sv")
    cross_version(version, organisation=replay.the("organisation", entry["crossed"]["to"]), by=replay.by)


def _raise(replay: Replay, entry: Entry) -> None:
    actor = replay.actor(entry["concern"]["raised_by"])
    read_story(_story(replay, entry), by=actor)
    made = raise_story_concern(_story(replay, entry), worry=original(entry["concern"]["worry"]), by=actor)
    replay.keep("concern", entry["id"], made.concern)


def _take_step(replay: Replay, entry: Entry, step: Entry) -> None:
    concern, actor = replay.the("concern", entry["id"]), replay.actor(step["by"])
    if concern.state == concern.State.RAISED:
        take_concern(concern, by=actor)
    plan = Plan(concern.Urgency[step["urgency"].upper()], step["next"], step["within"])
    CONCERN_STEPS[step["kind"]](concern, done=original(step["done"]), plan=plan, by=actor)


def _write(replay: Replay, entry: Entry) -> None:
    teller: Pseudonym = replay.the("pseudonym", entry["teller"])
    write_to_lab(teller, words=original(entry["words"]), language="sv", by=replay.by)


def _answer_message(replay: Replay, entry: Entry) -> None:
    answer = entry["answer"]
    answer_teller(
        replay.the("pseudonym", entry["teller"]),
        words=original(answer["words"]),
        language="sv",
        author=replay.the("participation", answer["by"]),
        by=replay.by,
    )
