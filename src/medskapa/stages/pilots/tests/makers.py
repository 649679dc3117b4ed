"""Pilots and adoptions, for tests."""

from datetime import timedelta
from typing import Any

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.tests.makers import a_unit
from medskapa.ground.places.models import Municipality
from medskapa.ground.places.tests.makers import a_municipality
from medskapa.stages.incubation.tests.makers import a_support
from medskapa.stages.outcomes.tests.makers import a_baseline, an_indicator
from medskapa.stages.pilots.actions import judge_pilot, measure_pilot, move_adoption, note_adoption, plan_pilot, start_pilot
from medskapa.stages.pilots.models import Adoption, Pilot
from medskapa.stages.selection.tests.makers import a_best_interests


def a_pilot(lab: Lab, state: str = Pilot.State.RUNNING, **what: Any) -> Pilot:
    """A pilot of a year in Eskilstuna that began a month ago: planned, running (and measured before), kept or stopped."""
    today = today_of(lab)
    if not what.keys() & {"support", "decision"}:
        what["support"] = a_support(lab)
    texts = {"title": "The letter kiosk", "summary": "A table.", "stop_rule": "Nobody comes.", "if_it_works": "The library pays."}
    dates = {"starts_on": today - timedelta(days=30), "ends_on": today + timedelta(days=335)}
    who = {"municipality": a_municipality(), "owner": a_unit(), "language": "sv"}
    pilot = plan_pilot(lab, by=demo_of(lab), **(texts | dates | who | what))
    return pilot if state == Pilot.State.PLANNED else _begun(pilot, state)


def _begun(pilot: Pilot, state: str) -> Pilot:
    measured_before(pilot)
    if pilot.best_interests is None:
        pilot.best_interests = a_best_interests(pilot.lab)
        pilot.save(update_fields=["best_interests"])
    start_pilot(pilot, by=demo_of(pilot.lab))
    if state == Pilot.State.RUNNING:
        return pilot
    return judge_pilot(pilot, verdict=state, reason="Forty visits a week.", by=demo_of(pilot.lab))


def measured_before(pilot: Pilot, **what: Any) -> Any:
    """An indicator of the pilot with a value from before its start."""
    indicator = an_indicator(pilot.lab, **what)
    a_baseline(indicator, 41, pilot.starts_on - timedelta(days=10), municipality=pilot.municipality, margin=3)
    measure_pilot(pilot, indicator=indicator, by=demo_of(pilot.lab))
    return indicator


def an_adoption(pilot: Pilot, municipality: Municipality | None = None, state: str = Adoption.State.CONSIDERING, **what: Any) -> Adoption:
    """Upplands Väsby considers a pilot, or has decided to take it on."""
    place = municipality or a_municipality("0114", name="Upplands Väsby")
    adoption = note_adoption(pilot, municipality=place, by=demo_of(pilot.lab), **what)
    for step in (Adoption.State.DECIDED, Adoption.State.RUNNING):
        if state in (step, Adoption.State.RUNNING) and adoption.state != state:
            move_adoption(adoption, state=step, by=demo_of(pilot.lab))
    return adoption


def demo_of(lab: Lab) -> Actor:
    """The one who makes things in tests, as in the demo."""
    return Actor.system("demo", lab.public_id)
