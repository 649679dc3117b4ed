"""What a lab has decided for its desk, whether one person is enough, and who could be the second."""

from django.db.models import QuerySet

from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.permissions import table
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.models import DeskRules
from medskapa.stages.listening.visibility import PUBLIC_LEVELS

DECIDES = "statement.open"
LETS_GO = (Role.MODERATOR, Role.PROCESS_LEADER)


def rules_of(lab: Lab) -> DeskRules:
    """The lab's own rules, or those that hold where it has none. One SQL query."""
    return DeskRules.objects.filter(lab=lab).first() or DeskRules(lab=lab)


def needs_second(lab: Lab, *, reach: str, by: Actor) -> bool:
    """Whether a second person has to say yes before this goes out. At most two SQL queries."""
    if by.kind == "system":
        return False
    rule = rules_of(lab).release
    if rule == DeskRules.Two.PUBLIC:
        return reach in PUBLIC_LEVELS and how_many(lab, Role.MODERATOR) > 1
    return rule == DeskRules.Two.ALWAYS


def needs_two(lab: Lab, *, by: Actor) -> bool:
    """Whether a second person has to say yes before people can answer a statement. At most two SQL queries."""
    if by.kind == "system":
        return False
    rule = rules_of(lab).statements
    if rule == DeskRules.Pair.MODERATORS:
        return how_many(lab, Role.MODERATOR) > 1
    return rule == DeskRules.Pair.ALWAYS


def who_decides(lab: Lab) -> QuerySet[Participation]:
    """Everybody who may say now whether a statement is let through, by name. One SQL query."""
    may_now = roles_in_force(lab).filter(role__in=roles_for(DECIDES)).values("participation")
    return lab.participations.filter(pk__in=may_now).order_by("name", "pk")


def roles_for(verb: str) -> list[Role]:
    """The roles of people in a lab that may do this, as the table says."""
    return [role for role in Role if table()[verb].get(role) == "yes"]


def how_many(lab: Lab, *roles: str) -> int:
    """How many people have one of these roles now. One SQL query."""
    return roles_in_force(lab).filter(role__in=roles).values("participation").distinct().count()
