"""The lab's own pages that somebody's roles open, for the foot of their first page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor, may


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page, what it is for, and where it lies."""

    title: str | Promise
    says: str | Promise
    url: str


PAGES = (
    ("participation.see", "labs:participations", _("People"), _("Who takes part, in which roles, until when.")),
    ("invitation.see", "labs:invitations", _("Invitations"), _("Who was invited and who has answered.")),
    ("gathering.see", "labs:gatherings", _("Calendar"), _("Lab days, workshops and meetings.")),
    ("lab.print", "labs:poster", _("Poster and cards"), _("To print: the address and a square that phones read.")),
    ("lab.see", "labs:phases", _("Who decides what"), _("What young people decide, advise on and are told in each phase.")),
    ("lab.edit", "labs:settings", _("Settings"), _("Name, host, languages, phases, help and opening.")),
)


def pages_for(actor: Actor, lab: Lab) -> list[DeskPage]:
    """Those of the lab's own pages that this actor may open. No SQL."""
    return [DeskPage(title, says, reverse(name, kwargs={"lab": lab.slug})) for verb, name, title, says in PAGES if may(actor, verb, lab)]
