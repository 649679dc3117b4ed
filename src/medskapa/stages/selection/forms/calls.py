"""What is typed about calls, their criteria and their jury."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import Chosen, LabForm, people_with
from medskapa.ground.people.roles import Role
from medskapa.stages.selection.models import Call, Criterion, JurorSeat


class CallForm(LabForm):
    """A call: what can be applied for, when, and how many get it."""

    class Meta:
        model = Call
        fields = ["title", "summary", "opens_at", "closes_at", "places", "is_blind", "language"]
        labels = {
            "title": _("What is the call called?"),
            "summary": _("What can be applied for, and by whom?"),
            "opens_at": _("Opens"),
            "closes_at": _("Closes"),
            "places": _("How many get support?"),
            "is_blind": _("Jurors do not see who applies"),
        }
        help_texts = {
            "summary": _("Say what is given, to whom, for how long, and what is expected in return."),
            "closes_at": _("The clock is that of the lab."),
            "is_blind": _("Names are hidden from the jury until the decision. Every reading leaves a line in the audit chain."),
        }

    def clean(self) -> Any:
        """A call closes after it opens."""
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Choose a time after the call opens."))
        return cleaned


class CriterionForm(LabForm):
    """One thing that counts, with an anchor at both ends."""

    class Meta:
        model = Criterion
        fields = ["title", "lowest", "highest", "weight"]
        labels = {"title": _("What counts?"), "lowest": _("1 means"), "highest": _("5 means"), "weight": _("Weight")}
        help_texts = {
            "title": _("A few words, such as: the young were part of making it."),
            "lowest": _("What a juror has seen when they give a 1."),
            "highest": _("What a juror has seen when they give a 5."),
            "weight": _("2 counts twice as much as 1. Most criteria weigh 1."),
        }


class JurorForm(LabForm):
    """A seat in the jury."""

    participation = Chosen(label=_("Juror"), help_text=_("Everyone who has the role of juror in this lab. Whoever applies cannot judge."))

    class Meta:
        model = JurorSeat
        fields = ["participation", "is_from_target_group"]
        labels = {"is_from_target_group": _("This juror belongs to the target group")}

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, lab=call.lab, **kwargs)
        seated = call.jurors.values("participation")
        field: Any = self.fields["participation"]
        field.queryset = people_with(Role.JUROR, call.lab).exclude(pk__in=seated)
