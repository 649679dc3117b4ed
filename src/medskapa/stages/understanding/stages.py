"""Insights on the red thread: what they are, who sees them, and that they grow from stories and from how people answered statements."""

from django.db.models import QuerySet

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.stages import Link, Stage, link, register
from medskapa.stages.understanding.models import Evidence, Insight
from medskapa.stages.understanding.queries import insights_seen_by


def _visible(actor: Actor) -> QuerySet[Insight]:
    return insights_seen_by(actor).select_related("lab")


def tell_the_thread() -> None:
    """Register insights and what they grow from; called once, when everything starts."""
    register(
        Stage(
            "understand",
            Insight,
            visible=_visible,
            title=lambda insight, actor: insight.title,
            moment=lambda insight, actor: insight.confirmed_at or insight.made_at,
        )
    )
    link(Link(Evidence, parent="story", child="insight"))
    link(Link(Evidence, parent="statement", child="insight"))
    # past the statement, which outsiders may not see: the story behind it still leads to the insight
    link(Link(Evidence, parent="statement__origins__story", child="insight"))
