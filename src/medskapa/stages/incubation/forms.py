"""What is typed about supports, events, goals and reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import Chosen, LabForm, people_with
from medskapa.ground.labs.days import today_of
from medskapa.ground.people.roles import Role
from medskapa.ground.web.amounts import Amount
from medskapa.ground.web.forms import Form, Picks
from medskapa.stages.incubation.models import Goal, Report, Support, SupportEvent
from medskapa.stages.incubation.queries import supportable


class SupportForm(LabForm):
    """What is agreed, from when to when, and who coaches."""

    coach = Chosen(label=_("Coach"), required=False, empty_label=_("Nobody yet"))

    class Meta:
        model = Support
        fields = ["title", "summary", "starts_on", "ends_on", "coach", "language"]
        labels = {"title": _("Name"), "summary": _("What is agreed?"), "starts_on": _("From"), "ends_on": _("Until")}
        help_texts = {"summary": _("What is given, what is expected, and what happens if it goes another way.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coach: Any = self.fields["coach"]
        coach.queryset = people_with(Role.COACH, self.lab)

    def clean(self) -> Any:
        """It ends after it begins."""
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _now("Choose a day after the first one."))
        return cleaned


class ChosenDecision(Chosen):
    """A decision, called by the application that it is about."""

    def named_by(self, row: Any) -> Any:
        return row.application


class NewSupportForm(SupportForm):
    """The same, and what it is for."""

    decision = ChosenDecision(label=_("What was selected?"))
    field_order = ["decision", "title", "summary", "starts_on", "ends_on", "coach", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision: Any = self.fields["decision"]
        decision.queryset = supportable(self.lab)


class EventForm(LabForm):
    """Something that was given or done."""

    amount_minor = Amount(label=_("Amount in kronor"), required=False)

    class Meta:
        model = SupportEvent
        fields = ["kind", "what", "on", "amount_minor"]
        labels = {"kind": _("What kind?"), "what": _("What?"), "on": _("Day")}
        widgets = {"kind": Picks}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = SupportEvent.Kind.choices
        self.initial.setdefault("on", today_of(self.lab))


class GoalForm(LabForm):
    """A goal with its area and its day."""

    class Meta:
        model = Goal
        fields = ["area", "title", "due_on"]
        labels = {"area": _("Area"), "title": _("What will be true then?"), "due_on": _("By which day?")}
        widgets = {"area": Picks}
        help_texts = {"title": _("So that two people would agree whether it is reached.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["area"]
        area.choices = Goal.Area.choices


class EditGoalForm(GoalForm):
    """The same; a goal that moves later says what changed."""

    class Meta(GoalForm.Meta):
        fields = ["area", "title", "due_on", "changed"]
        labels = {**GoalForm.Meta.labels, "changed": _("What changed?")}
        help_texts = {**GoalForm.Meta.help_texts, "changed": _("Needed if the day moves later. Late is no fault; it says what was learnt.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due_before = self.instance.due_on

    def clean(self) -> Any:
        """A later day needs a word."""
        cleaned = super().clean() or self.cleaned_data
        due = cleaned.get("due_on")
        if due and due > self.due_before and not cleaned.get("changed", "").strip():
            self.add_error("changed", _now("Say what changed, so that others can learn from it."))
        return cleaned


class ReachForm(Form):
    """The day on which a goal was reached; a late one says what changed."""

    on = forms.DateField(label=_("Reached on"))
    changed = forms.CharField(label=_("What changed?"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goal = goal
        self.initial.update({"on": today_of(goal.lab), "changed": goal.changed})

    def clean(self) -> Any:
        """Not on a day to come; a late one says why."""
        cleaned = super().clean() or self.cleaned_data
        on = cleaned.get("on")
        if on and on > today_of(self.goal.lab):
            self.add_error("on", _now("That day is still to come. Write the day on which it was reached."))
        if on and on > self.goal.due_on and not cleaned.get("changed", "").strip():
            self.add_error("changed", _now("Say what changed, so that others can learn from it."))
        return cleaned


class ReasonForm(Form):
    """Why something ends before its time."""

    reason = forms.CharField(
        label=_("Why?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("A stop with its reason is a result.")
    )


class ReportForm(LabForm):
    """A report in ten minutes: each question is read by somebody."""

    class Meta:
        model = Report
        fields = ["period", "happened", "next", "help_needed", "reached_count"]
        labels = {
            "period": _("About which time?"),
            "happened": _("What happened?"),
            "next": _("What comes next?"),
            "help_needed": _("What do you need help with?"),
            "reached_count": _("How many young people did you reach?"),
        }
        help_texts = {
            "happened": _("Also what did not work. Your coach reads this."),
            "help_needed": _("Your coach asks the right people."),
            "reached_count": _("Count each once. Leave it empty if you do not know."),
        }
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("happened", "next", "help_needed")}


class ReplyForm(Form):
    """A reply to a report."""

    reply = forms.CharField(label=_("Reply"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
