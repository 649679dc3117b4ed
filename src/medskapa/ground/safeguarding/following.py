"""What the officer does about a concern, step by step: take it on, assess, talk, report, follow up, close.

Each step is written down under the post's key and only added to. With it stands what comes next, and by when.
"""

from dataclasses import dataclass

from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import seal
from medskapa.ground.places.models import Municipality
from medskapa.ground.safeguarding.clocks import Within, due
from medskapa.ground.safeguarding.models import Concern, ConcernStep, Step


@dataclass(frozen=True, slots=True)
class Plan:
    """How urgent a concern is now, what comes next, and within which time."""

    urgency: int
    next_step: str
    within: str


@action("concern.take")
def take_concern(concern: Concern, *, by: Actor) -> Concern:
    """Take a concern on, for the first time or again; it is to be assessed the same day. Raises NotAllowed, WrongState."""
    changes = {"taken_at": now(), "closed_at": None, "next_step": Step.ASSESS, "due_at": due(Within.TODAY, concern.lab)}
    concern.move_to(Concern.State.TAKEN, urgency=Concern.Urgency.UNKNOWN, **changes)
    return concern


@action("concern.assess")
def assess_concern(concern: Concern, *, done: str, plan: Plan, by: Actor) -> ConcernStep:
    """Write down how bad it is. Raises NotAllowed, WrongState."""
    return _gone_on(concern, Step.ASSESS, done, plan, by)


@action("concern.talk")
def talk_about_concern(concern: Concern, *, done: str, plan: Plan, by: Actor) -> ConcernStep:
    """Write down a talk: with the young person, with who raised it, or with somebody who knows. Raises NotAllowed, WrongState."""
    return _gone_on(concern, Step.TALK, done, plan, by)


@action("concern.report")
def report_concern(concern: Concern, *, done: str, plan: Plan, to: Municipality, by: Actor) -> ConcernStep:
    """Write down that the social services of a municipality have it. Raises NotAllowed, WrongState."""
    return _gone_on(concern, Step.REPORT, done, plan, by, reported_to=to)


@action("concern.follow_up")
def follow_up_concern(concern: Concern, *, done: str, plan: Plan, by: Actor) -> ConcernStep:
    """Write down how it went on. Raises NotAllowed, WrongState."""
    return _gone_on(concern, Step.FOLLOW_UP, done, plan, by)


@action("concern.note")
def note_step(concern: Concern, *, done: str, by: Actor, plan: Plan | None = None) -> ConcernStep:
    """Write down something else that was done. Raises NotAllowed, and with a plan WrongState."""
    return _gone_on(concern, Step.NOTE, done, plan, by) if plan else _written(concern, Step.NOTE, done, by)


@action("concern.close")
def close_concern(concern: Concern, *, ended: str, by: Actor) -> Concern:
    """Close a concern that was taken on, with how it ended. Raises NotAllowed, WrongState."""
    concern.move_to(Concern.State.CLOSED, closed_at=now())
    _written(concern, Step.CLOSE, ended, by)
    return concern


@action("concern.letter", reading=True)
def make_letter(concern: Concern, *, by: Actor) -> None:
    """Note that a report of concern was made as a letter; the letter itself is kept nowhere. Raises NotAllowed, WrongState."""
    if concern.state != Concern.State.TAKEN:
        raise WrongState


def _gone_on(concern: Concern, kind: Step, done: str, plan: Plan, by: Actor, reported_to: Municipality | None = None) -> ConcernStep:
    concern.change_while(Concern.State.TAKEN, urgency=plan.urgency, next_step=plan.next_step, due_at=due(plan.within, concern.lab))
    return _written(concern, kind, done, by, reported_to)


def _written(concern: Concern, kind: Step, done: str, by: Actor, reported_to: Municipality | None = None) -> ConcernStep:
    return ConcernStep.objects.create(
        lab=concern.lab, concern=concern, kind=kind, reported_to=reported_to, done=seal(done, concern.key), by=by.id
    )
