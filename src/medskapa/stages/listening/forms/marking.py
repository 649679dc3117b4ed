"""Scales as they are set, and the marks that tellers put on them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import ClosingForm
from medskapa.ground.web.forms import Form
from medskapa.stages.listening.actions import Marks
from medskapa.stages.listening.models import Mark, Scale
from medskapa.stages.listening.scales import ends_of, place_in_words, place_of, places_on, read_place, written


class ScaleForm(ClosingForm):
    """A question that is answered by a mark."""

    class Meta:
        model = Scale
        fields = ("title", "first", "second", "third", "language")
        help_texts = {
            "title": _("The beginning of a sentence, such as: This made me feel …"),
            "first": _("Such as: seen"),
            "second": _("Such as: invisible"),
            "third": _("Only if it is a triangle. Choose three things that are all good or all bad, so that none is the right answer."),
        }


class MarkField(forms.ChoiceField):
    """A place on a scale, or none. What is no place on it counts as none."""

    def __init__(self, scale: Scale) -> None:
        self.scale, self.ends = scale, ends_of(scale)
        super().__init__(label=scale.title, choices=self._places, required=False, widget=forms.RadioSelect)  # worded only where shown

    def _places(self) -> list[tuple[str, str]]:
        return [(written(place), place_in_words(self.scale, place)) for place in places_on(self.scale)]


class MarksForm(Form):
    """All the marks of one story."""

    def __init__(self, data: Any, *, scales: Iterable[Scale], placed: Iterable[Mark]) -> None:
        super().__init__(data)
        stands = {mark.scale_id: written(place_of(mark)) for mark in placed}
        self.scales = list(scales)
        for scale in self.scales:
            field = MarkField(scale)
            field.initial = stands.get(scale.pk)
            self.fields[mark_name(scale)] = field

    @property
    def marks(self) -> Marks:
        """What was chosen: a place or none on each scale."""
        return marks_in(self.scales, self.cleaned_data)


def mark_name(scale: Scale) -> str:
    """How forms call the mark on a scale."""
    return f"m_{scale.public_id}"


def marks_in(scales: Iterable[Scale], said: Mapping[str, Any]) -> Marks:
    """The marks among what was sent."""
    return {scale: read_place(said.get(mark_name(scale)) or "", places_on(scale)) for scale in scales}
