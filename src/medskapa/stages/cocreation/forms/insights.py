"""A field of insights, which challenges and ideas share."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from medskapa.ground.labs.choices import LabForm, Worded
from medskapa.ground.labs.models import Lab
from medskapa.ground.web.forms import ManyPicks
from medskapa.stages.understanding.models import Insight


class ManyInsights(Worded, forms.ModelMultipleChoiceField):
    """Any number of a lab's insights, by their public ids."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Insight.objects.none(), **{"to_field_name": "public_id", "required": False, "widget": ManyPicks, **kwargs})

    def offer(self, lab: Lab, chosen: QuerySet[Insight]) -> bool:
        """Offer what this lab has understood so far, and what is linked already; gives whether there is anything to choose."""
        stated = Q(state__in=[Insight.State.CONFIRMED, Insight.State.PUBLIC])
        self.queryset = lab.insights.filter(stated | Q(pk__in=chosen.values("pk"))).order_by("-made_at", "-pk")
        return bool(self.queryset.exists())


def offer_insights(form: LabForm, chosen: QuerySet[Insight]) -> None:
    """Offer the insights of the form's lab, with those that are chosen ticked; no field where there is nothing to choose."""
    field = form.fields["insights"]
    assert isinstance(field, ManyInsights)  # noqa: S101  # said by the form
    form.initial.setdefault("insights", list(chosen))
    if not field.offer(form.lab, chosen):
        del form.fields["insights"]
