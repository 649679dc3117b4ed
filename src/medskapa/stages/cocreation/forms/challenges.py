"""What people type about challenges."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import Chosen, LabForm, units_of
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.web.forms import Form, ModelForm
from medskapa.stages.cocreation.forms.insights import ManyInsights, offer_insights
from medskapa.stages.cocreation.models import Challenge
from medskapa.stages.understanding.models import Insight


class ChallengeForm(LabForm):
    """A question, the insights it grew from, and who owns the problem."""

    insights = ManyInsights(label=_("Insights it grew from"))
    owner = Chosen(label=_("Problem owner"), required=False, help_text=_("The unit that can decide something about this problem."))

    class Meta:
        model = Challenge
        fields = ["title", "summary", "insights", "owner", "language"]
        labels = {"title": _("Question"), "summary": _("Background")}
        help_texts = {
            "title": _("Begin with “How might we”. Ask for one thing."),
            "summary": _("What makes this hard today, and for whom."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_insights(self, Insight.objects.filter(challenge_links__challenge=self.instance.pk or 0))
        self.fields["owner"].queryset = units_of(self.lab)  # type: ignore[attr-defined]

    def clean_owner(self) -> Any:
        """A promise cannot lose whoever made it."""
        if self.cleaned_data["owner"] is None and self.instance.promise:
            raise forms.ValidationError(_("This owner has promised something. Choose who keeps that promise."))
        return self.cleaned_data["owner"]


class PromiseForm(ModelForm):
    """What the problem owner will decide, and by when."""

    promise = forms.CharField(
        label=_("What the owner promises to decide"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Something the owner can decide alone, such as: we try the strongest idea for six months."),
    )
    promise_due_on = forms.DateField(label=_("Decided by"))

    class Meta:
        model = Challenge
        fields = ["promise", "promise_due_on"]


class KeepForm(Form):
    """The day on which a promise was kept."""

    kept_on = forms.DateField(label=_("Decided on"))

    def __init__(self, *args: Any, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today_of(lab)
        self.initial.setdefault("kept_on", self.today)

    def clean_kept_on(self) -> Any:
        """Nothing was decided on a day to come."""
        if self.cleaned_data["kept_on"] > self.today:
            raise forms.ValidationError(_("That day is still to come. Write the day on which it was decided."))
        return self.cleaned_data["kept_on"]


class AskAgainForm(Form):
    """A new question to tellers, from what a challenge still needs to know."""

    title = forms.CharField(label=_("Question to tellers"), max_length=200, help_text=_("One open question that anybody can skip."))
    summary = forms.CharField(label=_("Help text"), max_length=400, required=False)
