"""The life of a pilot as steps on its line, the first one first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from medskapa.ground.web.moments import day
from medskapa.ground.web.templatetags.medskapa import plainly
from medskapa.stages.cocreation.models import Challenge
from medskapa.stages.pilots.models import Adoption, Pilot
from medskapa.stages.pilots.queries import Aim

Step = dict[str, Any]


def steps_of(pilot: Pilot, aims: Iterable[Aim], adoptions: Iterable[Adoption], challenges: Iterable[Challenge]) -> list[Step]:
    """What happened, with its day: planned, measured before, started, decided, taken on elsewhere, asked anew. No SQL."""
    steps = [_step("realise", pilot.made_at, _("Planned"), "")]
    for aim in aims:
        steps += [
            _step("realise", row.measured_on, _("Measured before"), plainly(aim.standing.indicator, "title"))
            for row in _first_baseline(aim)
        ]
    if pilot.started_at:
        steps.append(_step("realise", pilot.started_at, _("Started"), str(pilot.owner)))
    for adoption in adoptions:
        steps.append(_step("spread", adoption.since, str(adoption.get_state_display()), adoption.municipality.name))
    if pilot.ended_at:
        steps.append(_step("realise", pilot.ended_at, str(pilot.get_state_display()), plainly(pilot, "reason")))
    steps.sort(key=lambda step: step["on"])
    return [*steps, *(_step("frame", challenge.made_at, _("A new question"), plainly(challenge, "title")) for challenge in challenges)]


def _step(stage: str, moment: Any, title: str, text: str) -> Step:
    on = localtime(moment).date() if isinstance(moment, datetime) else moment
    return {"stage": stage, "on": on, "when": f"{day(moment)} · {title}" if text else day(moment), "text": text or title}


def _first_baseline(aim: Aim) -> list[Any]:
    return [row for row in aim.standing.here if row.is_baseline][:1]
