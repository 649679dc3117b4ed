"""What is asked about a gathering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Gathering
from medskapa.ground.web.forms import Form, Picks


class GatheringForm(Form):
    """A day or a meeting."""

    name = forms.CharField(label=_("What is it called?"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Gathering.Kind.choices, widget=Picks())
    starts_at = forms.DateTimeField(label=_("Starts"))
    ends_at = forms.DateTimeField(label=_("Ends"))
    place = forms.CharField(label=_("Where?"), max_length=160, required=False)
    about = forms.CharField(label=_("What happens?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def clean(self) -> dict[str, Any]:
        """It ends after it starts."""
        cleaned = super().clean() or {}
        if cleaned.get("starts_at") and cleaned.get("ends_at") and cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("ends_at", _("It ends after it starts."))
        return cleaned

    @staticmethod
    def initial_of(gathering: Gathering) -> dict[str, Any]:
        """What the form shows of a gathering."""
        return {name: getattr(gathering, name) for name in ("name", "kind", "starts_at", "ends_at", "place", "about")}
