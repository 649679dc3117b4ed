"""What is filled in to print cards of paper and to type them in."""

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import AgeBand, Lab
from medskapa.ground.labs.prints import printed_in
from medskapa.ground.labs.vouching import told_in
from medskapa.ground.web.forms import Form, ManyPicks, Picks, Words, language_choices
from medskapa.stages.listening.actions import Telling
from medskapa.stages.listening.circles import CIRCLES, kinds_of
from medskapa.stages.listening.forms.pictures import redrawn_or_refused
from medskapa.stages.listening.forms.telling import LONGEST
from medskapa.stages.listening.models import Card, Reach, Writer
from medskapa.stages.listening.queries.cards import cards_of
from medskapa.stages.listening.reach import up_to

NUMBER = re.compile(r"\s*(?:[kK]\s*[-–]?)?\s*(\d{1,6})\s*")
LEVELS = [choice for choice in Reach.choices if choice[0] in up_to(Reach.PUBLIC)]  # a name of one's own is chosen later, with the code
TYPED_IN = _("This card is typed in already.")
FORGOTTEN = _("This card came back too late: its code was forgotten. Ask whoever wrote it to tell it anew.")
UNKNOWN = _("This lab has no card with that number. Look at it once more.")


class PrintForm(Form):
    """How many cards, in which language."""

    language = forms.ChoiceField(label=_("Language"))
    count = forms.IntegerField(
        label=_("How many cards?"),
        min_value=1,
        max_value=Card.MOST,
        initial=10,
        error_messages={
            "min_value": _("Print between 1 and 30 cards at a time."),
            "max_value": _("Print between 1 and 30 cards at a time."),
        },
    )

    def __init__(self, *args: Any, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices(printed_in(lab))  # type: ignore[attr-defined]


class PhotoField(forms.Field):
    """A photo of a card. Its value is a JPEG that was drawn anew, or None."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, value: UploadedFile | None) -> bytes | None:
        """The photo, drawn anew."""
        return redrawn_or_refused(value) if value else None


class OpenForm(Form):
    """Which card came back, and its photo."""

    number = forms.CharField(
        label=_("Number of the card"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr", "placeholder": "K-0001"}),
    )
    photo = PhotoField(
        label=_("Photo of the card"),
        required=False,
        help_text=_("Without the stub. It stands beside what you type, and is deleted when the card is saved."),
    )

    def __init__(self, *args: Any, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lab = lab

    def clean_number(self) -> Card:
        """The card of this number, which waits."""
        found = NUMBER.fullmatch(self.cleaned_data["number"])
        card: Card | None = cards_of(self.lab).filter(number=int(found[1])).first() if found else None
        if card is None:
            raise forms.ValidationError(UNKNOWN)
        if not card.is_waiting:
            raise forms.ValidationError(TYPED_IN if card.teller_id else FORGOTTEN)
        return card


class CardForm(Form):
    """What stands on a card, as it stands there."""

    words = forms.CharField(
        label=_("What is written on the card"), max_length=LONGEST, widget=Words({"rows": 10}), help_text=_("Word for word, also mistakes.")
    )
    language = forms.ChoiceField(label=_("Language in which it is written"))
    wish = forms.ChoiceField(
        label=_("Who may read it"),
        required=False,
        choices=LEVELS,
        initial=Reach.TEAM,
        widget=Picks(),
        help_text=_("As it is ticked on the card. Nothing ticked, or you are not sure: only the people who work in the lab."),
    )
    kept_from = forms.MultipleChoiceField(
        label=_("Who must not read it"),
        required=False,
        choices=[(circle.name, circle.label) for circle in CIRCLES],
        widget=ManyPicks(),
    )
    age_band = forms.ChoiceField(label=_("How old"), required=False, choices=[*AgeBand.choices, ("", _("Nothing ticked"))], widget=Picks())

    def __init__(self, *args: Any, card: Card, **kwargs: Any) -> None:
        super().__init__(*args, initial={"language": card.language}, **kwargs)
        self.card = card
        self.fields["language"].choices = language_choices(told_in(card.lab))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Once only: somebody else may have typed it in meanwhile."""
        if not self.card.is_waiting:
            raise forms.ValidationError(TYPED_IN if self.card.teller_id else FORGOTTEN)
        return super().clean() or self.cleaned_data

    def telling(self) -> Telling:
        """What is sent. Nobody has read it back yet: whoever wrote it says yes with their code."""
        said = self.cleaned_data
        return Telling(
            words=said["words"],
            language=said["language"],
            wish=said["wish"] or Reach.TEAM,
            kept_from=kinds_of(said["kept_from"]),
            writer=Writer.CARD,
        )
