"""Those who make something together: co-creators with a code and participants with a name, as equals."""

from django.utils.translation import gettext as _

from medskapa.ground.labs.models import Participation, Pseudonym
from medskapa.ground.labs.queries import participation_of, pseudonym_of
from medskapa.ground.ledger.actors import Actor

Person = Participation | Pseudonym


def person_of(actor: Actor) -> Person | None:
    """Who acts, if it is a person of a lab. One SQL query."""
    return participation_of(actor) if actor.kind == "participation" else pseudonym_of(actor)


def as_author(person: Person | None) -> dict[str, Person]:
    """The key of whoever made something, for models that are ``Authored``."""
    if person is None:
        return {}
    return {"by_participation" if isinstance(person, Participation) else "by_pseudonym": person}


def as_member(person: Person) -> dict[str, Person]:
    """The key of whoever sits somewhere, for members of teams and seats at tables."""
    return {"participation" if isinstance(person, Participation) else "pseudonym": person}


def own_credit(person: Person | None) -> str:
    """The name that is offered for credit: a participant's own, a co-creator's chosen one. None if they have chosen none."""
    if isinstance(person, Participation):
        return person.name
    return person.alias if person else ""


def shown_as(person: Person) -> str:
    """What others read where a name is needed, at a table or in a team."""
    return own_credit(person) or _("Co-creator")


def is_key_of(actor: Actor, *people: Person | None) -> bool:
    """Whether the actor is one of these people. No SQL if they are loaded."""
    kinds = {"participation": Participation, "pseudonym": Pseudonym}
    mine = kinds.get(actor.kind)
    return mine is not None and any(isinstance(person, mine) and person.public_id == actor.key for person in people)
