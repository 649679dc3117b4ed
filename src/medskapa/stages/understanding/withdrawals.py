"""What happens to insights when a story is withdrawn: its quotes go, and what too few people carry is no longer public."""

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.models import DataKey
from medskapa.stages.understanding.actions import step_back_insight
from medskapa.stages.understanding.models import Evidence, Insight
from medskapa.stages.understanding.queries import PUBLIC_FROM, carried


def forget_quotes(key: DataKey) -> None:
    """Clean up after this key: its quotes leave the store, and public insights below five tellers step back into the lab.

    Can run twice without harm. Two SQL queries, and an action for each insight that steps back.
    """
    quoted = Evidence.objects.filter(story__key=key)
    affected = Insight.objects.filter(evidence__in=quoted, state=Insight.State.PUBLIC).distinct()
    for insight in carried(Insight.objects.filter(pk__in=list(affected.values_list("pk", flat=True))).select_related("lab")):
        if insight.teller_count < PUBLIC_FROM:
            step_back_insight(insight, by=Actor.system("withdrawal", insight.lab.public_id))
    quoted.update(quote=None)
