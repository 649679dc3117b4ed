"""Prompts, conversations, statements, and the answers people give to statements."""

from collections.abc import Collection, Mapping
from typing import Any

from medskapa.ground.labs.models import Participation, Pseudonym
from medskapa.ground.labs.queries import participation_of, pseudonym_of
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.moment import now
from medskapa.stages.listening.actions.heeding import heed
from medskapa.stages.listening.errors import OwnSecond, OwnStatement
from medskapa.stages.listening.models import Conversation, Prompt, Statement, StatementDecision, StatementOrigin, Story, Vote
from medskapa.stages.listening.order import move
from medskapa.stages.listening.queries.deciding import is_for_others
from medskapa.stages.listening.queries.rules import needs_two

NO_YES = {"first_by": None, "first_at": None}


@action("prompt.edit")
def save_prompt(prompt: Prompt, *, by: Actor) -> Prompt:
    """Ask tellers a new question, or change one. Raises NotAllowed."""
    prompt.save()
    return prompt


@action("prompt.edit")
def move_prompt(prompt: Prompt, *, up: bool, by: Actor) -> Prompt:
    """Ask a question one place earlier or later. Raises NotAllowed, WrongState (no longer asked)."""
    move(prompt, up=up)
    return prompt


@action("conversation.edit")
def save_conversation(conversation: Conversation, *, by: Actor) -> Conversation:
    """Open a conversation, or change its name. Who answers is settled once somebody has. Raises NotAllowed, WrongState."""
    before = Conversation.objects.filter(pk=conversation.pk).first()
    if before and before.roll != conversation.roll and Vote.objects.filter(statement__conversation=before).exists():
        raise WrongState
    conversation.save()
    return conversation


@action("statement.suggest")
def suggest_statement(
    conversation: Conversation,
    *,
    title: str,
    language: str,
    by: Actor,
    credit: str = "",
    author: Pseudonym | Participation | None = None,
) -> Statement:
    """Suggest a statement; it waits until somebody opens it. Raises NotAllowed, WrongState (the conversation is closed)."""
    if conversation.closed_at is not None:
        raise WrongState
    maker = author or pseudonym_of(by) or participation_of(by)
    if isinstance(maker, Pseudonym):
        heed(title, teller=maker, by=by)
    return Statement.objects.create(
        lab=conversation.lab,
        conversation=conversation,
        title=title,
        language=language,
        credit=credit,
        by_pseudonym=maker if isinstance(maker, Pseudonym) else None,
        by_participation=maker if isinstance(maker, Participation) else None,
    )


@action("statement.edit")
def edit_statement(statement: Statement, *, by: Actor, origins: Collection[Story] | None = None, forget: bool = False) -> Statement:
    """Word a statement anew while nobody has answered it, or say which stories it grew from. Raises NotAllowed, WrongState.

    A yes was said to the words before: where one person alone could not let the new ones through, it is decided about again.
    ``forget``: no decision keeps the words before either, since they point somebody out.
    """
    before = Statement.objects.get(pk=statement.pk)
    statement.state = before.state  # somebody may have said yes since it was loaded
    is_reworded = before.title != statement.title
    if is_reworded and statement.votes.exists():
        raise WrongState
    statement.save(update_fields=["title", "language", "conversation"])
    if is_reworded and _falls(statement, by):
        statement.move_to(Statement.State.SUGGESTED, **NO_YES)
    if is_reworded and forget:
        statement.decisions.update(title="", language="")
    if origins is not None:
        statement.origins.exclude(story__in=origins).delete()
        for story in origins:
            StatementOrigin.objects.get_or_create(lab=statement.lab, statement=statement, story=story)
    return statement


@action("statement.open")
def open_statement(statement: Statement, *, by: Actor, seen: str | None = None) -> Statement:
    """Say yes to a statement: people can answer it, or it waits for the yes of somebody else, where the lab wants two.

    ``seen``: the ``words_id`` of the words that were read, if not those it was loaded with.
    Raises NotAllowed, WrongState (also if its words are others now), OwnStatement, OwnSecond.
    """
    _refuse_own(statement, by)
    if Statement.objects.get(pk=statement.pk).words_id != (statement.words_id if seen is None else seen):
        raise WrongState
    wants_two = needs_two(statement.lab, by=by)
    if wants_two and statement.state != Statement.State.FIRST_YES:
        statement.move_to(Statement.State.FIRST_YES, first_by=participation_of(by), first_at=now())
    elif wants_two and statement.first_by == participation_of(by):
        raise OwnSecond
    else:
        statement.move_to(Statement.State.OPEN, **NO_YES)
    _log(statement, by)
    return statement


@action("statement.set_aside")
def set_statement_aside(statement: Statement, *, reason: str, by: Actor, words: str = "") -> Statement:
    """Do not let a statement through, or take it out of the conversation; its answers are kept, its author reads why.

    One person is enough, also instead of saying the second yes. Raises NotAllowed, WrongState, OwnStatement.
    """
    _refuse_own(statement, by)
    statement.move_to(Statement.State.SET_ASIDE, **NO_YES)
    _log(statement, by, reason=reason, words=words)
    return statement


def _falls(statement: Statement, by: Actor) -> bool:
    """Whether a yes that was said to a statement falls, since who worded it anew could not have said it alone."""
    has_yes = statement.state in {Statement.State.FIRST_YES, Statement.State.OPEN}
    return has_yes and (needs_two(statement.lab, by=by) or is_for_others(statement, by))


def _refuse_own(statement: Statement, by: Actor) -> None:
    if is_for_others(statement, by):
        raise OwnStatement


def _log(statement: Statement, by: Actor, **why: str) -> None:
    words = Statement.objects.values("title", "language").get(pk=statement.pk)
    what = {"lab": statement.lab, "statement": statement, "state": statement.state, **words, **why}
    StatementDecision.objects.create(by=participation_of(by), **what)


@action("vote.cast")
def cast_vote(statement: Statement, *, value: int, by: Actor, voter: Pseudonym | Participation | None = None) -> Vote:
    """Answer a statement, once per entry of the roll; answering again changes one's mind. Raises NotAllowed, WrongState."""
    _must_be_open(statement, statement.conversation)
    entry = _entry(statement.conversation, voter or pseudonym_of(by) or participation_of(by))
    values = {"lab": statement.lab, "value": value, "at": now()}
    return Vote.objects.update_or_create(statement=statement, **entry, defaults=values)[0]


@action("vote.cast")
def cast_votes(
    conversation: Conversation, *, values: Mapping[Statement, int], by: Actor, voter: Pseudonym | Participation | None = None
) -> list[Vote]:
    """Answer many statements of a conversation at once, as from paper. Raises NotAllowed, WrongState. Three SQL queries."""
    for statement in values:
        _must_be_open(statement, conversation)
    entry = _entry(conversation, voter or pseudonym_of(by) or participation_of(by))
    Vote.objects.filter(statement__in=list(values), **entry).delete()
    return Vote.objects.bulk_create(
        Vote(lab=conversation.lab, statement=statement, value=value, at=now(), **entry) for statement, value in values.items()
    )


def _must_be_open(statement: Statement, conversation: Conversation) -> None:
    is_here = statement.conversation_id == conversation.pk
    if not is_here or statement.state != Statement.State.OPEN or conversation.closed_at is not None:
        raise WrongState


def _entry(conversation: Conversation, who: Pseudonym | Participation | None) -> dict[str, Any]:
    """Whose vote it is, if they stand on the roll. Raises NotAllowed."""
    if conversation.roll == Conversation.Roll.PSEUDONYMS and isinstance(who, Pseudonym):
        return {"pseudonym": who}
    if conversation.roll == Conversation.Roll.PARTICIPATIONS and isinstance(who, Participation):
        return {"participation": who}
    raise NotAllowed
