"""The telling as one form in several steps. What was answered travels along in hidden fields; nothing is stored before it is sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import AgeBand, Lab, Pseudonym
from medskapa.ground.labs.vouching import is_certain
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.moment import now
from medskapa.ground.web import languages
from medskapa.ground.web.forms import Form, ManyPicks, Picks, Words
from medskapa.stages.listening.actions import Telling
from medskapa.stages.listening.circles import CIRCLES, kinds_of, labels_of
from medskapa.stages.listening.forms.marking import MarkField, mark_name, marks_in
from medskapa.stages.listening.forms.pictures import PicturesField
from medskapa.stages.listening.forms.recording import RecordingField
from medskapa.stages.listening.models import PartnerLink, Prompt, Reach, Scale, Writer
from medskapa.stages.listening.reach import farthest, nearest, up_to
from medskapa.stages.listening.scales import place_in_words

Files = MultiValueDict[str, UploadedFile]

LONGEST = 20_000  # signs of one telling
OWN_QUESTION = "own"

REACH_HINTS: dict[str, str | Promise] = {
    Reach.TEAM: _("Nobody else will see it."),
    Reach.LAB: _("A person takes names and places away first. Then young people and organisations in the lab can read it."),
    Reach.REPORTS: _("Some of your words can stand in what the lab writes, without your name."),
    Reach.PUBLIC: _("Anybody can read it on the lab's page."),
    Reach.PUBLIC_NAMED: _("Anybody can read it, with the name you write below. It need not be your real one."),
}


YEAR = timedelta(days=365)
READ_BACK = {"yes": _("Yes. It says what I mean."), "not_yet": _("Not yet")}
READ_BACK_HINTS = {"not_yet": _("It is sent, and only the people who work in the lab read it. You can say yes later, with your code.")}
NOT_SAID = _("Say whether it was read back.")
RESEARCH = _("The lab can then let people who do research read it, without names and places.")
UNTIL_STOPPED = _("Until I say stop")
THERE = [choice for choice in Writer.choices if choice[0] != Writer.CARD]  # who can sit beside whoever tells
YEARS = {"1": _("For one year"), "2": _("For two years")}


def most_signs(words: str) -> int:
    """How long a text can be that takes the place of these words: like one telling, or like the words if they came to more.

    A browser ends a line with two signs.
    """
    return max(LONGEST, len("\r\n".join(words.splitlines())))


def age_field() -> forms.ChoiceField:
    """The question how old somebody is, which nobody has to answer."""
    return forms.ChoiceField(
        label=_("How old are you?"),
        required=False,
        choices=[*AgeBand.choices, ("", _("I would rather not say"))],
        widget=Picks(),
        help_text=_("We use it to know whom we have not heard. We never ask for your birthday."),
    )


def writer_field() -> forms.ChoiceField:
    """The question who writes, if not the one who tells."""
    return forms.ChoiceField(label=_("Who writes?"), required=False, choices=[("", _("I write it myself")), *THERE], widget=Picks())


def read_back_field() -> forms.ChoiceField:
    """The question to the one who tells, when somebody wrote for them."""
    return forms.ChoiceField(
        label=_("Was it read back to you, and does it say what you mean?"),
        choices=list(READ_BACK.items()),
        widget=Picks(hints=READ_BACK_HINTS),
        error_messages={"required": NOT_SAID},
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of the telling: one question."""

    name: str
    kind: str  # before, prompt, mark, kept, reach, age or through
    fields: tuple[str, ...] = ()
    prompt: Prompt | None = None
    scale: Scale | None = None


class ReachFields(Form):
    """Who may read it, and who must not."""

    kept_from = forms.MultipleChoiceField(
        label=_("Who must not read it?"),
        required=False,
        choices=[(circle.name, circle.label) for circle in CIRCLES],
        widget=ManyPicks(hints={circle.name: circle.hint for circle in CIRCLES}),
        help_text=_("Choose as many as you want. They never see it, whoever they are in the lab."),
    )
    wish = forms.ChoiceField(
        label=_("Who may read it?"), required=False, choices=Reach.choices, initial=Reach.TEAM, widget=Picks(hints=REACH_HINTS)
    )
    alias = forms.CharField(label=_("The name you choose"), required=False, max_length=60, help_text=_("Only for the last choice."))

    until = forms.ChoiceField(label=_("How long may they read it?"), required=False, choices=[("", UNTIL_STOPPED), *YEARS.items()])

    def narrow(self, limit: str = Reach.PUBLIC_NAMED) -> None:
        """What is kept from anybody goes no further than the lab, and nothing further than the limit, so no more is offered."""
        allowed = up_to(nearest(farthest(self.kinds), limit))
        choices = [choice for choice in Reach.choices if choice[0] in allowed]
        self.fields["wish"].choices = choices  # type: ignore[attr-defined]
        if len(choices) < len(Reach.choices):
            del self.fields["alias"]

    @property
    def ends_at(self) -> datetime | None:
        """Until when they may read it; None: until the teller says stop."""
        years = self.cleaned_data.get("until")
        return now() + int(years) * YEAR if years in YEARS else None

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of organisation that never read it."""
        names = self.data.getlist("kept_from") if isinstance(self.data, QueryDict) else self.initial.get("kept_from", [])
        return kinds_of(names)


class TellForm(ReachFields):
    """All that a telling asks, in the order of its steps. Everything may be left out but words."""

    age_band = age_field()
    wants_interpreter = forms.BooleanField(
        label=_("I want an interpreter"),
        required=False,
        help_text=_("Somebody who speaks your language then helps you and the lab to understand each other."),
    )
    writer = writer_field()
    read_back = read_back_field()
    research = forms.BooleanField(label=_("Researchers may use it"), required=False, help_text=RESEARCH)
    pictures = PicturesField()
    recording = RecordingField()
    keeps_sound = forms.BooleanField(label=_("Keep my voice also when it is written down"), required=False)

    def __init__(
        self, data: QueryDict | None, *, lab: Lab, teller: Pseudonym | None, partner: PartnerLink | None = None, files: Files | None = None
    ) -> None:
        super().__init__(_with_defaults(data), files, initial={"writer": Writer.ORGANISATION} if partner else None)
        self.lab, self.teller, self.partner = lab, teller, partner
        self.prompts = worded(_asked(lab.prompts, "a_", data), languages.asked())
        self.scales = worded(_asked(lab.scales, "m_", data), languages.asked())
        for scale in self.scales:
            self.fields[mark_name(scale)] = MarkField(scale)
        for name in self.answers:
            self.fields[name] = forms.CharField(required=False, max_length=LONGEST, strip=True, widget=Words({"rows": 7}))
        self.narrow()
        if teller is not None:
            del self.fields["age_band"]
        if not self.is_helped:
            del self.fields["read_back"]
        elif files is None:
            self.fields["read_back"].required = False  # it is asked when everything is written
        self.is_certain = is_certain(lab, languages.shown())
        if self.is_certain:
            del self.fields["wants_interpreter"]

    @cached_property
    def answers(self) -> dict[str, Prompt | None]:
        """The fields for words, each with its question; one open question where the lab has not set any."""
        own = f"a_{OWN_QUESTION}"
        asked: dict[str, Prompt | None] = {f"a_{prompt.public_id}": prompt for prompt in self.prompts}
        return asked if asked and not self.data.get(own) else {**asked, own: None}

    @cached_property
    def steps(self) -> list[Step]:
        """The screens in their order."""
        asked = [Step(name, "prompt", (name,), prompt) for name, prompt in self.answers.items()]
        asked += [Step(mark_name(scale), "mark", (mark_name(scale),), scale=scale) for scale in self.scales]
        reach = Step("reach", "reach", tuple(name for name in ("wish", "alias") if name in self.fields))
        read_back = ["read_back"] if self.is_helped else []
        age = [Step("age", "age", ("age_band",))] if "age_band" in self.fields else []
        return [
            Step("before", "before", ("writer",) if self.is_certain else ("wants_interpreter", "writer")),
            *asked,
            Step("kept", "kept", ("kept_from",)),
            reach,
            *age,
            Step("through", "through", (*read_back, "until", "research", "recording", "keeps_sound", "pictures")),
        ]

    @property
    def carried(self) -> list[str]:
        """What travels from step to step: no file, and not whether it was read back, for other words may be written on the way."""
        return [name for name, field in self.fields.items() if name != "read_back" and not field.widget.needs_multipart_form]

    def step_of(self, name: str) -> int:
        """The place of a step; the first for a name that is none."""
        return next((place for place, step in enumerate(self.steps) if step.name == name), 0)

    def first_wrong(self) -> int:
        """The step where something is to be put right; the last one if that is said of the whole."""
        wrong = [place for place, step in enumerate(self.steps) if any(name in self.errors for name in step.fields)]
        return wrong[0] if wrong else len(self.steps) - 1

    def clean(self) -> dict[str, Any]:
        """Together no longer than a story can be."""
        cleaned = super().clean() or self.cleaned_data
        if len(self.words) > LONGEST:
            text = _("That is longer than we can keep: %(most)s signs in all. Shorten it a little; nothing is lost yet.")
            raise forms.ValidationError(text, params={"most": LONGEST})
        return cleaned

    @property
    def told(self) -> list[tuple[str, Prompt | None, str]]:
        """What was answered: field, question and words, in their order."""
        said = [(name, prompt, (self.cleaned_data.get(name) or "").strip()) for name, prompt in self.answers.items()]
        return [(name, prompt, words) for name, prompt, words in said if words]

    @property
    def is_helped(self) -> bool:
        """Whether somebody writes for the one who tells."""
        return self.data.get("writer", "") in Writer.values

    @property
    def begins_helped(self) -> bool:
        """Whether to show at once that somebody can write: they do already, or a partner most often does."""
        return self.is_helped or (self.partner is not None and not self.is_bound)

    @property
    def writer_label(self) -> str:
        """Who writes, in words; nothing if whoever tells writes themselves."""
        return str(Writer(self.data["writer"]).label) if self.is_helped else ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is told, neither in words nor by voice or pictures."""
        return not (self.words or self.cleaned_data.get("recording") or self.cleaned_data.get("pictures"))

    @property
    def words(self) -> str:
        """The whole story: the answers one after the other."""
        return "\n\n".join(words for _name, _prompt, words in self.told)

    @property
    def placed(self) -> list[tuple[str, Scale, str]]:
        """Where it was placed: field, scale and place in words."""
        found = [(mark_name(scale), scale, place) for scale, place in marks_in(self.scales, self.cleaned_data).items()]
        return [(name, scale, place_in_words(scale, place)) for name, scale, place in found if place]

    @property
    def kept_labels(self) -> list[str]:
        """Who must not read it, in words."""
        return labels_of(self.kinds)

    @property
    def goes_beyond_team(self) -> bool:
        """Whether anybody but the people who work in the lab may read it."""
        return self.telling().level != Reach.TEAM

    @property
    def reach_label(self) -> str:
        """Who may read it, in words."""
        return str(Reach(self.telling().level).label)

    @property
    def age_label(self) -> str:
        """The age band, in words; nothing if it was not said."""
        band = self.cleaned_data.get("age_band")
        return str(AgeBand(band).label) if band else ""

    def telling(self) -> Telling:
        """What is sent."""
        first = self.told[0][1] if self.told else None
        return Telling(
            words=self.words,
            language=languages.asked(),
            wish=self.cleaned_data.get("wish") or Reach.TEAM,
            kept_from=self.kinds,
            until=self.ends_at,
            is_for_research=self.cleaned_data.get("research", False),
            prompt=first,
            pictures=tuple(self.cleaned_data.get("pictures") or ()),
            sound=self.cleaned_data.get("recording"),
            wants_interpreter=self.cleaned_data.get("wants_interpreter", False),
            writer=self.cleaned_data.get("writer", ""),
            partner=self.partner,
            is_read_back=self.cleaned_data.get("read_back") == "yes",
            keeps_sound=self.cleaned_data.get("keeps_sound", False),
            marks={scale: place for scale, place in marks_in(self.scales, self.cleaned_data).items() if place},
        )


def _asked(rows: Any, start: str, data: QueryDict | None) -> list[Any]:
    """What is asked, and what was answered before it was closed: a story may have waited on a phone meanwhile."""
    ordered = rows.select_related("lab").order_by("order", "pk")
    return [row for row in ordered if row.closed_at is None or (data and data.get(start + row.public_id))]


def _with_defaults(data: QueryDict | None) -> QueryDict | None:
    """A screen that was not reached yet shows its first choice as made."""
    if data is None:
        return None
    filled = data.copy()
    limit = farthest(kinds_of(filled.getlist("kept_from")))
    wish = filled.get("wish") if filled.get("wish") in Reach.values else Reach.TEAM
    filled["wish"] = nearest(str(wish), limit)
    step = str(filled.get("step", ""))
    if filled.get("go") == "skip" and step.startswith(("a_", "m_")):
        filled[step] = ""
    return filled
