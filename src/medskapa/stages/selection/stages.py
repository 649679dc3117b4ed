"""What this room adds to the thread: applications that grew from prototypes and ideas, reviews of the child's best interests
that heard stories, and the decisions that rest on both."""

from django.utils.functional import Promise

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.registry import Moment
from medskapa.ground.ledger.stages import Link, Stage, link, register
from medskapa.stages.selection.models import Application, BestInterests, BestInterestsVoice, Decision
from medskapa.stages.selection.queries import visible_applications, visible_best_interests, visible_decisions


def application_title(application: Application, actor: Actor) -> str:
    """What the applicant calls it."""
    return application.title


def application_moment(application: Application, actor: Actor) -> Moment:
    """When it was sent, or begun."""
    return application.sent_at or application.made_at


def best_interests_title(review: BestInterests, actor: Actor) -> str:
    """What the review is about."""
    return review.title


def best_interests_moment(review: BestInterests, actor: Actor) -> Moment:
    """When it was written."""
    return review.made_at


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
    register(Stage("choose", Application, visible=visible_applications, title=application_title, moment=application_moment, gives_way=True))
    register(
        Stage(
            "choose",
            BestInterests,
            visible=visible_best_interests,
            title=best_interests_title,
            moment=best_interests_moment,
            is_counted=False,
            gives_way=True,
        )
    )
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
    link(Link(BestInterestsVoice, parent="story", child="best_interests"))
    link(Link(Decision, parent="best_interests"))
