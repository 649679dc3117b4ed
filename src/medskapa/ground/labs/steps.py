"""The five pages of the set-up, and which of them are done."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.readiness import missing

STEPS: dict[str, str | Promise] = {
    "name": _("Name and target group"),
    "host": _("Host"),
    "languages": _("Languages"),
    "phases": _("Phases, and who decides what"),
    "help": _("Help now, and safeguarding"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the set-up, as the list of them shows it."""

    name: str
    title: str | Promise
    url: str
    number: int
    is_done: bool
    is_here: bool


def steps_of(lab: Lab | None, *, here: str) -> list[Step]:
    """The five pages; of a lab that is not begun none is done. Three SQL queries."""
    lacking = {item.step for item in missing(lab)} if lab else set(STEPS)
    return [
        Step(name, title, _address(lab, name), number, name not in lacking, name == here)
        for number, (name, title) in enumerate(STEPS.items(), start=1)
    ]


def after(step: str) -> str:
    """The page that follows, or "" after the last."""
    names = list(STEPS)
    place = names.index(step) + 1
    return names[place] if place < len(names) else ""


def before(step: str) -> str:
    """The page before, or "" before the first."""
    names = list(STEPS)
    place = names.index(step)
    return names[place - 1] if place else ""


def _address(lab: Lab | None, step: str) -> str:
    return reverse("labs:set_up", kwargs={"lab": lab.slug, "step": step}) if lab else ""
