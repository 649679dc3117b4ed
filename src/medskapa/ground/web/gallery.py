"""All components with their examples: what the style page shows and the tests hold them to."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from medskapa.ground.web import glyphs, languages
from medskapa.ground.web.forms import Form, ManyPicks, Picks, Words, language_choices

COMPONENTS = Path(__file__).parent / "templates" / "web" / "components"
COLOURS = (
    "paper", "sheet", "sunk", "line", "edge", "ink-2", "ink", "thread", "thread-2", "thread-soft",
    "act", "act-soft", "sun", "good", "warn", "stop", "info", "g1", "g2", "g3",
)  # fmt: skip
WIDE = frozenset({"band", "row", "steps"})


@dataclass(frozen=True, slots=True)
class Example:
    """One use of a component: what it shows, and what must be found in it."""

    component: str
    says: str
    shows: str
    has: tuple[str, ...]
    lang: str
    inside: str
    strands: int | None
    given: dict[str, Any]

    @property
    def direction(self) -> str:
        """The direction of its text."""
        return languages.direction(self.lang)

    def drawn(self, request: HttpRequest) -> str:
        """Its markup."""
        return render_to_string(f"web/components/{self.component}/{self.component}.html", _ready(self.given), request)


@cache
def examples(component: str) -> list[Example]:
    """The examples of one component, from its ``examples.toml``."""
    with (COMPONENTS / component / "examples.toml").open("rb") as file:
        found = tomllib.load(file)["example"]
    return [
        Example(
            component=component,
            says=one["says"],
            shows=one["shows"],
            has=tuple(one.get("has", ())),
            lang=one.get("lang", "en"),
            inside=one.get("inside", ""),
            strands=one.get("strands"),
            given=one["with"],
        )
        for one in found
    ]


def components() -> list[str]:
    """The names of all components."""
    return sorted(folder.name for folder in COMPONENTS.iterdir() if folder.is_dir())


def _ready(given: dict[str, Any]) -> dict[str, Any]:
    return {name: _page(**value) if name == "page" else value for name, value in given.items()}


def _page(number: int, of: int) -> Page[Any]:
    return Paginator(range(of), 1).page(number)


class Sample(Form):
    """One field of each kind."""

    idea = forms.CharField(label=_("What is the idea called?"), help_text=_("Two to five words."), initial="Brevkiosken")
    town = forms.CharField(label=_("Which municipality?"), initial="Eskiltsuna", required=False)
    starts = forms.DateField(label=_("When does it start?"), required=False)
    words = forms.CharField(label=_("In your own words"), widget=Words(attrs={"rows": 2}), required=False)
    readers = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=[("lab", _("Only the lab")), ("all", _("Everybody"))],
        widget=Picks(hints={"lab": _("Nobody outside sees it."), "all": _("After somebody has read it, without a name.")}),
        initial="lab",
    )
    spoken = forms.MultipleChoiceField(
        label=_("Languages at the table"),
        choices=language_choices(["ti", "ar", "so"]),
        widget=ManyPicks(are_languages=True),
        initial=["ti"],
    )
    agreed = forms.BooleanField(label=_("I have told them what it is for"), required=False)

    def clean_town(self) -> str:
        """Always refused, so that the page shows an error."""
        raise forms.ValidationError(_("Choose a municipality. If it is missing, write to us."))


def sample(*, refused: bool) -> Sample:
    """The form as it opens, or as it comes back."""
    if not refused:
        return Sample(prefix="new")
    return Sample({"sent-town": "Eskiltsuna", "sent-readers": "all", "sent-spoken": ["ar"]}, prefix="sent")


def everything(request: HttpRequest) -> dict[str, Any]:
    """What the style page shows."""
    shown = [
        {"name": name, "is_wide": name in WIDE, "examples": [(one, one.drawn(request)) for one in examples(name)]} for name in components()
    ]
    return {
        "components": shown,
        "stages": list(glyphs.STAGE_NAMES),
        "colours": COLOURS,
        "fresh": sample(refused=False),
        "sent": sample(refused=True),
    }
