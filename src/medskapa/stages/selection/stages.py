"""What this room adds to the thread: applications that grew from prototypes and ideas, and the decisions about them."""

from django.utils.functional import Promise

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.registry import Moment
from medskapa.ground.ledger.stages import Link, Stage, link, register
from medskapa.stages.selection.models import Application, Decision
from medskapa.stages.selection.queries import visible_applications, visible_decisions


def application_title(application: Application, actor: Actor) -> str:
    """What the applicant calls it."""
    return application.title


def application_moment(application: Application, actor: Actor) -> Moment:
    """When it was sent, or begun."""
    return application.sent_at or application.made_at


def decision_title(decision: Decision, actor: Actor) -> str:
    """What was decided about."""
    return decision.application.title


def decision_moment(decision: Decision, actor: Actor) -> Moment:
    """When it was decided."""
    return decision.decided_at


def decision_state(decision: Decision) -> str | Promise:
    """Selected or not."""
    return decision.get_outcome_display()


def join_thread() -> None:
    """Register stages and links; called once, when everything starts."""
    register(Stage("choose", Application, visible=visible_applications, title=application_title, moment=application_moment))
    register(
        Stage(
            "choose",
            Decision,
            visible=visible_decisions,
            title=decision_title,
            moment=decision_moment,
            state=decision_state,
            is_counted=False,
        )
    )
    link(Link(Application, parent="prototype"))
    link(Link(Application, parent="idea"))
    link(Link(Decision, parent="application"))
    # past the application, which most readers may not see: what was decided about still leads to its decision
    link(Link(Decision, parent="application__prototype"))
    link(Link(Decision, parent="application__idea"))
