"""What is typed about pilots and adoptions."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import Chosen, LabForm, people_with, places_of, units_of
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.people.roles import Role
from medskapa.ground.places.models import Municipality
from medskapa.ground.web.amounts import Amount
from medskapa.ground.web.forms import Form, Picks
from medskapa.stages.cocreation.queries.challenges import challenges_seen_by
from medskapa.stages.incubation.models import Support
from medskapa.stages.pilots.models import Adoption, Pilot, PilotIndicator
from medskapa.stages.pilots.queries import origins

LINES = forms.Textarea(attrs={"rows": 3})


class PilotForm(LabForm):
    """A plan: what, where, who owns it, when it stops and what happens if it works."""

    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=_("Municipality"), empty_label=_("Choose"))
    owner = Chosen(label=_("Which unit owns it?"), help_text=_("It changes its routine if this works. Without an owner a pilot dies."))
    lead = Chosen(label=_("Who leads it?"), required=False, empty_label=_("Nobody yet"))
    best_interests = Chosen(
        label=_("Review of the child's best interests"),
        required=False,
        empty_label=_("Not yet"),
        help_text=_("Needed before the pilot starts."),
    )
    budget_minor = Amount(label=_("Budget in kronor"), required=False)

    class Meta:
        model = Pilot
        fields = [
            "title",
            "summary",
            "municipality",
            "owner",
            "lead",
            "starts_on",
            "ends_on",
            "stop_rule",
            "if_it_works",
            "best_interests",
            "budget_minor",
            "diary_number",
            "language",
        ]
        labels = {
            "title": _("Name"),
            "summary": _("What is tried?"),
            "starts_on": _("From"),
            "ends_on": _("Until"),
            "stop_rule": _("We stop if"),
            "if_it_works": _("If it works"),
            "diary_number": _("Diary number"),
        }
        help_texts = {
            "stop_rule": _("Said now, so that nobody argues later. It cannot change once the pilot runs."),
            "if_it_works": _("Who pays then, and whose routine it becomes."),
        }
        widgets = {"stop_rule": LINES, "if_it_works": LINES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Any] = {
            "municipality": places_of(self.lab),
            "owner": units_of(self.lab),
            "lead": people_with(Role.PILOT_LEAD, self.lab),
            "best_interests": self.lab.best_interests.order_by("-made_at", "-pk"),
        }
        for name, rows in offered.items():
            if name in self.fields:
                field: Any = self.fields[name]
                field.queryset = rows

    def clean(self) -> Any:
        """It ends after it begins."""
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on", self.instance.starts_on), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _now("Choose a day after the first one."))
        return cleaned


class NewPilotForm(PilotForm):
    """The same, and what it grows from."""

    origin = forms.ChoiceField(label=_("What does it grow from?"))
    field_order = ["origin", *PilotForm.Meta.fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.origins = {row.public_id: row for row in origins(self.lab)}
        named = [row if isinstance(row, Support) else row.application for row in self.origins.values()]
        worded(named, get_language() or "")
        names = [(key, text_of(row)) for key, row in zip(self.origins, named, strict=True)]
        origin: Any = self.fields["origin"]
        origin.choices = [("", _("Choose")), *names]

    @property
    def grew_from(self) -> dict[str, Any]:
        """The origin under the name of its key."""
        row = self.origins[self.cleaned_data["origin"]]
        return {"support" if isinstance(row, Support) else "decision": row}


class RunningPilotForm(PilotForm):
    """What may still change while a pilot runs."""

    municipality = None  # type: ignore[assignment]
    owner = None  # type: ignore[assignment]
    best_interests = None  # type: ignore[assignment]

    class Meta(PilotForm.Meta):
        fields = ["summary", "lead", "ends_on", "budget_minor", "diary_number"]


class AimForm(LabForm):
    """An indicator, and the value a pilot aims at."""

    indicator = Chosen(label=_("What is it measured by?"))

    class Meta:
        model = PilotIndicator
        fields = ["indicator", "target"]
        labels = {"target": _("Aim")}
        help_texts = {"target": _("Said before the start. Leave it empty if nobody knows yet what is possible.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        indicator: Any = self.fields["indicator"]
        indicator.queryset = self.lab.indicators.order_by("title", "pk")


class EditAimForm(LabForm):
    """The value a plan aims at."""

    class Meta:
        model = PilotIndicator
        fields = ["target"]
        labels = {"target": _("Aim")}
        help_texts = {"target": _("Said before the start. Leave it empty if nobody knows yet what is possible.")}


class VerdictForm(Form):
    """Keep it or stop it, and why."""

    verdict = forms.ChoiceField(
        label=_("What happens now?"),
        choices=[(Pilot.State.KEPT, _("Keep it")), (Pilot.State.STOPPED, _("Stop it"))],
        widget=Picks(
            hints={
                Pilot.State.KEPT.value: _("It becomes part of how the unit works."),
                Pilot.State.STOPPED.value: _("It ends in good order. What was learnt stays in the thread."),
            }
        ),
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=600,
        widget=LINES,
        help_text=_("Those who told the first story read this. Write so that they understand."),
    )

    def __init__(self, *args: Any, pilot: Pilot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if pilot.state != Pilot.State.RUNNING:
            verdict: Any = self.fields["verdict"]
            verdict.choices = [(Pilot.State.STOPPED, _("Stop it"))]
            self.initial["verdict"] = Pilot.State.STOPPED


class NextForm(Form):
    """The challenge a pilot gave: one that is there, or a new one."""

    challenge = Chosen(label=_("A challenge that is there"), required=False, empty_label=_("None of these"))
    title = forms.CharField(
        label=_("Or a new one"), max_length=200, required=False, help_text=_("Begin with “How might we”. It begins as a draft.")
    )

    def __init__(self, *args: Any, pilot: Pilot, reader: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        challenge: Any = self.fields["challenge"]
        challenge.queryset = challenges_seen_by(reader).filter(lab=pilot.lab).order_by("title", "pk")
        may_word = may(reader, "challenge.write", pilot.lab)
        if not may_word:
            del self.fields["title"]

    def clean(self) -> Any:
        """One of the two."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("challenge") and not cleaned.get("title", "").strip():
            self.add_error("challenge", _now("Choose a challenge, or word a new one."))
        return cleaned


class AdoptionForm(LabForm):
    """Another municipality that takes a pilot on."""

    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=_("Municipality"), empty_label=_("Choose"))
    unit = Chosen(label=_("Unit"), required=False, empty_label=_("Not known yet"))

    class Meta:
        model = Adoption
        fields = ["municipality", "unit", "since", "note"]
        labels = {"since": _("Since"), "note": _("What do they do in their own way?")}
        help_texts = {"note": _("Nobody copies exactly. What they change is worth knowing.")}

    def __init__(self, *args: Any, pilot: Pilot, **kwargs: Any) -> None:
        super().__init__(*args, lab=pilot.lab, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = units_of(self.lab)
        if "municipality" in self.fields:
            there = [pilot.municipality_id, *pilot.adoptions.values_list("municipality", flat=True)]
            municipality: Any = self.fields["municipality"]
            municipality.queryset = places_of(self.lab).exclude(pk__in=there)
            self.initial.setdefault("since", today_of(self.lab))


class EditAdoptionForm(AdoptionForm):
    """Who takes it on, and what they do in their own way."""

    municipality = None  # type: ignore[assignment]

    class Meta(AdoptionForm.Meta):
        fields = ["unit", "note"]


class MoveForm(Form):
    """How far an adoption is."""

    state = forms.ChoiceField(label=_("How far are they?"), widget=Picks)
    since = forms.DateField(label=_("Since"))
    reason = forms.CharField(
        label=_("If it stopped, why?"), max_length=400, required=False, widget=LINES, help_text=_("A stop with its reason is a result.")
    )

    def __init__(self, *args: Any, adoption: Adoption, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["state"]
        state.choices = [(value, label) for value, label in Adoption.State.choices if value in Adoption.MOVES.get(adoption.state, ())]
        self.initial.setdefault("since", today_of(adoption.lab))

    def clean(self) -> Any:
        """A stop needs its reason."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("state") == Adoption.State.STOPPED and not cleaned.get("reason", "").strip():
            self.add_error("reason", _now("Say why, so that others can learn from it."))
        return cleaned
