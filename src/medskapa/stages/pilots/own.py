"""What this room tells on a teller's own page: where it became real, what was measured there, how it ended, and where it spreads."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.days import today_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.web.panels import Step
from medskapa.stages.listening.queries import Grown
from medskapa.stages.outcomes.queries import measured_by_day, standing_of
from medskapa.stages.pilots.models import Adoption, Pilot, PilotIndicator
from medskapa.stages.pilots.queries import began_on, visible_adoptions, visible_pilots

ENDINGS: dict[str, str | Promise] = {Pilot.State.KEPT: _("It stays"), Pilot.State.STOPPED: _("It was stopped")}


def pilots(actor: Actor, grown: Any) -> list[Step]:
    """When something that grew from a teller's stories became real, and how it ended. One SQL query."""
    if not isinstance(grown, Grown):
        return []
    rows = visible_pilots(actor).filter(pk__in=grown.keys_of(Pilot)).order_by("starts_on", "pk")
    return [step for pilot in rows for step in _life(pilot, grown)]


def effects(actor: Actor, grown: Any) -> list[Step]:
    """What was last measured in each of those pilots, by the first indicator that has a value from before. Two SQL queries."""
    if not isinstance(grown, Grown):
        return []
    begun = visible_pilots(actor).filter(~Q(state=Pilot.State.PLANNED), pk__in=grown.keys_of(Pilot))
    links = PilotIndicator.objects.filter(pilot__in=begun).select_related("indicator__lab", "pilot__lab", "pilot__municipality")
    measured = links.prefetch_related(Prefetch("indicator__measurements", measured_by_day())).order_by("pk")
    by_pilot: dict[Pilot, Step] = {}
    for link in measured:
        for step in _measured(link, actor, grown):
            by_pilot.setdefault(link.pilot, step)
    return list(by_pilot.values())


def adoptions(actor: Actor, grown: Any) -> list[Step]:
    """Where it spreads. One SQL query."""
    if not isinstance(grown, Grown):
        return []
    rows = visible_adoptions(actor).filter(pk__in=grown.keys_of(Adoption)).order_by("since", "pk")
    return [_spreads(adoption, grown) for adoption in rows]


def _life(pilot: Pilot, grown: Grown) -> Iterator[Step]:
    told: dict[str, Any] = {"about": frozenset({pilot.public_id}), "of": grown.of(pilot), "rows": (pilot,)}
    context = {"pilot": pilot}
    is_ahead = pilot.state == Pilot.State.PLANNED or pilot.starts_on > today_of(pilot.lab)
    says = _("It is planned to begin") if is_ahead else _("It became real")
    yield Step(pilot.starts_on, "realise", says, "pilots/own/pilot.html", context, **told)
    if pilot.ended_at and pilot.state in ENDINGS:
        yield Step(pilot.ended_at, "realise", ENDINGS[pilot.state], "pilots/own/ending.html", context, **told)


def _measured(link: PilotIndicator, actor: Actor, grown: Grown) -> Iterator[Step]:
    pilot, indicator = link.pilot, link.indicator
    standing = standing_of(indicator, reader=actor, municipality=pilot.municipality, since=began_on(pilot))
    if standing.change:
        context = {"pilot": pilot, "standing": standing, "change": standing.change}
        yield Step(
            standing.change.now.measured_on,
            "realise",
            _("It was measured"),
            "pilots/own/effect.html",
            context,
            of=grown.of(pilot),
            rows=(indicator, pilot),
        )


def _spreads(adoption: Adoption, grown: Grown) -> Step:
    return Step(
        adoption.since,
        "spread",
        _("Another municipality"),
        "pilots/own/adoption.html",
        {"adoption": adoption},
        about=frozenset({adoption.public_id}),
        of=grown.of(adoption),
        rows=(adoption.pilot,),
    )
