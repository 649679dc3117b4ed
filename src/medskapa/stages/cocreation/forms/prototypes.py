"""What people type about prototypes and trials."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import Chosen, LabForm
from medskapa.ground.web.forms import ModelForm, Picks
from medskapa.stages.cocreation.models import Idea, Prototype, PrototypeVersion, Trial


class PrototypeForm(LabForm):
    """What is built, by which team, begun on which day."""

    team = Chosen(label=_("Team"), required=False)
    gathering = Chosen(label=_("Begun on"), required=False, help_text=_("The lab day or workshop where it began."))

    class Meta:
        model = Prototype
        fields = ["title", "summary", "team", "gathering", "language"]
        labels = {"title": _("What is it called?"), "summary": _("What is it, and what does it test?")}

    def __init__(self, *args: Any, idea: Idea, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = idea.teams.order_by("name", "pk")  # type: ignore[attr-defined]
        days = self.lab.gatherings.filter(kind__in=["lab_day", "workshop"])
        self.fields["gathering"].queryset = days.order_by("-starts_at", "-pk")  # type: ignore[attr-defined]


class MakePrototypeForm(PrototypeForm):
    """A new prototype with its first version."""

    what = forms.CharField(
        label=_("What does it look like now?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("This is version 1. Paper is enough."),
    )

    class Meta(PrototypeForm.Meta):
        fields = ["title", "summary", "what", "team", "gathering", "language"]

    field_order = ["title", "summary", "what", "team", "gathering", "language"]


class VersionForm(ModelForm):
    """What a prototype looks like now."""

    class Meta:
        model = PrototypeVersion
        fields = ["what", "link"]
        labels = {"what": _("What does it look like now, and what changed?"), "link": _("Link to a film or a drawing")}
        widgets = {"what": forms.Textarea(attrs={"rows": 5})}

    link = forms.URLField(label=_("Link to a film or a drawing"), required=False, assume_scheme="https")


class TrialForm(ModelForm):
    """What is believed and how we would know: said before anything is tried."""

    version = Chosen(label=_("Which version?"), required=False)

    class Meta:
        model = Trial
        fields = ["hypothesis", "pass_mark", "planned_on", "version"]
        labels = {"hypothesis": _("We believe that"), "pass_mark": _("It holds up if"), "planned_on": _("Day")}
        help_texts = {
            "hypothesis": _("What will be different for whom."),
            "pass_mark": _("Something one can see or count. It can't be changed once the result is noted."),
        }

    def __init__(self, *args: Any, prototype: Prototype, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = self.fields["version"]
        versions.queryset = prototype.versions.order_by("-number")  # type: ignore[attr-defined]
        versions.label_from_instance = _version_name  # type: ignore[attr-defined]
        if self.instance.version_id:
            self.initial["version"] = self.instance.version


class NoteTrialForm(ModelForm):
    """What happened, what was learnt, and whether it held up."""

    result = forms.ChoiceField(
        label=_("Did it hold up?"), choices=[choice for choice in Trial.Result.choices if choice[0] != "planned"], widget=Picks
    )
    happened = forms.CharField(label=_("What happened?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    learnt = forms.CharField(label=_("What did we learn?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))

    class Meta:
        model = Trial
        fields = ["happened", "learnt", "result", "people_count"]
        labels = {"people_count": _("How many tried it?")}

    field_order = ["happened", "learnt", "result", "people_count"]


def _version_name(version: PrototypeVersion) -> Any:
    return _("Version %(number)d") % {"number": version.number}
