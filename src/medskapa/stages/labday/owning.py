"""Whose a seat is: what *own* means in the permission table for this room."""

from typing import Any

from medskapa.ground.ledger.actors import Actor
from medskapa.stages.cocreation.people import is_key_of
from medskapa.stages.labday.models import Seat


def is_own_seat(actor: Actor, seat: Any) -> bool:
    """Whether this seat is the actor's. No SQL if the person is loaded."""
    return isinstance(seat, Seat) and is_key_of(actor, seat.pseudonym, seat.participation)
