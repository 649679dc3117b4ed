"""What this room shows on pages of earlier rooms: where it is tried, how many pilots there are, and what their leads have to do."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.days import end_of_day
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.web.panels import ARTEFACT_THREAD, FIRST_TODO, LAB_FIGURES, LAB_FRONT, RETURN_STEPS, Built, Panel, Todo, offer
from medskapa.stages.incubation.models import Support
from medskapa.stages.outcomes.models import Indicator
from medskapa.stages.pilots.map import map_of, tried_in
from medskapa.stages.pilots.models import Adoption, Pilot
from medskapa.stages.pilots.own import adoptions, effects, pilots
from medskapa.stages.pilots.queries import measured_by, measurements_due, to_judge
from medskapa.stages.selection.models import Decision

MOST = 3


def where_it_is_tried(actor: Actor, lab: Any) -> Built:
    """The map of the lab's front, with what is tried where as a list. Three SQL queries."""
    if not isinstance(lab, Lab):
        return None
    tried = tried_in(lab)
    if not tried:
        return None
    worded([row.pilot if isinstance(row, Adoption) else row for row in tried], get_language() or "")
    places = {row.municipality.code: row.municipality for row in tried}
    return "pilots/parts/front.html", {"tried": tried, "map": map_of(list(places.values()))}


def figures(actor: Actor, lab: Any) -> Built:
    """How many pilots there are. One SQL query."""
    if not isinstance(lab, Lab):
        return None
    count = lab.pilots.exclude(state=Pilot.State.PLANNED).count()
    return ("pilots/parts/figures.html", {"count": count}) if count else None


def measurements_to_note(actor: Actor, lab: Any) -> Built:
    """What a pilot lead has to measure. One SQL query."""
    if not isinstance(lab, Lab) or "pilot_lead" not in actor.roles:
        return None
    return [
        Todo(_("Measure “{title}”."), _measure(link.indicator), end_of_day(day, lab), about=link.indicator)
        for link, day in measurements_due(lab, lead=actor.key)[:MOST]
    ]


def pilots_to_judge(actor: Actor, lab: Any) -> Built:
    """Pilots whose time is over, for their lead and for who leads the programme. One SQL query."""
    if not isinstance(lab, Lab) or actor.roles.isdisjoint({"pilot_lead", "programme_manager"}):
        return None
    rows = to_judge(lab)
    if "programme_manager" not in actor.roles:
        rows = rows.filter(lead__public_id=actor.key)
    return [Todo(_("Decide whether “{title}” is kept."), pilot, end_of_day(pilot.ends_on, lab), about=pilot) for pilot in rows[:MOST]]


def plan_from(actor: Actor, subject: Any) -> Built:
    """On a support, and on a decision without one: plan a pilot. At most one SQL query."""
    if not isinstance(subject, Support | Decision) or not may(actor, "pilot.plan", subject):
        return None
    if isinstance(subject, Support):
        is_ready = subject.state != Support.State.STOPPED
    else:
        is_ready = subject.outcome == Decision.Outcome.SELECTED and not Support.objects.filter(decision=subject).exists()
    address = reverse("pilots:new_pilot", kwargs={"lab": subject.lab.slug})
    return ("pilots/parts/plan.html", {"address": f"{address}?from={subject.public_id}"}) if is_ready else None


def measured_in(actor: Actor, subject: Any) -> Built:
    """On an indicator: the pilots it measures. Two SQL queries."""
    if not isinstance(subject, Indicator):
        return None
    pilots = worded(measured_by(subject.lab, subject.pk), get_language() or "")
    return ("pilots/parts/measured_in.html", {"pilots": pilots}) if pilots else None


def offer_panels() -> None:
    """Offer them; called once, when everything starts."""
    offer(Panel(LAB_FRONT, order=30, queries=3, build=where_it_is_tried))
    offer(Panel(LAB_FIGURES, order=80, queries=1, build=figures))
    offer(Panel(FIRST_TODO, order=80, queries=1, build=measurements_to_note))
    offer(Panel(FIRST_TODO, order=81, queries=1, build=pilots_to_judge))
    offer(Panel(ARTEFACT_THREAD, order=5, queries=1, build=plan_from))
    offer(Panel(ARTEFACT_THREAD, order=81, queries=2, build=measured_in))
    offer(Panel(RETURN_STEPS, order=80, queries=1, build=pilots))
    offer(Panel(RETURN_STEPS, order=81, queries=2, build=effects))
    offer(Panel(RETURN_STEPS, order=82, queries=1, build=adoptions))


def _measure(indicator: Indicator) -> str:
    return reverse("outcomes:new_measurement", kwargs={"lab": indicator.lab.slug, "indicator": indicator.public_id})
