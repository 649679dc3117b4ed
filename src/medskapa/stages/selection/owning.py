"""Whose things these are: what *own* means in the permission table for the verbs of this room."""

from typing import Any

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.permissions import owns
from medskapa.stages.selection.models import Application, Call, Review
from medskapa.stages.selection.queries import is_applicant, is_own, judges_call, may_judge


def applies(actor: Actor, subject: Any) -> bool:
    """Whether this is the actor's own application. At most one SQL query."""
    return isinstance(subject, Application) and is_applicant(actor, subject)


def sees_application(actor: Actor, subject: Any) -> bool:
    """Whether the actor wrote this application or judges it; of a lab's list, each sees their own. At most two SQL queries."""
    if isinstance(subject, Lab):
        return actor.kind == "participation"
    return applies(actor, subject) or judges(actor, subject)


def judges(actor: Actor, subject: Any) -> bool:
    """Whether the actor judges this application, without a conflict of interest. One SQL query."""
    return isinstance(subject, Application) and may_judge(actor, subject)


def reads(actor: Actor, subject: Any) -> bool:
    """Whether the actor sits in the jury of this call. One SQL query."""
    return isinstance(subject, Call) and judges_call(actor, subject)


def reviews(actor: Actor, subject: Any) -> bool:
    """Whether this review is the actor's own. At most two SQL queries."""
    return isinstance(subject, Review) and is_own(actor, subject)


def say_what_is_own() -> None:
    """Register what *own* means for each verb of this room; called once, when everything starts."""
    for verb in ("application.edit", "application.send", "application.take_back"):
        owns(verb, applies)
    owns("application.see", sees_application)
    owns("application.read", reads)
    for verb in ("conflict.declare", "review.write"):
        owns(verb, judges)
    for verb in ("review.see", "review.send"):
        owns(verb, reviews)
