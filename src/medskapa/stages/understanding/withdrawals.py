"""What happens to insights when a story is withdrawn or corrected: its quotes go, and what too few people carry is no longer public."""

from contextlib import suppress
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.models import DataKey
from medskapa.stages.listening.models import Story
from medskapa.stages.understanding.actions import step_back_insight
from medskapa.stages.understanding.models import Evidence, Insight
from medskapa.stages.understanding.queries import PUBLIC_FROM, carried


def forget_quotes(key: DataKey) -> None:
    """Clean up after this key: its quotes leave the store, and public insights below five tellers step back into the lab.

    Can run twice without harm. Three SQL queries, and an action for each insight that steps back.
    """
    _step_back(_forget(Evidence.objects.filter(story__key=key)))


def forget_changed(story: Story) -> None:
    """The same after a correction: the quotes leave at once, with the old words; insights step back once that is sure. Two SQL queries."""
    transaction.on_commit(partial(_step_back, _forget(Evidence.objects.filter(story=story))), robust=True)


def step_back_too_few() -> None:
    """Put right, after a crash or an error, what would stay public below five tellers. One SQL query, and an action for each."""
    _step_back(Insight.objects.all())


def _forget(quoted: QuerySet[Evidence]) -> QuerySet[Insight]:
    """Take the words away; gives the insights that rested on them."""
    insights = list(quoted.values_list("insight", flat=True).distinct())
    quoted.update(quote=None)
    return Insight.objects.filter(pk__in=insights)


def _step_back(insights: QuerySet[Insight]) -> None:
    public = insights.filter(state=Insight.State.PUBLIC).select_related("lab")
    for insight in carried(public).filter(teller_count__lt=PUBLIC_FROM):
        with suppress(WrongState):  # somebody was faster, and it is no longer public
            step_back_insight(insight, by=Actor.system("withdrawal", insight.lab.public_id))
