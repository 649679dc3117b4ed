"""What is typed about indicators and measurements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import Chosen, LabForm, places_of
from medskapa.ground.labs.days import today_of
from medskapa.ground.places.models import Municipality
from medskapa.ground.web.forms import Picks
from medskapa.stages.outcomes.models import Indicator, Measurement
from medskapa.stages.understanding.models import Insight


class IndicatorForm(LabForm):
    """What shows whether it got better."""

    insight = Chosen(label=_("Insight it comes from"), required=False, empty_label=_("None"))

    class Meta:
        model = Indicator
        fields = ["title", "summary", "unit", "direction", "written_by_young", "insight", "language"]
        labels = {
            "title": _("What shows whether it got better?"),
            "summary": _("What exactly is measured, with whom, and how?"),
            "unit": _("Unit"),
            "direction": _("Which way is better?"),
            "written_by_young": _("Written by young people"),
        }
        help_texts = {
            "title": _("One sentence, such as: I know what to do with a letter."),
            "summary": _("So that somebody else would measure the same. It cannot change after the first measurement."),
            "unit": _("Such as: of 100, days, kronor."),
        }
        widgets = {"direction": Picks, "summary": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        direction: Any = self.fields["direction"]
        direction.choices = Indicator.Direction.choices
        insight: Any = self.fields["insight"]
        stated = [Insight.State.CONFIRMED, Insight.State.PUBLIC]
        insight.queryset = self.lab.insights.filter(state__in=stated).order_by("-made_at", "-pk")


class MeasurementForm(LabForm):
    """One measured value with its margin and how many were asked."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("Municipality"), required=False, empty_label=_("None in particular")
    )

    class Meta:
        model = Measurement
        fields = ["measured_on", "value", "low", "high", "people_count", "municipality", "is_baseline", "note"]
        labels = {
            "measured_on": _("Day"),
            "value": _("Value"),
            "low": _("At least"),
            "high": _("At most"),
            "people_count": _("How many were asked?"),
            "is_baseline": _("This was before it began"),
            "note": _("How was it measured, and what may be wrong with it?"),
        }
        help_texts = {
            "low": _("Between which values does the true one probably lie? Leave it empty if you do not know."),
            "people_count": _("With fewer than five the number is shown to the team only."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["municipality"]
        place.queryset = places_of(self.lab)

    def clean_measured_on(self) -> Any:
        """Nothing was measured on a day to come."""
        day = self.cleaned_data["measured_on"]
        if day > today_of(self.lab):
            raise forms.ValidationError(_("That day is still to come. Write the day on which it was measured."))
        return day

    def clean(self) -> Any:
        """The value lies within its margin."""
        cleaned = super().clean() or self.cleaned_data
        value, low, high = cleaned.get("value"), cleaned.get("low"), cleaned.get("high")
        if value is not None and low is not None and low > value:
            self.add_error("low", _("Write a number that is not larger than the value."))
        if value is not None and high is not None and high < value:
            self.add_error("high", _("Write a number that is not smaller than the value."))
        return cleaned
