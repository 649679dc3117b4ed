"""What came last: paper cards, an organisation that collects, a small conversation with a burst set aside, a gathering that is open."""

from datetime import timedelta
from functools import partial

from medskapa.ground.labs.actions import plan_gathering
from medskapa.ground.labs.codes import check_digit
from medskapa.ground.labs.models import Gathering
from medskapa.outlook.demo.chapters.conversation import VALUES
from medskapa.outlook.demo.chapters.people import pseudonym, shown_name
from medskapa.outlook.demo.codes import no_code
from medskapa.outlook.demo.content import ORIGINAL, Entry, chapter, clock, original
from medskapa.outlook.demo.replay import Replay
from medskapa.stages.labday.actions import open_door
from medskapa.stages.listening.actions import (
    cast_votes,
    make_partner_link,
    open_statement,
    print_cards,
    save_conversation,
    set_answers_aside,
    set_statement_aside,
    suggest_statement,
)
from medskapa.stages.listening.bursts import marked_in
from medskapa.stages.listening.models import Conversation, PartnerLink

HERE = "lately"


def plan(replay: Replay) -> None:
    """Everything by the day of loading. Who wrote on the cards, and told by the organisation, stands among the stories."""
    content = chapter(HERE)
    replay.plan(clock(replay.day(content["cards"]["day"]), 14), partial(_print, replay, content["cards"]))
    replay.plan(clock(replay.day(content["partner"]["day"]), 10), partial(_let_collect, replay, content["partner"]))
    replay.plan(clock(replay.day(content["gathering"]["starts"]), 11, 50), partial(_open_gathering, replay, content["gathering"]))
    _plan_conversation(replay, content)


def _plan_conversation(replay: Replay, content: Entry) -> None:
    said, burst = content["conversation"], content["burst"]
    replay.plan(clock(replay.day(said["opened"]), 9), partial(_open, replay, content))
    replay.plan(clock(replay.day(content["refused"]["day"]), 16), partial(_refuse, replay, content["refused"]))
    for number, (voter, line) in enumerate(content["votes"].items()):
        day = replay.day(said["answered"]) + timedelta(days=number // 3)
        replay.plan(clock(day, 12 + number % 8, number * 11 % 60), partial(_answer, replay, voter, line))
    for number, voter in enumerate(burst["voters"]):
        replay.plan(clock(replay.day(burst["day"]), 2, 10) + timedelta(seconds=35 * number), partial(_answer, replay, voter, burst["says"]))
    replay.plan(clock(replay.day(burst["set_aside"]["day"]), 10), partial(_set_aside, replay, burst["set_aside"]))
    replay.plan(clock(replay.day(said["closed"]), 18), partial(_close, replay))


def _print(replay: Replay, said: Entry) -> None:
    """The codes of those who wrote on a card are theirs; those of the others nobody has."""
    theirs = {entry["card"]: replay.the("entry", entry["id"])["code_hash"] for entry in chapter("people")["tellers"] if "card" in entry}
    places = range(1, said["sheet"] + 1)
    hashes = [theirs.get(place) or no_code(f"card {place}") for place in places]
    made = print_cards(replay.lab, hashes=hashes, language=said["language"], by=replay.actor(said["printed_by"]))
    for place, card in zip(places, made, strict=True):
        replay.keep("card", str(place), card)


def _let_collect(replay: Replay, said: Entry) -> None:
    link = PartnerLink(
        lab=replay.lab, organisation=replay.the("organisation", said["id"]), language=said["language"], ends_on=replay.day(said["ends"])
    )
    replay.keep("partner", said["id"], make_partner_link(link, by=replay.by))


def _open_gathering(replay: Replay, said: Entry) -> None:
    made = plan_gathering(
        replay.lab,
        name=original(said["name"]),
        kind=Gathering.Kind.WORKSHOP,
        starts_at=clock(replay.day(said["starts"]), 12),
        ends_at=clock(replay.day(said["ends"]), 20),
        place=said["place"],
        by=replay.by,
    )
    replay.word(made, name=said["name"])
    open_door(made, digits=said["digits"] + check_digit(said["digits"]), by=replay.actor(said["opened_by"]))


def _open(replay: Replay, content: Entry) -> None:
    title = content["conversation"]["title"]
    made = replay.keep("conversation", HERE, save_conversation(Conversation(lab=replay.lab, title=original(title)), by=replay.by))
    replay.word(made, title=title)
    for entry in content["statements"]:
        statement = suggest_statement(made, title=entry[ORIGINAL], language=ORIGINAL, by=replay.by)
        replay.keep("statement", entry["id"], open_statement(statement, by=replay.by))
        replay.word(statement, title={code: text for code, text in entry.items() if code != "id"})


def _refuse(replay: Replay, said: Entry) -> None:
    author = pseudonym(replay, said["author"])
    credit = shown_name(replay, said["author"])
    made = suggest_statement(
        replay.the("conversation", HERE), title=said[ORIGINAL], language=ORIGINAL, author=author, credit=credit, by=replay.by
    )
    set_statement_aside(made, reason=said["reason"], words=said["words"], by=replay.actor(said["by"]))


def _answer(replay: Replay, voter: str, line: str) -> None:
    statements = [replay.the("statement", entry["id"]) for entry in chapter(HERE)["statements"]]
    values = {statement: VALUES[sign] for statement, sign in zip(statements, line, strict=True)}
    cast_votes(replay.the("conversation", HERE), values=values, voter=pseudonym(replay, voter), by=replay.by)


def _set_aside(replay: Replay, said: Entry) -> None:
    conversation = replay.the("conversation", HERE)
    [burst] = marked_in(conversation)
    set_answers_aside(conversation, key=burst.key, why=said["why"], by=replay.actor(said["by"]))


def _close(replay: Replay) -> None:
    conversation: Conversation = replay.the("conversation", HERE)
    conversation.closed_at = clock(replay.day(chapter(HERE)["conversation"]["closed"]), 18)
    save_conversation(conversation, by=replay.by)
