"""The lab's own texts in another language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.web.forms import Form

Rows = Callable[[Lab], Iterable[Any]]
_more: list[tuple[Rows, tuple[str, ...]]] = []  # of later rooms: their rows, and the fields of them
OF_LAB = ("name", "target_group", "purpose")
OF_PHASE = ("name", "young_decide", "young_advise", "young_are_told")
OF_HELP = ("name", "says")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the lab: the row it stands in, and the field."""

    row: Any
    field: str

    @property
    def key(self) -> str:
        """How the form calls it."""
        return f"{self.row.public_id}.{self.field}"

    @property
    def original(self) -> str:
        """As it was first written."""
        return str(getattr(self.row, self.field))


def offer_texts(rows: Rows, *fields: str) -> None:
    """Let these fields of a later room's rows be said in other languages, too. Called in AppConfig.ready."""
    _more.append((rows, fields))


def texts_of(lab: Lab) -> list[Text]:
    """Every text of a lab's own pages that says something. Two SQL queries, and one for each kind of row of later rooms."""
    rows: list[tuple[Any, tuple[str, ...]]] = [(lab, OF_LAB)]
    rows += [(phase, OF_PHASE) for phase in lab.phases.order_by("starts_on", "pk")]
    rows += [(contact, OF_HELP) for contact in lab.help_contacts.order_by("order", "pk")]
    rows += [(row, fields) for found, fields in _more for row in found(lab)]
    return [Text(row, field) for row, fields in rows for field in fields if getattr(row, field)]


class TextsForm(Form):
    """All of them in one language; what is left empty stays as it was first written."""

    translator = forms.CharField(label=_("Who translated?"), max_length=120, required=False)

    def __init__(self, *args: Any, texts: list[Text], said: Mapping[str, str], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for text in texts:
            widget = forms.Textarea(attrs={"rows": 2, "lang": language, "dir": "auto"})
            field = forms.CharField(label=text.original, max_length=2000, required=False, widget=widget, initial=said.get(text.key, ""))
            self.fields[text.key] = field
