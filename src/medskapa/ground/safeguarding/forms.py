"""What is filled in for a child at risk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import LabForm, places_of
from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.safeguarding.clocks import Within
from medskapa.ground.safeguarding.following import Plan
from medskapa.ground.safeguarding.models import Concern, Representative, Step
from medskapa.ground.safeguarding.retention import LONGEST, Kept
from medskapa.ground.safeguarding.worries import FEWEST, letters_in
from medskapa.ground.web import languages
from medskapa.ground.web.forms import Form, Picks


def _lines(rows: int, **more: str) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "dir": "auto", **more})


class ConcernForm(Form):
    """What worries somebody."""

    worry = forms.CharField(
        label=_("What worries you?"),
        max_length=5_000,
        widget=_lines(7),
        help_text=_("Write what you saw or read, where, and when. Not what you guess."),
    )


class StepForm(Form):
    """What was done about a concern, and what comes next."""

    kind = forms.ChoiceField(label=_("What did you do?"), choices=[one for one in Step.choices if one[0] != Step.CLOSE])
    done = forms.CharField(label=_("What was done"), max_length=5_000, widget=_lines(4))
    reported_to: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=_("Reported to"), required=False, empty_label=_("no report was made"), help_text=_("Only for a report of concern.")
    )
    urgency = forms.TypedChoiceField(
        label=_("How urgent is it now?"), coerce=int, choices=[one for one in Concern.Urgency.choices if one[0]], widget=Picks()
    )
    next_step = forms.ChoiceField(label=_("What comes next?"), choices=[one for one in Step.choices if one[0] != Step.NOTE])
    within = forms.ChoiceField(label=_("By when?"), choices=Within.choices, initial=Within.TODAY)

    def __init__(self, data: Any, *, concern: Concern) -> None:
        super().__init__(data, initial={"kind": concern.next_step, "urgency": concern.urgency, "next_step": _after(concern.next_step)})
        self.fields["reported_to"].queryset = places_of(concern.lab)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A report says to whom."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Step.REPORT and not cleaned.get("reported_to"):
            self.add_error("reported_to", _("Choose the municipality whose social services have it."))
        return cleaned

    @property
    def plan(self) -> Plan:
        """How it goes on."""
        return Plan(self.cleaned_data["urgency"], self.cleaned_data["next_step"], self.cleaned_data["within"])


class CloseForm(Form):
    """How a concern ended."""

    ended = forms.CharField(label=_("How did it end?"), max_length=5_000, widget=_lines(4))


class LetterForm(Form):
    """What the social services are told. Everything can be changed before the letter is made."""

    to: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None,
        label=_("Municipality"),
        empty_label=_("Choose"),
        help_text=_("Where the young person lives, or is now. If you do not know, ask the social services on the phone."),
    )
    child = forms.CharField(
        label=_("Who is the young person?"),
        max_length=1_000,
        required=False,
        widget=_lines(3, autocomplete="off"),
        help_text=_("What you know and have to tell. It stands in the letter only and is kept nowhere."),
    )
    worry = forms.CharField(label=_("What the worry is about"), max_length=30_000, widget=_lines(8))
    done = forms.CharField(label=_("What has been done"), max_length=30_000, required=False, widget=_lines(5))
    told = forms.CharField(
        label=_("Do the young person and their guardians know of this report?"),
        max_length=1_000,
        required=False,
        widget=_lines(2),
    )
    reach = forms.CharField(label=_("Who reports, and how they reach you"), max_length=1_000, widget=_lines(3))

    def __init__(self, data: Any, *, lab: Lab, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["to"].queryset = places_of(lab)  # type: ignore[attr-defined]


def _after(step: str) -> str:
    """What mostly comes after a step; follow-ups go on until it is closed."""
    order = [Step.ASSESS, Step.TALK, Step.REPORT, Step.FOLLOW_UP, Step.FOLLOW_UP, Step.CLOSE, Step.CLOSE]
    return order[order.index(Step(step)) + 1]


class PeriodsForm(Form):
    """How many days each kind of record is kept."""

    def __init__(self, data: Any, *, found: list[Kept]) -> None:
        super().__init__(data)
        for one in found:
            label = _("Days after %(moment)s") % {"moment": one.kind.counted_from}
            self.fields[one.kind.name] = forms.IntegerField(label=label, min_value=1, max_value=LONGEST, initial=one.days)


class WordsForm(Form):
    """The expressions of one language that raise a concern by themselves, one a line."""

    MOST = 500
    LONGEST = 100

    def __init__(self, data: Any, *, language: str, words: Sequence[str]) -> None:
        super().__init__(data, initial={"words": "\n".join(words)})
        attrs = {"rows": 14, "lang": language, "dir": languages.direction(language), "spellcheck": "false"}
        self.fields["words"] = forms.CharField(label=_("One expression a line"), required=False, widget=forms.Textarea(attrs))

    def clean_words(self) -> list[str]:
        """Each expression once, long enough not to be found everywhere."""
        words = list(dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["words"].splitlines() if line.strip()))
        if len(words) > self.MOST or any(len(word) > self.LONGEST for word in words):
            limits = {"most": self.MOST, "longest": self.LONGEST}
            raise forms.ValidationError(_("At most %(most)s expressions of at most %(longest)s signs.") % limits)
        short = [word for word in words if letters_in(word) < FEWEST]
        if short:
            said = _("Too short, it would be found everywhere: %(words)s. Write at least three different letters.")
            raise forms.ValidationError(said % {"words": ", ".join(short)})
        return words


class IdentityForm(Form):
    """Who somebody is."""

    who = forms.CharField(
        label=_("Name, and how to reach them"),
        max_length=1_000,
        widget=_lines(3, autocomplete="off"),
        help_text=_("It is locked at once. Only the safeguarding officer can open it, with a written reason."),
    )


class ReasonForm(Form):
    """Why somebody has to know who a person is."""

    reason = forms.CharField(
        label=_("Why do you have to know?"),
        max_length=1_000,
        widget=_lines(3),
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
