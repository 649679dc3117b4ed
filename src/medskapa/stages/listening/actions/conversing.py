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
from medskapa.stages.listening.models import Conversation, Prompt, Statement, StatementDecision, StatementOrigin, Story, Vote


@action("prompt.edit")
def save_prompt(prompt: Prompt, *, by: Actor) -> Prompt:
    """Ask tellers a new question, or change one. Raises NotAllowed."""
    prompt.save()
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
def edit_statement(statement: Statement, *, by: Actor, origins: Collection[Story] | None = None) -> Statement:
    """Word a statement anew while nobody has answered it, or say which stories it grew from. Raises NotAllowed, WrongState."""
    before = Statement.objects.get(pk=statement.pk)
    if before.title != statement.title and statement.votes.exists():
        raise WrongState
    statement.save(update_fields=["title", "language", "conversation"])
    if origins is not None:
        statement.origins.exclude(story__in=origins).delete()
        for story in origins:
            StatementOrigin.objects.get_or_create(lab=statement.lab, statement=statement, story=story)
    return statement


@action("statement.open")
def open_statement(statement: Statement, *, by: Actor) -> Statement:
    """Let people answer a statement. Raises NotAllowed, WrongState."""
    statement.move_to(Statement.State.OPEN)
    _log(statement, by)
    return statement


@action("statement.set_aside")
def set_statement_aside(statement: Statement, *, reason: str, by: Actor, words: str = "") -> Statement:
    """Do not let a statement through, or take it out of the conversation; its answers are kept, its author reads why.

    Raises NotAllowed, WrongState.
    """
    statement.move_to(Statement.State.SET_ASIDE)
    _log(statement, by, reason=reason, words=words)
    return statement


def _log(statement: Statement, by: Actor, **why: str) -> None:
    StatementDecision.objects.create(lab=statement.lab, statement=statement, state=statement.state, by=participation_of(by), **why)


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
