"""What somebody fills in who lets an organisation collect stories."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import Chosen
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.vouching import told_in
from medskapa.ground.people.models import Organisation
from medskapa.ground.people.roles import AUTHORITIES
from medskapa.ground.web.forms import ModelForm, language_choices
from medskapa.stages.listening.models import PartnerLink


class PartnerForm(ModelForm):
    """Which organisation, in which language, until when."""

    organisation = Chosen(
        Organisation.objects.none(),
        label=_("Which organisation?"),
        help_text=_("It takes part in the lab and is no authority. If it is not here, add somebody of it to the people of the lab first."),
        error_messages={"invalid_choice": _("Choose one that takes part in the lab and is no authority.")},
    )
    language = forms.ChoiceField(label=_("Language"))

    class Meta:
        model = PartnerLink
        fields = ("organisation", "language", "ends_on")
        labels = {"ends_on": _("Until which day?")}
        help_texts = {"ends_on": _("On that day stories can still be told on the link.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lab = self.instance.lab
        there = Organisation.objects.filter(units__participations__lab=lab).exclude(kind__in=AUTHORITIES)
        self.fields["organisation"].queryset = there.distinct().order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["language"].choices = language_choices(list(told_in(lab)))  # type: ignore[attr-defined]

    def clean_ends_on(self) -> date:
        """A day that is not over yet."""
        day: date = self.cleaned_data["ends_on"]
        if day < today_of(self.instance.lab):
            raise forms.ValidationError(_("That day is over. Choose today or a later one."))
        return day
