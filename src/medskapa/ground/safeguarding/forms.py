"""What is filled in for a child at risk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import LabForm, places_of
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.safeguarding.models import Representative
from medskapa.ground.safeguarding.retention import LONGEST, Kept
from medskapa.ground.web.forms import Form


class ConcernForm(Form):
    """What worries somebody."""

    worry = forms.CharField(
        label=_("What worries you?"),
        max_length=5_000,
        widget=forms.Textarea({"rows": 7, "dir": "auto"}),
        help_text=_("Write what you saw or read, where, and when. Not what you guess."),
    )


class StepForm(Form):
    """What was done about a concern."""

    done = forms.CharField(label=_("What was done"), max_length=5_000, widget=forms.Textarea({"rows": 4, "dir": "auto"}))


class PeriodsForm(Form):
    """How many days each kind of record is kept."""

    def __init__(self, data: Any, *, found: list[Kept]) -> None:
        super().__init__(data)
        for one in found:
            label = _("Days after %(moment)s") % {"moment": one.kind.counted_from}
            self.fields[one.kind.name] = forms.IntegerField(label=label, min_value=1, max_value=LONGEST, initial=one.days)


class IdentityForm(Form):
    """Who somebody is."""

    who = forms.CharField(
        label=_("Name, and how to reach them"),
        max_length=1_000,
        widget=forms.Textarea({"rows": 3, "dir": "auto", "autocomplete": "off"}),
        help_text=_("It is locked at once. Only the safeguarding officer can open it, with a written reason."),
    )


class ReasonForm(Form):
    """Why somebody has to know who a person is."""

    reason = forms.CharField(
        label=_("Why do you have to know?"),
        max_length=1_000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("Your reason is kept. It can be read whenever the identity is opened again."),
    )


class RepresentativeForm(LabForm):
    """Who speaks for a young person by law."""

    class Meta:
        model = Representative
        fields = ("type", "municipality", "valid_from", "valid_to")

    def __init__(self, *args: Any, pseudonym: Pseudonym, **kwargs: Any) -> None:
        super().__init__(*args, lab=pseudonym.lab, **kwargs)
        self.fields["municipality"].queryset = places_of(pseudonym.lab)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        cleaned = super().clean() or self.cleaned_data
        begin, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if begin and end and end < begin:
            self.add_error("valid_to", _("It cannot end before it begins."))
        return cleaned
