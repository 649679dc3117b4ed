"""What a teller fills in on their own pages."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.codes import read_code
from medskapa.ground.ledger.moment import now
from medskapa.ground.web import languages
from medskapa.ground.web.forms import Digits, Form, Words, language_choices
from medskapa.ground.web.moments import day
from medskapa.stages.listening.actions.representing import level_of
from medskapa.stages.listening.circles import kinds_of
from medskapa.stages.listening.forms.telling import (
    NOT_SAID,
    UNTIL_STOPPED,
    YEAR,
    YEARS,
    ReachFields,
    most_signs,
    read_back_field,
    writer_field,
)
from medskapa.stages.listening.models import Consent, Story

AS_NOW = "as_now"
WRONG = _("That code does not match. Look at the digits once more.")

NOTHING_LEFT = _("Write at least one word. If you want all of it gone, take the story back.")
NOT_TYPED_IN = _("The lab has not typed in your card yet. Keep the code, and come back in a few days.")


class CodeForm(Form):
    """The return code, in any script's digits. A typo is told by the check digit, without asking the store."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=100,
        help_text=_("18 digits, in six groups of three. Gaps do not matter."),
        error_messages={"required": _("Type the 18 digits of your code.")},
        widget=Digits(),
    )

    def clean_code(self) -> str:
        """The 18 digits. A typo is not even looked up."""
        code = read_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(WRONG)
        return code


class AddForm(Form):
    """More of a story."""

    words = forms.CharField(label=_("What do you want to add?"), max_length=20_000, widget=Words())


class CorrectForm(Form):
    """All that a story tells from now on, and in which language. Where somebody wrote it before, it asks who writes now.

    It can be as long as one telling, or as all that was told of it so far.
    """

    words = forms.CharField(label=_("What you want it to say"), widget=Words({"rows": 14}), error_messages={"required": NOTHING_LEFT})
    language = forms.ChoiceField(label=_("Which language is it written in?"), required=False)
    writer = writer_field()
    read_back = read_back_field()

    def __init__(self, *args: Any, story: Story, told: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"words": told, "language": story.language}, **kwargs)
        self.fields["words"].validators.append(MaxLengthValidator(most_signs(told)))
        codes = dict.fromkeys([story.language, languages.asked(), story.lab.language, *story.lab.languages])
        self.fields["language"].choices = language_choices(list(codes))  # type: ignore[attr-defined]
        self.fields["read_back"].required = False
        self.fields["read_back"].help_text = _("Only if somebody writes for you.")
        if not story.writer:
            del self.fields["writer"], self.fields["read_back"]

    def clean(self) -> dict[str, Any]:
        """What somebody writes for a teller is read back to them, as it was the first time."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("writer") and not cleaned.get("read_back") and "read_back" not in self.errors:
            self.add_error("read_back", NOT_SAID)
        return cleaned


class WriteForm(Form):
    """A few words to the lab."""

    words = forms.CharField(label=_("What do you want to say?"), max_length=5_000, widget=Words({"rows": 5}))


class ContactForm(Form):
    """How the lab may reach a teller."""

    contact = forms.CharField(
        label=_("Your phone number or e-mail address"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto", "spellcheck": "false"}),
    )


class ReachForm(ReachFields):
    """Who may read a story from now on, and until when. ``adult``: what an adult agreed to, where one had to; nothing goes beyond it."""

    def __init__(self, *args: Any, yes: Consent | None, adult: Consent | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.yes, self.adult = yes, adult
        self.fields["wish"].required = True
        self.fields["until"].choices = list(self._times())  # type: ignore[attr-defined]
        if adult is not None:
            self.narrow(level_of(adult))

    def clean_kept_from(self) -> list[str]:
        """Whom an adult kept it from, it stays kept from."""
        names: list[str] = self.cleaned_data["kept_from"]
        if self.adult is not None and not kinds_of(names).issuperset(self.adult.kept_from):
            raise forms.ValidationError(_("The adult who speaks for you said that these must not read it. You can choose more, not fewer."))
        return names

    @property
    def ends_at(self) -> datetime | None:
        """Until when they may read it: never longer than an adult agreed to."""
        if self.cleaned_data.get("until") == AS_NOW and self.yes is not None:
            return self.yes.valid_to
        return super().ends_at or (self.adult.valid_to if self.adult else None)

    def _times(self) -> Iterator[tuple[str, str | Promise]]:
        longest = self.adult.valid_to if self.adult else None
        if self.yes is not None and self.yes.valid_to and not self.yes.is_over and self.yes.valid_to != longest:
            yield AS_NOW, _until(self.yes.valid_to)
        yield "", _until(longest) if longest else UNTIL_STOPPED
        yield from [(years, says) for years, says in YEARS.items() if longest is None or now() + int(years) * YEAR < longest]

    @property
    def kept(self) -> frozenset[str]:
        """The kinds of organisation that never read it from now on."""
        return kinds_of(self.cleaned_data["kept_from"])


def _until(moment: datetime) -> str:
    return gettext("Until %(day)s") % {"day": day(moment)}
