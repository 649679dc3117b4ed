"""Trials: what is believed and how we would know are said before; what happened and what was learnt are noted after."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.stages.cocreation.models import Prototype, PrototypeVersion, Trial


@action("trial.plan")
def plan_trial(
    prototype: Prototype, *, hypothesis: str, pass_mark: str, planned_on: date, by: Actor, version: PrototypeVersion | None = None
) -> Trial:
    """Say what is believed, and how we would know, before anything is tried. Raises WrongState for a prototype that was stopped."""
    if prototype.state == Prototype.State.STOPPED:
        raise WrongState(_("This prototype was stopped."), _("Take it up again first."))
    return Trial.objects.create(
        lab=prototype.lab, prototype=prototype, version=version, hypothesis=hypothesis, pass_mark=pass_mark, planned_on=planned_on
    )


@action("trial.edit")
def edit_trial(
    trial: Trial, *, hypothesis: str, pass_mark: str, planned_on: date, by: Actor, version: PrototypeVersion | None = None
) -> Trial:
    """Change the plan of a trial. Raises WrongState once its result is noted: the pass mark stays what was said before."""
    _change_plan(trial, hypothesis=hypothesis, pass_mark=pass_mark, planned_on=planned_on, version=version)
    return trial


@action("trial.note")
def note_trial(trial: Trial, *, happened: str, learnt: str, result: str, by: Actor, people_count: int | None = None) -> Trial:
    """Note what happened, what was learnt, and whether it held up. Raises WrongState if that was noted before."""
    _change_plan(trial, happened=happened, learnt=learnt, result=result, people_count=people_count, noted_at=now())
    if trial.prototype.state == Prototype.State.BUILDING:
        trial.prototype.move_to(Prototype.State.TESTED)
    return trial


def _change_plan(trial: Trial, **changes: Any) -> None:
    if Trial.objects.filter(pk=trial.pk, result=Trial.Result.PLANNED).update(**changes) != 1:
        raise WrongState(_("The result of this trial is noted."), _("What was said before it, and what came out, stay as they are."))
    for name, value in changes.items():
        setattr(trial, name, value)
