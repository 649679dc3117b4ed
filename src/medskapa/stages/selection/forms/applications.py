"""What is typed in an application, a conflict of interest and a review."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import Chosen, LabForm
from medskapa.ground.labs.wordings import text_of
from medskapa.ground.web.amounts import Amount
from medskapa.ground.web.forms import Form, Picks
from medskapa.stages.selection.models import Application, Call, Criterion, JurorSeat, Review


class ApplicationForm(LabForm):
    """An application in four fields."""

    asks_minor = Amount(
        label=_("How much do you ask for, in kronor?"), required=False, help_text=_("Leave it empty if you ask for no money.")
    )

    class Meta:
        model = Application
        fields = ["title", "summary", "change", "asks_minor", "language"]
        labels = {
            "title": _("What is it called?"),
            "summary": _("What do you want to do?"),
            "change": _("What will be different, and for whom?"),
        }
        help_texts = {
            "summary": _("What you do, with whom and where, from the first day on."),
            "change": _("Say how you would notice it."),
        }

    def clean_asks_minor(self) -> int:
        """Nothing typed is nothing asked for."""
        return self.cleaned_data["asks_minor"] or 0


class ConflictForm(Form):
    """Why a juror may not judge an application; which juror, if somebody else says it."""

    juror = Chosen(label=_("Juror"))
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: same organisation, same family, worked on it together."),
    )

    def __init__(self, *args: Any, call: Call, own: JurorSeat | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own is not None:
            del self.fields["juror"]
            return
        field: Any = self.fields["juror"]
        field.queryset = call.jurors.select_related("participation").order_by("participation__name", "pk")
        field.label_from_instance = lambda seat: seat.participation.name


class ReviewForm(Form):
    """A juror's page: each criterion from 1 to 5, two strengths, one thing to change. Unfinished can be saved, not sent."""

    strengths = forms.CharField(label=_("Two strengths"), max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    change = forms.CharField(
        label=_("One thing to change"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write so that the applicant can do something with it."),
    )

    def __init__(self, *args: Any, criteria: list[Criterion], review: Review | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        given = {score.criterion_id: score.value for score in review.scores.all()} if review else {}
        for criterion in criteria:
            self.fields[criterion.public_id] = _scale(criterion)
            self.initial[criterion.public_id] = given.get(criterion.pk)
        if review:
            self.initial.update({"strengths": review.strengths, "change": review.change})
        self.order_fields([*(criterion.public_id for criterion in criteria), "strengths", "change"])

    def clean(self) -> Any:
        """Whoever sends leaves nothing out."""
        cleaned = super().clean() or self.cleaned_data
        if "send" in self.data:
            for name in self.fields:
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _now("This is still missing. Fill it in before you send, or save and go on later."))
        return cleaned

    @property
    def scores(self) -> dict[Criterion, int]:
        """The scores given so far."""
        return {criterion: int(value) for criterion in self.criteria if (value := self.cleaned_data.get(criterion.public_id))}


def _scale(criterion: Criterion) -> forms.ChoiceField:
    anchors = {"1": criterion.lowest, "5": criterion.highest}
    choices = [(str(value), str(value)) for value in range(1, 6)]
    return forms.ChoiceField(label=text_of(criterion), choices=choices, required=False, widget=Picks(hints=anchors))
