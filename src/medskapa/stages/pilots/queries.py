"""Pilots and adoptions for a reader. Both are public; what few people answered is not."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.stages.cocreation.models import Challenge
from medskapa.stages.cocreation.queries.challenges import challenges_seen_by
from medskapa.stages.incubation.models import Support
from medskapa.stages.outcomes.queries import Standing, standing_of, with_measurements
from medskapa.stages.pilots.models import Adoption, Pilot, PilotIndicator
from medskapa.stages.selection.models import Decision

MEASURE_EVERY = timedelta(days=91)
SOON = timedelta(days=21)
HERE = (Pilot.State.RUNNING, Pilot.State.KEPT)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a pilot is measured by, what it aims at, and how it stands there."""

    link: PilotIndicator
    standing: Standing


def visible_pilots(actor: Actor) -> QuerySet[Pilot]:
    """Pilots of the actor's lab; all may see them. One SQL query."""
    return Pilot.objects.filter(lab__public_id=actor.lab).select_related("lab", "municipality")


def visible_adoptions(actor: Actor) -> QuerySet[Adoption]:
    """Adoptions of the actor's lab; all may see them. One SQL query."""
    return Adoption.objects.filter(lab__public_id=actor.lab).select_related("lab", "municipality", "pilot")


def pilots_of(lab: Lab) -> QuerySet[Pilot]:
    """The pilots of a lab, the last to begin first. One SQL query."""
    rows = lab.pilots.select_related("lab", "municipality", "owner__organisation", "lead", "best_interests__lab")
    return rows.select_related("support__lab", "decision__lab", "decision__application__lab").order_by("-starts_on", "-pk")


def adoptions_of(lab: Lab) -> QuerySet[Adoption]:
    """The adoptions of a lab, the last change first. One SQL query."""
    return lab.adoptions.select_related("lab", "municipality", "unit__organisation", "pilot__lab", "pilot__municipality").order_by(
        "-since", "-pk"
    )


def aims_of(pilot: Pilot, *, reader: Actor) -> list[Aim]:
    """What a pilot is measured by, the first chosen first. Three SQL queries."""
    indicators = with_measurements(pilot.lab.indicators.select_related("lab"))
    links = pilot.indicator_links.prefetch_related(Prefetch("indicator", indicators)).order_by("pk")
    return [Aim(link, standing_of(link.indicator, reader=reader, municipality=pilot.municipality, since=began_on(pilot))) for link in links]


def began_on(pilot: Pilot) -> date | None:
    """The day a pilot began, None while it is planned. No SQL."""
    return None if pilot.state == Pilot.State.PLANNED else pilot.starts_on


def missing_before_start(pilot: Pilot) -> list[str | Promise]:
    """What a pilot still needs before it can start; nothing for a public fact. One SQL query."""
    if pilot.source:
        return []
    missing: list[str | Promise] = []
    if pilot.best_interests_id is None:
        missing.append(_("Children's best interests have to be weighed."))
    before = Q(indicator__measurements__is_baseline=True, indicator__measurements__measured_on__lte=pilot.starts_on)
    links = (
        pilot.indicator_links.select_related("indicator").annotate(measured=Max("indicator__measurements", filter=before)).order_by("pk")
    )
    if not links:
        missing.append(_("It has to say what it is measured by."))
    missing += [
        format_lazy(_("“{title}” has to be measured once before the start."), title=link.indicator.title)
        for link in links
        if link.measured is None
    ]
    return missing


def next_challenges(pilot: Pilot, *, reader: Actor) -> list[Challenge]:
    """The challenges a pilot gave, as far as the reader may see them. One SQL query."""
    return list(challenges_seen_by(reader).filter(given_by_pilots__pilot=pilot).select_related("lab").order_by("made_at", "pk"))


def origins(lab: Lab) -> list[Support | Decision]:
    """What a pilot can grow from: supports, and what was selected without one. Two SQL queries."""
    supports = lab.supports.exclude(state=Support.State.STOPPED).select_related("lab").order_by("-starts_on", "-pk")
    selected = Decision.objects.filter(lab=lab, outcome=Decision.Outcome.SELECTED, support__isnull=True)
    return [*supports, *selected.select_related("lab", "application").order_by("-decided_at", "-pk")]


def measured_by(lab: Lab, indicator_id: int) -> QuerySet[Pilot]:
    """The pilots measured by one indicator. One SQL query."""
    return pilots_of(lab).filter(indicator_links__indicator=indicator_id)


def is_lead(actor: Actor, pilot: Pilot) -> bool:
    """Whether the actor leads this pilot. No SQL if the lead is loaded."""
    return actor.kind == "participation" and pilot.lead is not None and pilot.lead.public_id == actor.key


def measurements_due(lab: Lab, *, lead: str) -> list[tuple[PilotIndicator, date]]:
    """What somebody's running pilots have to measure within three weeks, and by which day. One SQL query."""
    links = PilotIndicator.objects.filter(lab=lab, pilot__state=Pilot.State.RUNNING, pilot__lead__public_id=lead)
    links = links.select_related("indicator__lab", "pilot__lab").annotate(last_on=Max("indicator__measurements__measured_on"))
    due = [(link, max(link.last_on or link.pilot.starts_on, link.pilot.starts_on) + MEASURE_EVERY) for link in links.order_by("pk")]
    return [(link, day) for link, day in due if day <= today_of(lab) + SOON]


def to_judge(lab: Lab) -> QuerySet[Pilot]:
    """Running pilots whose time is over or nearly so. One SQL query."""
    return pilots_of(lab).filter(state=Pilot.State.RUNNING, ends_on__lte=today_of(lab) + SOON).order_by("ends_on", "pk")
