"""What this room tells on a teller's own page: what was understood from their story, and how many others told of the same."""

from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.safeguarding.disclosure import is_few
from medskapa.ground.web.panels import Step
from medskapa.stages.listening.queries import Grown
from medskapa.stages.understanding.models import Insight
from medskapa.stages.understanding.queries import insights_seen_by, speaks_for

A_FEW = 3  # strands that are drawn for "a few", however many they are


def insights(actor: Actor, grown: Any) -> list[Step]:
    """When an insight was confirmed, or the teller's story joined it, whichever came last. One SQL query."""
    if not isinstance(grown, Grown):
        return []
    found = insights_seen_by(actor).filter(pk__in=grown.keys_of(Insight), confirmed_at__isnull=False)
    return [_understood(insight, grown) for insight in _with_others(found, grown.teller)]


def _with_others(insights: QuerySet[Insight], teller: Pseudonym) -> QuerySet[Any]:
    mine = Q(evidence__story__teller=teller)
    others = Count("evidence__story__teller", filter=speaks_for() & ~mine, distinct=True)
    rows = insights.select_related("lab").annotate(others=others, joined_at=Min("evidence__added_at", filter=mine))
    return rows.order_by("confirmed_at", "pk")


def _understood(insight: Any, grown: Grown) -> Step:
    few = is_few(insight.others)
    context = {"insight": insight, "others": insight.others, "is_few": few, "strands": A_FEW if few else insight.others}
    return Step(
        max(insight.confirmed_at, insight.joined_at or insight.confirmed_at),
        "understand",
        _("We understood"),
        "understanding/own/insight.html",
        context,
        about=frozenset({insight.public_id}),
        of=grown.of(insight),
        others=insight.others,
        rows=(insight,),
    )
