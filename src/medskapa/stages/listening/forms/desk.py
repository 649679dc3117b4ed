"""What those who moderate, translate and answer fill in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import Chosen, ClosingForm
from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.sealing import Opened
from medskapa.ground.people.models import Organisation
from medskapa.ground.people.roles import AUTHORITIES
from medskapa.ground.safeguarding.marks import Mark, has_names, neutral
from medskapa.ground.web import languages
from medskapa.ground.web.forms import Form, ModelForm, Picks, Words, language_choices
from medskapa.ground.web.moments import day
from medskapa.stages.listening.actions import OpenedStory
from medskapa.stages.listening.actions.moderating import marks_in
from medskapa.stages.listening.beginnings import Offered, has_blank, is_untouched
from medskapa.stages.listening.errors import AloneWithRareText
from medskapa.stages.listening.forms.telling import most_signs
from medskapa.stages.listening.models import Beginning, Cover, DeskRules, Reach, Story, Version
from medskapa.stages.listening.queries import unanswered_of
from medskapa.stages.listening.queries.rules import is_alone_with_own_text
from medskapa.stages.listening.reach import nearest, up_to
from medskapa.stages.listening.visibility import counting

MARKS_LEFT = _("Some words may point somebody out. Change them, or tick that they may stand.")
COVERED_ANEW = _("One of the pictures was covered anew. Look at it once more.")
ALL = "*"
BLANK_LEFT = _("Something is still to be filled in, where it says […]. Fill it in or take it away.")
NO_TEXT = _("Write the text in at least one language.")


class ReleaseForm(Form):
    """A neutral title, the text without names in each language, and how far it goes."""

    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("Neutral: no names, no places, nothing that points to somebody."))
    reach = forms.ChoiceField(label=_("Who can read it"), widget=Picks())

    pictures = forms.MultipleChoiceField(label=_("Pictures that others see"), required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)  # of the words that were on the page

    def __init__(
        self, *args: Any, opened: OpenedStory, agreed: str, by: Actor, covers: Sequence[Opened[Cover]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.opened = opened
        self.by = by
        self.covers = covers
        self.agreed = agreed
        self._ticked: frozenset[str] = frozenset()
        self.fields["reach"].choices = [choice for choice in Reach.choices if choice[0] in up_to(agreed)]  # type: ignore[attr-defined]
        pictures: Any = self.fields["pictures"]
        pictures.choices = [(cover.public_id, cover.shows) for cover in covers]
        pictures.error_messages["invalid_choice"] = COVERED_ANEW
        self.initial = {"title": opened.story.title or "", "reach": self._likely(agreed)}
        self.initial["edition"] = opened.story.edition
        self.initial["pictures"] = [cover.public_id for cover in covers if cover.goes_along]
        for language, words in self._texts().items():
            name = languages.own_name(language)
            label = _("Text that others read, in %(language)s") % {"language": name}
            widget = Words({"lang": language, "rows": 6})
            field = forms.CharField(label=label, required=False, max_length=most_signs(words), widget=widget)
            self.fields[f"text_{language}"] = field
            self.initial[f"text_{language}"] = words

    def clean(self) -> dict[str, Any]:
        """At least one text, none that only two may let go, and no mark of personal data that nobody looked at."""
        cleaned = super().clean() or self.cleaned_data
        if not self.texts:
            raise forms.ValidationError(NO_TEXT)
        story, reach = self.opened.story.row, cleaned.get("reach", Reach.TEAM)
        if is_alone_with_own_text(story, languages=self.texts, reach=reach, by=self.by):
            self.add_error(f"text_{story.language}", [AloneWithRareText.TITLE, AloneWithRareText.TEXT])
        if any(mark.sign not in self.seen for mark in self.marks):
            raise forms.ValidationError(MARKS_LEFT)
        return cleaned

    @property
    def text_fields(self) -> list[Any]:
        """The fields for texts, one for each language."""
        return [self[name] for name in self.fields if name.startswith("text_")]

    @property
    def texts(self) -> dict[str, str]:
        """What others will read, by language; a language left empty is not released."""
        said = {name.removeprefix("text_"): self.cleaned_data.get(name, "") for name in self.fields if name.startswith("text_")}
        return {language: words for language, words in said.items() if words}

    @property
    def seen(self) -> frozenset[str]:
        """The marks that somebody ticked."""
        return frozenset(self.data.getlist("seen")) if isinstance(self.data, QueryDict) else self._ticked

    @property
    def covers_chosen(self) -> list[Cover]:
        """The covered pictures that others will see."""
        chosen = self["pictures"].value() or ()
        return [cover.row for cover in self.covers if cover.public_id in chosen]

    @property
    def written_in(self) -> dict[str, str]:
        """The language of the title and of each text, by its field."""
        return {"title": self.opened.story.lab.language} | {field.name: field.name.removeprefix("text_") for field in self.text_fields}

    @property
    def read_for_names(self) -> list[str]:
        """The languages in which nobody but the moderator looks for names and places."""
        return [language for language in dict.fromkeys(self.written_in.values()) if not has_names(language)]

    @property
    def open_marks(self) -> list[Mark]:
        """The marks that nobody ticked."""
        return [mark for mark in self.marks if mark.sign not in self.seen]

    def with_neutral(self, sign: str) -> "ReleaseForm":
        """The same form, not checked yet, with a neutral word in every place of one mark, or with ``ALL`` of each that nobody ticked."""
        signs = {mark.sign for mark in self.open_marks} if sign == ALL else {sign}
        form = ReleaseForm(opened=self.opened, agreed=self.agreed, by=self.by, covers=self.covers)
        form._ticked = self.seen
        form.initial["pictures"] = self["pictures"].value()
        form.initial["reach"] = self["reach"].value()
        form.initial["edition"] = self["edition"].value()
        for name, language in self.written_in.items():
            form.initial[name] = neutral(str(self[name].value() or ""), signs, language)
        return form

    @property
    def likely_reach(self) -> str:
        """How far it would go as the form stands now; as far as was agreed while that cannot be told."""
        reach = str(self["reach"].value() or "")
        return reach if reach in up_to(self.agreed) else self.agreed

    @cached_property
    def marks(self) -> list[Mark]:
        """The marks in what stands in the form now, each once. Raises MarksNotChecked."""
        written = [(language, str(self[name].value() or "")) for name, language in self.written_in.items()]
        return list({mark.sign: mark for mark in marks_in(written)}.values())

    def _likely(self, agreed: str) -> str:
        if self.opened.story.state == Story.State.RELEASED:
            return nearest(self.opened.story.reach, agreed)
        return agreed

    def _texts(self) -> dict[str, str]:
        """What was released before, else the translations and what the teller wrote or said; with what the teller added since."""
        story, texts = self.opened.story, {}
        added = [addition.words for addition in self.opened.additions if addition.released_at is None]
        texts[story.language] = self.opened.own_words
        texts |= {language: version.words for language, version in self.opened.of_kind(Version.Kind.TRANSLATION).items()}
        released = {language: version.words for language, version in self.opened.put_down.items()}
        if released:
            texts = {language: released.get(language, "") if language == story.language else words for language, words in texts.items()}
        texts |= released
        texts[story.language] = "\n\n".join([part for part in (texts[story.language], *added) if part])
        return texts


class TranslationForm(Form):
    """A translation of a teller's own words, beside them."""

    words = forms.CharField(label=_("Translation"), widget=Words({"rows": 12}))
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)  # of the words that were on the page

    def __init__(self, *args: Any, told: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].validators.append(MaxLengthValidator(2 * most_signs(told)))  # it can take more words in another language


class TranscriptForm(Form):
    """What is said in a recording."""

    words = forms.CharField(label=_("What is said"), max_length=20_000, widget=Words({"rows": 12}))


class ToLanguageForm(Form):
    """Into which language."""

    to = forms.ChoiceField(label=_("Into which language?"))

    def __init__(self, *args: Any, lab: Lab, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [code for code in dict.fromkeys([lab.language, "en", *lab.languages]) if code != story.language]
        self.fields["to"].choices = language_choices(codes)  # type: ignore[attr-defined]


class AnswerForm(Form):
    """A personal word to a teller. It can begin with a text that is there; what is typed already stays before it."""

    words = forms.CharField(label=_("What you write"), max_length=5_000, widget=forms.Textarea({"rows": 8, "dir": "auto"}))
    language = forms.ChoiceField(label=_("Language you write in"))
    about = Chosen(Story.objects.none(), label=_("About which story?"), required=False, empty_label=_("None in particular"))
    begun_with = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, teller: Pseudonym, beginnings: Sequence[Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teller = teller
        self.beginnings = {one.key: one for one in beginnings}
        codes = dict.fromkeys([teller.language, teller.lab.language, *teller.lab.languages, "en"])
        self.fields["language"].choices = language_choices(list(codes))  # type: ignore[attr-defined]
        self.initial.setdefault("language", teller.language)
        about: Chosen = self.fields["about"]  # type: ignore[assignment]
        about.queryset = unanswered_of(teller)
        about.label_from_instance = _name_of  # type: ignore[method-assign]
        self.initial.setdefault("about", about.queryset.first())

    def clean_words(self) -> str:
        """Nothing is sent while something in it has to be filled in."""
        words: str = self.cleaned_data["words"]
        if has_blank(words):
            raise forms.ValidationError(BLANK_LEFT)
        return words

    @property
    def beginning(self) -> Offered | None:
        """The text that it began with."""
        return self.beginnings.get(str(self["begun_with"].value() or ""))

    def begin(self, key: str) -> "AnswerForm":
        """The same form, not checked yet, with one of the texts in the language that is chosen, if it is there in it."""
        typed, language = str(self["words"].value() or ""), str(self["language"].value())
        begun = {"words": typed, "language": language, "about": self["about"].value(), "begun_with": key}
        if key in self.beginnings:
            one, is_typed = self.beginnings[key], not is_untouched(typed, list(self.beginnings.values()))
            begun["words"] = f"{typed.rstrip()}\n\n{one.text(language)}" if is_typed else one.text(language)
            begun["language"] = language if is_typed else one.language_of(language)
        return AnswerForm(teller=self.teller, beginnings=list(self.beginnings.values()), initial=begun)


class BeginningForm(ClosingForm):
    """A text of the lab's own with which its answers can begin, and the same in the lab's other languages."""

    is_closed = forms.BooleanField(label=_("No longer offered"), required=False)

    class Meta:
        model = Beginning
        fields = ("title", "text")
        help_texts = {
            "title": _("Only those who answer read it."),
            "text": _("Write […] where something has to be filled in. An answer in which one is left is not sent."),
        }
        widgets = {"text": forms.Textarea({"rows": 6, "dir": "auto"})}

    def __init__(self, *args: Any, said: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _in(self.instance.language)
        for code in (one for one in self.lab.languages if one != self.instance.language):
            widget = forms.Textarea({"rows": 4, "lang": code, "dir": "auto"})
            self.fields[f"text_{code}"] = forms.CharField(label=_in(code), max_length=2000, required=False, widget=widget)
            self.initial[f"text_{code}"] = said.get(code, "")
        self.order_fields([*(name for name in self.fields if name != "is_closed"), "is_closed"])

    @property
    def texts(self) -> dict[str, str]:
        """What it says in other languages, where that was changed; empty where it no longer says anything."""
        return {name.removeprefix("text_"): self.cleaned_data[name] for name in self.changed_data if name.startswith("text_")}


class HoldForm(Form):
    """Why a story is kept back, in words that its teller reads."""

    reason = forms.ChoiceField(label=_("What the teller reads"), choices=Story.HeldFor.choices, widget=Picks())


class RulesForm(ModelForm):
    """What the lab has decided for its desk."""

    class Meta:
        model = DeskRules
        fields = ("release", "statements", "has_second_reader", "adult_below")
        widgets = {"release": Picks(), "statements": Picks(), "adult_below": Picks()}
        help_texts = {
            "release": _("In a language that fewer than five have told in, two always do, if there are two."),
            "statements": _("Nobody is their own second person, and nobody decides about what they suggested themselves."),
            "adult_below": _("By what they say of their age. Until the adult has agreed nobody in the lab reads the story."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["release"].choices = DeskRules.Two.choices  # type: ignore[attr-defined]
        self.fields["statements"].choices = DeskRules.Pair.choices  # type: ignore[attr-defined]
        self.fields["adult_below"].choices = DeskRules._meta.get_field("adult_below").choices  # type: ignore[attr-defined]


class ConcernForm(Form):
    """What worries somebody about a story."""

    worry = forms.CharField(
        label=_("What worries you?"),
        max_length=5_000,
        widget=forms.Textarea({"rows": 5, "dir": "auto"}),
        help_text=_("Write what you saw, not who you think it is. The officer gets a locked copy of the story with it."),
    )


class CrossingForm(Form):
    """Which text crosses to which authority."""

    organisation = Chosen(Organisation.objects.none(), label=_("To which authority?"))
    version = Chosen(Version.objects.none(), label=_("Which text?"))

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = authorities_of(story.lab).exclude(kind__in=story.kept_from)  # type: ignore[attr-defined]
        version: Chosen = self.fields["version"]  # type: ignore[assignment]
        version.queryset = counting(story.versions.all()).order_by("language")
        version.label_from_instance = lambda obj: languages.own_name(obj.language)  # type: ignore[method-assign]


def authorities_of(lab: Lab) -> Any:
    """The authorities that take part in a lab. One SQL query."""
    rows = Organisation.objects.filter(kind__in=AUTHORITIES, units__participations__lab=lab)
    return rows.distinct().order_by("name", "pk")


def _in(language: str) -> str:
    return str(_("Text in %(language)s") % {"language": languages.own_name(language)})


def _name_of(obj: Any) -> str:
    return str(_("Story told in %(language)s, %(day)s") % {"language": languages.own_name(obj.language), "day": day(obj.told_at)})
