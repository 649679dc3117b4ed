"""Whose things these are: what *own* means in the permission table for the verbs of this room."""

from typing import Any

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.permissions import owns
from medskapa.stages.incubation.models import Goal, Report, Support, SupportEvent
from medskapa.stages.incubation.queries import is_coach, is_innovator


def is_supported(actor: Actor, subject: Any) -> bool:
    """Whether this is about the actor's own support."""
    support = _support(subject)
    return support is not None and is_innovator(actor, support)


def coaches(actor: Actor, subject: Any) -> bool:
    """Whether the actor is the coach."""
    support = _support(subject)
    return support is not None and is_coach(actor, support)


def follows(actor: Actor, subject: Any) -> bool:
    """Whether the actor is supported here, or coaches."""
    return is_supported(actor, subject) or coaches(actor, subject)


def say_what_is_own() -> None:
    """Register what *own* means for each verb of this room; called once, when everything starts."""
    for verb in ("support.follow", "goal.set", "goal.edit", "goal.reach", "report.see"):
        owns(verb, follows)
    for verb in ("report.write", "report.edit", "report.send"):
        owns(verb, is_supported)
    for verb in ("support.note", "support.edit_event", "report.read"):
        owns(verb, coaches)


def _support(subject: Any) -> Support | None:
    if isinstance(subject, Support):
        return subject
    return subject.support if isinstance(subject, Goal | Report | SupportEvent) else None
