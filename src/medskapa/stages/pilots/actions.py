"""Pilots: planning, measuring, starting, keeping or stopping, what they gave next, and where they spread."""

from datetime import date
from decimal import Decimal
from typing import Any, Required, TypedDict, Unpack

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.models import Unit
from medskapa.ground.places.models import Municipality
from medskapa.stages.cocreation.actions import write_challenge
from medskapa.stages.cocreation.models import Challenge
from medskapa.stages.incubation.models import Support
from medskapa.stages.outcomes.models import Indicator
from medskapa.stages.pilots.errors import AlreadyThere, NoChallenge, NotChosen, NotReady, SaidBefore
from medskapa.stages.pilots.models import Adoption, NextChallenge, Pilot, PilotIndicator
from medskapa.stages.pilots.queries import missing_before_start
from medskapa.stages.selection.models import BestInterests, Decision

FREE = frozenset({"summary", "ends_on", "lead", "diary_number", "budget_minor"})  # may still change while a pilot runs


class Plan(TypedDict, total=False):
    """What is said about a pilot before it begins."""

    title: Required[str]
    summary: Required[str]
    language: Required[str]
    municipality: Required[Municipality]
    owner: Required[Unit]
    starts_on: Required[date]
    ends_on: Required[date]
    stop_rule: Required[str]
    if_it_works: Required[str]
    best_interests: BestInterests | None
    lead: Participation | None
    budget_minor: int | None
    diary_number: str
    source: str | None


@action("pilot.plan")
def plan_pilot(lab: Lab, /, *, by: Actor, support: Support | None = None, decision: Decision | None = None, **plan: Unpack[Plan]) -> Pilot:
    """Plan a pilot that a unit owns, and say before it begins when it stops and what happens if it works. Raises NotChosen."""
    if (support is None) == (decision is None) or (decision and decision.outcome != Decision.Outcome.SELECTED):
        raise NotChosen
    return Pilot.objects.create(lab=lab, support=support, decision=decision, **plan)


@action("pilot.edit")
def edit_pilot(pilot: Pilot, /, *, by: Actor, **changes: Any) -> Pilot:
    """Change the plan; while it runs, only what does not move the goal posts. Raises SaidBefore, WrongState."""
    if pilot.state == Pilot.State.RUNNING and not changes.keys() <= FREE:
        raise SaidBefore
    states = (Pilot.State.PLANNED, Pilot.State.RUNNING) if changes.keys() <= FREE else (Pilot.State.PLANNED,)
    pilot.change_while(*states, **changes)
    return pilot


@action("pilot.measure")
def measure_pilot(pilot: Pilot, *, indicator: Indicator, by: Actor, target: Decimal | None = None) -> PilotIndicator:
    """Say what the pilot is measured by, and what it aims at. Raises SaidBefore if an aim was to change after the start."""
    link, made = PilotIndicator.objects.get_or_create(pilot=pilot, indicator=indicator, defaults={"lab": pilot.lab, "target": target})
    if not made and link.target != target:
        if pilot.state != Pilot.State.PLANNED:
            raise SaidBefore
        link.target = target
        link.save(update_fields=["target"])
    note(indicator)
    return link


@action("pilot.unmeasure")
def unmeasure_pilot(pilot: Pilot, *, indicator: Indicator, by: Actor) -> None:
    """Measure the plan by this no more. Raises SaidBefore once the pilot runs: what it is judged by does not go away then."""
    if pilot.state != Pilot.State.PLANNED:
        raise SaidBefore
    pilot.indicator_links.filter(indicator=indicator).delete()
    note(indicator)


@action("pilot.start")
def start_pilot(pilot: Pilot, *, by: Actor) -> Pilot:
    """Begin, once best interests are weighed and everything has a value from before. Raises NotReady, WrongState."""
    missing = missing_before_start(pilot)
    if missing:
        raise NotReady(missing)
    pilot.move_to(Pilot.State.RUNNING, started_at=now())
    return pilot


@action("pilot.judge")
def judge_pilot(pilot: Pilot, *, verdict: str, reason: str, by: Actor) -> Pilot:
    """Keep it or stop it, with the reason. A stopped pilot is a result. Raises WrongState."""
    pilot.move_to(verdict, reason=reason, ended_at=now())
    return pilot


@action("pilot.next")
def give_next_challenge(pilot: Pilot, *, by: Actor, challenge: Challenge | None = None, title: str = "") -> NextChallenge:
    """Say which challenge the pilot gave, one that is there or a new one. Raises NoChallenge, NotAllowed for who words none."""
    if challenge is None and not title.strip():
        raise NoChallenge
    given = challenge or write_challenge(pilot.lab, title=title, language=pilot.language, by=by)
    link, _made = NextChallenge.objects.get_or_create(pilot=pilot, challenge=given, defaults={"lab": pilot.lab})
    note(given)
    return link


@action("adoption.note")
def note_adoption(
    pilot: Pilot,
    *,
    municipality: Municipality,
    by: Actor,
    since: date | None = None,
    unit: Unit | None = None,
    note: str = "",
    source: str | None = None,
) -> Adoption:
    """Note that another municipality considers taking the pilot on. Raises AlreadyThere."""
    if municipality == pilot.municipality or pilot.adoptions.filter(municipality=municipality).exists():
        raise AlreadyThere
    return Adoption.objects.create(
        lab=pilot.lab, pilot=pilot, municipality=municipality, unit=unit, since=since or today_of(pilot.lab), note=note, source=source
    )


@action("adoption.edit")
def edit_adoption(adoption: Adoption, *, unit: Unit | None, note: str, by: Actor) -> Adoption:
    """Say who takes it on there, and what they do in their own way."""
    adoption.unit, adoption.note = unit, note
    adoption.save(update_fields=["unit", "note"])
    return adoption


@action("adoption.move")
def move_adoption(adoption: Adoption, *, state: str, by: Actor, since: date | None = None, reason: str = "") -> Adoption:
    """Say how far they are: decided, running, or stopped with a reason. Raises WrongState."""
    adoption.move_to(state, since=since or today_of(adoption.lab), reason=reason)
    return adoption
