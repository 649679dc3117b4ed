"""Challenges, ideas and prototypes on the red thread, and the loop by which a challenge goes back to new stories."""

from datetime import datetime

from django.db.models import QuerySet

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.stages import Link, Stage, link, register
from medskapa.stages.cocreation.models import AskAgain, Challenge, ChallengeInsight, Idea, IdeaInsight, Prototype
from medskapa.stages.cocreation.queries.challenges import challenges_seen_by


def tell_the_thread() -> None:
    """Register what grows in this room and from what; called once, when everything starts."""
    register(Stage("frame", Challenge, visible=_challenges, title=_title, moment=_made_at, state=_state))
    register(Stage("create", Idea, visible=_ideas, title=_title, moment=_made_at, state=_state))
    register(Stage("prototype", Prototype, visible=_prototypes, title=_title, moment=_made_at, state=_state, place=_place_of_prototype))
    link(Link(ChallengeInsight, parent="insight", child="challenge"))
    link(Link(Idea, parent="challenge"))
    link(Link(IdeaInsight, parent="insight", child="idea"))
    link(Link(Prototype, parent="idea"))
    link(Link(AskAgain, parent="challenge", child="prompt__stories"))


def _challenges(actor: Actor) -> QuerySet[Challenge]:
    return challenges_seen_by(actor).select_related("lab")


def _ideas(actor: Actor) -> QuerySet[Idea]:
    return Idea.objects.select_related("lab")


def _prototypes(actor: Actor) -> QuerySet[Prototype]:
    return Prototype.objects.select_related("lab", "gathering")


def _title(row: Challenge | Idea | Prototype, actor: Actor) -> str:
    return row.title


def _made_at(row: Challenge | Idea | Prototype, actor: Actor) -> datetime | None:
    """When it was made here. A public fact was made elsewhere, and ends where its source ends."""
    return None if row.source else row.made_at


def _state(row: Challenge | Idea | Prototype) -> str:
    return "" if row.source else row.get_state_display()


def _place_of_prototype(prototype: Prototype, actor: Actor) -> str:
    return prototype.gathering.name if prototype.gathering else ""
