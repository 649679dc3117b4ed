"""The pages that somebody's roles open beside the stages, for the foot of their first page."""

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
    is_invented: bool = False


_pages: list[tuple[str, str, str | Promise, str | Promise]] = [
    ("participation.see", "labs:participations", _("People"), _("Who takes part, in which roles, until when.")),
    ("invitation.see", "labs:invitations", _("Invitations"), _("Who was invited and who has answered.")),
    ("gathering.see", "labs:gatherings", _("Calendar"), _("Lab days, workshops and meetings.")),
    ("lab.print", "labs:poster", _("Poster and cards"), _("To print: the address and a square that phones read.")),
    ("lab.see", "labs:phases", _("Who decides what"), _("What young people decide, advise on and are told in each phase.")),
    ("lab.edit", "labs:settings", _("Settings"), _("Name, host, languages, phases, help and opening.")),
]


def offer_page(verb: str, name: str, title: str | Promise, says: str | Promise) -> None:
    """Offer a page of a later room to whoever may do this verb in a lab; called once, when everything starts."""
    if (verb, name, title, says) not in _pages:
        _pages.append((verb, name, title, says))


def pages_for(actor: Actor, lab: Lab) -> list[DeskPage]:
    """Those of the lab's own pages that this actor may open, and their own among those who take part. No SQL."""
    found = [DeskPage(title, says, reverse(name, kwargs={"lab": lab.slug})) for verb, name, title, says in _pages if may(actor, verb, lab)]
    return [*found, *_own(actor, lab)]


def _own(actor: Actor, lab: Lab) -> list[DeskPage]:
    if actor.kind != "participation":
        return []
    url = reverse("labs:participation", kwargs={"lab": lab.slug, "participation": actor.key})
    return [DeskPage(_("You in this lab"), _("Your roles and how long they last, and what you have agreed to."), url, lab.is_demo)]
