"""What is covered of a picture, and what can still be seen in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.forms import Form
from medskapa.stages.listening.actions.moderating import marks_in
from medskapa.stages.listening.models import Picture
from medskapa.stages.listening.queries import Kept


class CoverForm(Form):
    """Which fields of a picture are covered; its fields are drawn over the picture by the page."""

    cells = forms.TypedMultipleChoiceField(coerce=int, required=False, label=_("Fields to cover"))
    shows = forms.CharField(
        label=_("What can still be seen, in a few words"),
        max_length=200,
        help_text=_("It is read to those who cannot see the picture. No names, no places, no numbers."),
    )

    def __init__(self, *args: Any, kept: Kept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._language = kept.picture.lab.language
        self.rows = range(kept.picture.rows)
        self.fields["cells"].choices = [(str(cell), cell) for cell in range(kept.picture.rows * Picture.COLUMNS)]  # type: ignore[attr-defined]
        self.initial = {"cells": kept.cover.cells, "shows": kept.cover.shows} if kept.cover else {"cells": []}

    def clean_shows(self) -> str:
        """No mark of personal data: a few words can be put otherwise. Raises MarksNotChecked."""
        said: str = self.cleaned_data["shows"]
        found = ", ".join(mark.text for mark in marks_in([(self._language, said)]))
        if found:
            raise forms.ValidationError(_("This may point somebody out: %(words)s") % {"words": found})
        return said

    def clean(self) -> dict[str, Any]:
        """Either something is covered, or somebody says that there is nothing to cover."""
        cleaned = super().clean() or self.cleaned_data
        says_nothing = "nothing" in self.data
        if says_nothing and cleaned.get("cells"):
            self.add_error("cells", _("Some fields are ticked. Cover them, or untick them first."))
        if not says_nothing and not cleaned.get("cells"):
            self.add_error("cells", _("Tick what has to be covered, or say that there is nothing to cover."))
        return cleaned

    @property
    def grid(self) -> list[list[tuple[int, bool]]]:
        """The fields row by row: the number of each, and whether it is covered."""
        chosen = {str(cell) for cell in self["cells"].value() or ()}
        columns = range(Picture.COLUMNS)
        return [[(cell, str(cell) in chosen) for cell in (row * Picture.COLUMNS + column for column in columns)] for row in self.rows]
