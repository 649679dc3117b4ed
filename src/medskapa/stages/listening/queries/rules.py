"""What a lab has decided for its desk, whether one person is enough, and who could be the second."""

from collections.abc import Collection

from django.db.models import QuerySet

from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.models import Lab, Participation, RoleGiven
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.permissions import table
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.models import DeskRules, Story
from medskapa.stages.listening.queries.attributes import is_rare
from medskapa.stages.listening.visibility import PUBLIC_LEVELS

DECIDES = "statement.open"


def rules_of(lab: Lab) -> DeskRules:
    """The lab's own rules, or those that hold where it has none. One SQL query."""
    return DeskRules.objects.filter(lab=lab).first() or DeskRules(lab=lab)


def needs_second(story: Story, *, reach: str, by: Actor) -> bool:
    """Whether a second person has to say yes before this goes out: as the lab decided, and always for one of a few, if there is anybody.

    At most three SQL queries.
    """
    if by.kind == "system":
        return False
    rule, lab = rules_of(story.lab).release, story.lab
    if rule == DeskRules.Two.ALWAYS or (is_rare(story, reach=reach) and seconds(lab, by=by).exists()):
        return True
    return rule == DeskRules.Two.PUBLIC and reach in PUBLIC_LEVELS and how_many(lab, Role.MODERATOR) > 1


def is_alone_with_own_text(story: Story, *, languages: Collection[str], reach: str, by: Actor) -> bool:
    """Whether one person would let a text go that shows others whose it could be, with nobody there to say the second yes.

    At most two SQL queries.
    """
    if by.kind == "system" or story.language not in languages:
        return False
    return is_rare(story, reach=reach) and not seconds(story.lab, by=by).exists()


def seconds(lab: Lab, *, by: Actor) -> QuerySet[RoleGiven]:
    """Who else may say the second yes to a story now, by their roles. No SQL of its own."""
    return roles_in_force(lab).filter(role__in=roles_for("story.second")).exclude(participation__public_id=by.key)


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
