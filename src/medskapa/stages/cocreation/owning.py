"""Whose things these are: what *own* means in the permission table for the verbs of this room."""

from typing import Any

from django.db.models import QuerySet

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.queries import is_author, participation_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.permissions import owns
from medskapa.stages.cocreation.models import Challenge, Idea, Prototype, PrototypeVersion, Team, TeamMember, Trial
from medskapa.stages.cocreation.people import is_key_of
from medskapa.stages.cocreation.queries.ideas import present_members


def memberships_of(actor: Actor, lab: Lab) -> QuerySet[TeamMember]:
    """The teams of a lab in which the actor is now. One SQL query."""
    key = {"participation": "participation__public_id", "pseudonym": "pseudonym__public_id"}.get(actor.kind)
    found = present_members().filter(lab=lab)
    return found.filter(**{key: actor.key}) if key else found.none()


def is_in_team(actor: Actor, team: Team | None) -> bool:
    """Whether the actor is one of this team now. No SQL if its members are prefetched, else one query."""
    if team is None:
        return False
    return any(is_key_of(actor, member.pseudonym, member.participation) for member in _present(team))


def makes(actor: Actor, thing: Any) -> bool:
    """Whether the actor makes this prototype, or that of this trial or version: in its team, or the author of its idea."""
    prototype = thing.prototype if isinstance(thing, Trial | PrototypeVersion) else thing
    return isinstance(prototype, Prototype) and (is_in_team(actor, prototype.team) or is_author(actor, prototype.idea))


def owns_problem(actor: Actor, challenge: Any) -> bool:
    """Whether the actor belongs to the unit that owns this challenge's problem. One SQL query."""
    if not isinstance(challenge, Challenge) or challenge.owner_id is None:
        return False
    mine = participation_of(actor)
    return mine is not None and mine.unit_id == challenge.owner_id


def is_this_member(actor: Actor, membership: Any) -> bool:
    """Whether this membership of a team is the actor's own."""
    return isinstance(membership, TeamMember) and is_key_of(actor, membership.pseudonym, membership.participation)


def wrote(actor: Actor, idea: Any) -> bool:
    """Whether the actor is the author of this idea. At most one SQL query."""
    return isinstance(idea, Idea) and is_author(actor, idea)


def say_what_is_own() -> None:
    """Register what *own* means for each verb of this room; called once, when everything starts."""
    for verb in ("idea.edit", "idea.set_aside", "idea.take_up"):
        owns(verb, wrote)
    for verb in (
        "prototype.edit",
        "prototype.add_version",
        "prototype.edit_version",
        "prototype.stop",
        "prototype.take_up",
        "trial.plan",
        "trial.edit",
        "trial.note",
    ):
        owns(verb, makes)
    for verb in ("challenge.promise", "challenge.keep"):
        owns(verb, owns_problem)
    owns("team.edit", is_in_team)
    owns("team.leave", is_this_member)


def _present(team: Team) -> list[TeamMember]:
    prefetched = getattr(team, "_prefetched_objects_cache", {})
    members = team.members.all() if "members" in prefetched else present_members().filter(team=team)
    return [member for member in members if member.left_at is None]
