"""What this room tells on a teller's own page: that their story was heard when a decision was weighed, and what was decided."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.web.panels import Step
from medskapa.stages.listening.queries import Grown
from medskapa.stages.selection.models import BestInterests, Decision
from medskapa.stages.selection.queries import visible_best_interests, visible_decisions


def decisions(actor: Actor, grown: Any) -> list[Step]:
    """What was decided about something that grew from a teller's stories. One SQL query."""
    if not isinstance(grown, Grown):
        return []
    rows = visible_decisions(actor).filter(pk__in=grown.keys_of(Decision)).order_by("decided_at", "pk")
    return [_decided(decision, grown) for decision in rows]


def best_interests(actor: Actor, grown: Any) -> list[Step]:
    """The reviews of the child's best interests in which a teller's story was heard. One SQL query."""
    if not isinstance(grown, Grown):
        return []
    rows = visible_best_interests(actor).filter(pk__in=grown.keys_of(BestInterests)).order_by("made_at", "pk")
    return [_heard(review, grown) for review in rows]


def _decided(decision: Decision, grown: Grown) -> Step:
    return Step(
        decision.decided_at,
        "choose",
        _("The choice was made"),
        "selection/own/decision.html",
        {"decision": decision},
        about=frozenset({decision.public_id}),
        of=grown.of(decision),
        rows=(decision, decision.application),
    )


def _heard(review: BestInterests, grown: Grown) -> Step:
    return Step(
        review.made_at,
        "choose",
        _("Your story was heard"),
        "selection/own/best_interests.html",
        {"review": review},
        about=frozenset({review.public_id}),
        of=grown.of(review),
        rows=(review,),
    )
