"""One conversation: 40 statements that grew from stories, and what 60 people answered."""

from datetime import datetime, timedelta
from functools import partial

from medskapa.outlook.demo.chapters.people import pseudonym, shown_name
from medskapa.outlook.demo.chapters.stories import released_at
from medskapa.outlook.demo.content import ORIGINAL, Entry, chapter, clock, original
from medskapa.outlook.demo.replay import Replay
from medskapa.stages.listening.actions import cast_votes, edit_statement, open_statement, save_conversation, suggest_statement
from medskapa.stages.listening.models import Conversation, Vote

VALUES = {"a": Vote.Value.AGREE, "d": Vote.Value.DISAGREE, "p": Vote.Value.PASS}
NOT_TEXTS = frozenset({"id", "from", "author"})
FIRST_ANSWERS = timedelta(days=50)  # after the conversation opened, when every statement stands
DAYS_OF_ANSWERS = 36


def plan(replay: Replay) -> None:
    """The conversation opens, statements follow the stories they grew from, people answer, it closes."""
    said = chapter("lab")["conversation"]
    content = chapter("statements")
    replay.plan(clock(said["opened"], 9), partial(_open, replay, said))
    stories = {entry["id"]: entry for entry in chapter("stories")["stories"]}
    for number, entry in enumerate(content["statements"]):
        moment = _after(replay, clock(said["opened"], 10, number), [stories[name] for name in entry["from"]], number)
        replay.plan(moment, partial(_suggest, replay, entry))
    first, votes = said["opened"] + FIRST_ANSWERS, content["votes"]
    for number, (voter, line) in enumerate(votes.items()):
        day = first + timedelta(days=number * DAYS_OF_ANSWERS // len(votes))
        replay.plan(clock(day, 12 + number % 8, number * 11 % 60), partial(_answer, replay, voter, line))
    replay.plan(clock(said["closed"], 18), partial(_close, replay))


def _after(replay: Replay, opened: datetime, stories: list[Entry], number: int) -> datetime:
    """A statement is opened once the stories it grew from are released."""
    released = [moment for story in stories if (moment := released_at(replay, story))]
    return max([opened, *(moment + timedelta(hours=20, minutes=number) for moment in released)])


def _open(replay: Replay, said: Entry) -> None:
    made = save_conversation(Conversation(lab=replay.lab, title=original(said["title"]), roll=said["roll"]), by=replay.by)
    replay.keep("conversation", said["id"], made)
    replay.word(made, title=said["title"])


def _suggest(replay: Replay, entry: Entry) -> None:
    author = pseudonym(replay, entry["author"]) if "author" in entry else None
    statement = suggest_statement(
        replay.the("conversation", "vardagen"),
        title=entry[ORIGINAL],
        language=ORIGINAL,
        author=author,
        credit=shown_name(replay, entry["author"]) if author else "",
        by=replay.by,
    )
    edit_statement(statement, origins=[replay.the("story", name) for name in entry["from"]], by=replay.by)
    open_statement(statement, by=replay.by)
    replay.keep("statement", entry["id"], statement)
    replay.word(statement, title={code: text for code, text in entry.items() if code not in NOT_TEXTS})


def _answer(replay: Replay, voter: str, line: str) -> None:
    order = [entry["id"] for entry in chapter("statements")["statements"]]
    values = {replay.the("statement", name): VALUES[sign] for name, sign in zip(order, line, strict=True) if sign in VALUES}
    cast_votes(replay.the("conversation", "vardagen"), values=values, voter=pseudonym(replay, voter), by=replay.by)


def _close(replay: Replay) -> None:
    conversation: Conversation = replay.the("conversation", "vardagen")
    conversation.closed_at = clock(chapter("lab")["conversation"]["closed"], 18)
    save_conversation(conversation, by=replay.by)
