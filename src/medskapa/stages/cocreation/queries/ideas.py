"""Reads of ideas and teams. No idea stands above another because more people saw it first."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.stages.cocreation.models import Idea, Prototype, Team, TeamMember
from medskapa.stages.understanding.models import Insight
from medskapa.stages.understanding.queries import insights_seen_by

_AUTHORS_OF_IDEA = ("idea__by_pseudonym", "idea__by_participation")


def ideas_of(lab: Lab, *, challenge: str = "", kind: str = "") -> QuerySet[Idea]:
    """A lab's ideas, which anybody may read, perhaps those for one challenge (its public id) or of one kind. One SQL query; no order."""
    found = lab.ideas.select_related("lab", "challenge")
    if challenge:
        found = found.filter(challenge__public_id=challenge)
    return found.filter(kind=kind) if kind else found


def shuffled_for(ideas: QuerySet[Idea], *, reader: Actor) -> list[str]:
    """The public ids of these ideas in an order of the reader's own, new each day, so that no idea is always first. One SQL query."""
    return sorted(ideas.values_list("public_id", flat=True), key=lambda public_id: _lot(reader, public_id))


def in_order(ideas: QuerySet[Idea], public_ids: Iterable[str]) -> list[Idea]:
    """These ideas in this order. One SQL query."""
    wanted = list(public_ids)
    found = {idea.public_id: idea for idea in ideas.filter(public_id__in=wanted)}
    return [found[public_id] for public_id in wanted if public_id in found]


def insights_beside(idea: Idea, *, reader: Actor) -> QuerySet[Insight]:
    """The insights an idea grew from beside its challenge, as far as the reader may see them. One SQL query."""
    return insights_seen_by(reader).filter(idea_links__idea=idea).select_related("lab").order_by("made_at", "pk")


def names_of_teams(lab: Lab, *, but: Team | None = None) -> QuerySet[Any, str]:
    """What all teams of a lab but one are called. One SQL query."""
    return lab.teams.exclude(pk=but.pk if but else 0).values_list("name", flat=True)


def teams_of(lab: Lab) -> QuerySet[Team]:
    """A lab's teams with their present members. Two SQL queries."""
    return lab.teams.select_related("lab", "idea__lab").prefetch_related(Prefetch("members", present_members())).order_by("name", "pk")


def present_members() -> QuerySet[TeamMember]:
    """Those who have not left, in the order in which they came."""
    return TeamMember.objects.filter(left_at__isnull=True).select_related("pseudonym", "participation", "lab").order_by("joined_at", "pk")


def prototypes_of(lab: Lab) -> QuerySet[Prototype]:
    """A lab's prototypes, the newest first, each with its idea, challenge and team. Two SQL queries."""
    found = lab.prototypes.select_related("lab", "team__lab", "gathering__lab", "idea__lab", "idea__challenge__lab", *_AUTHORS_OF_IDEA)
    return found.prefetch_related(Prefetch("team__members", present_members())).order_by("-made_at", "-pk")


def _lot(reader: Actor, public_id: str) -> bytes:
    return hashlib.sha256(f"{now().date()} {reader.id} {public_id}".encode()).digest()
