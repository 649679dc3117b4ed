"""What this room shows on the pages of others: the next day, for those who run it and for those who come."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from medskapa.ground.labs.desk_pages import offer_page
from medskapa.ground.labs.models import Gathering, Lab
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.web.moments import number
from medskapa.ground.web.panels import FIRST_TODO, LAB_FRONT, Built, Panel, Todo, offer
from medskapa.stages.labday.queries import days_of, next_day, seat_of

ON_FRONT = 3
RUNNING = frozenset({"facilitator"})
COMING = frozenset({"co_creator", "actor", "problem_owner", "innovator"})


def offer_panels() -> None:
    """Offer this room's panels; called once, when everything starts."""
    offer(Panel(FIRST_TODO, order=40, queries=3, build=todos))
    offer(Panel(LAB_FRONT, order=60, queries=2, build=front))
    what = gettext_lazy("Days on which people sit at tables, build something together, and let others try it.")
    offer_page("day.see", "labday:days", gettext_lazy("Lab days"), what)


def front(actor: Actor, lab: Any) -> Built:
    """For those who take part: the latest days, on the lab's front."""
    if not isinstance(lab, Lab) or not may(actor, "day.see", lab):
        return None
    days = worded(days_of(lab)[:ON_FRONT], get_language() or "")
    return ("labday/panels/front.html", {"days": days}) if days else None


def todos(actor: Actor, lab: Any) -> Built:
    """For facilitators: what the next day still lacks. For those who come: where they sit."""
    is_concerned = not actor.roles.isdisjoint(RUNNING | COMING)
    day = next_day(lab) if isinstance(lab, Lab) and is_concerned else None
    if day is None:
        return None
    if not RUNNING.isdisjoint(actor.roles):
        return [_to_run(day)]
    return [_to_come(actor, day)]


def _to_run(day: Gathering) -> Todo:
    if not day.blocks.exists():
        text = _("Write the run sheet for “{title}”.")
    elif not day.tables.exists():
        text = _("Set up the tables for “{title}”.")
    else:
        text = _("Run “{title}”.")
    return _about(day, text, day)


def _to_come(actor: Actor, day: Gathering) -> Todo:
    seat = seat_of(actor, day)
    if seat is None:
        return _about(day, _("See what happens at “{title}”."), day)
    return _about(day, _("You sit at table %(number)s at “{title}”.") % {"number": number(seat.table.number)}, seat.table)


def _about(day: Gathering, text: str, where: Any) -> Todo:
    return Todo(text, where, day.starts_at, about=day, field="name")
