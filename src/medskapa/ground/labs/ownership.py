"""Whose something is, for the verbs that people may do with their own."""

from typing import Any

from medskapa.ground.labs.actors import roles_in_force_of_account
from medskapa.ground.ledger.actors import TEAM_ROLES, Actor
from medskapa.ground.people.permissions import owns
from medskapa.ground.people.roles import Role

OF_ORGANISATIONS = ("organisation.make", "organisation.edit", "organisation.rename", "unit.make", "unit.edit")


def register() -> None:
    """Tell the permission table. Called when the installation starts."""
    owns("participation.see", is_oneself)
    owns("agreement.give", is_oneself)
    owns("agreement.withdraw", is_own_agreement)
    owns("code.change", is_own_code)
    owns("organisation.see", works_in_some_lab)
    for verb in OF_ORGANISATIONS:
        owns(verb, leads_some_lab)


def is_oneself(actor: Actor, participation: Any) -> bool:
    """Whether the participation is the actor's own. No SQL."""
    return actor.kind == "participation" and getattr(participation, "public_id", None) == actor.key


def is_own_agreement(actor: Actor, agreement: Any) -> bool:
    """Whether the agreement is the actor's own. One SQL query unless the participation is loaded."""
    return actor.kind == "participation" and agreement.participation.public_id == actor.key


def is_own_code(actor: Actor, pseudonym: Any) -> bool:
    """Whether the pseudonym is the actor's own. No SQL."""
    return actor.kind == "pseudonym" and getattr(pseudonym, "public_id", None) == actor.key


def leads_some_lab(actor: Actor, _organisation: Any) -> bool:
    """Whether this account leads a lab: organisations take part in many labs and so belong to none. One SQL query."""
    return roles_in_force_of_account(actor).filter(role=Role.PROCESS_LEADER).exists()


def works_in_some_lab(actor: Actor, _organisation: Any) -> bool:
    """Whether this account works in a lab. One SQL query."""
    return roles_in_force_of_account(actor).filter(role__in=TEAM_ROLES).exists()
