"""Whose pilot it is: what *own* means in the permission table for the verbs of this room."""

from typing import Any

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.permissions import owns
from medskapa.stages.pilots.models import Pilot
from medskapa.stages.pilots.queries import is_lead


def leads(actor: Actor, subject: Any) -> bool:
    """Whether the actor leads this pilot."""
    return isinstance(subject, Pilot) and is_lead(actor, subject)


def say_what_is_own() -> None:
    """Register what *own* means for each verb of this room; called once, when everything starts."""
    for verb in ("pilot.edit", "pilot.measure", "pilot.unmeasure", "pilot.start", "pilot.judge", "pilot.next"):
        owns(verb, leads)
