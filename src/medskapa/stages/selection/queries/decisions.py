"""Decisions and reviews of the child's best interests for a reader."""

from django.db.models import Count, Q, QuerySet

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor, may
from medskapa.stages.listening.models import Story
from medskapa.stages.selection.models import Application, BestInterests, Call, Decision
from medskapa.stages.selection.queries.applications import visible_applications


def visible_decisions(actor: Actor) -> QuerySet[Decision]:
    """Decisions an actor may see: once all applicants have their answer, what was selected; before, and what was not,
    only who may see the application. One SQL query."""
    public = Q(outcome=Decision.Outcome.SELECTED, application__call__state=Call.State.DECIDED)
    own = Q(application__in=visible_applications(actor).values("pk"))
    rows = Decision.objects.filter(public | own, lab__public_id=actor.lab)
    return rows.select_related("lab", "application__call__lab", "application__lab", "application__applicant", "best_interests__lab")


def readable_decisions(lab: Lab, *, reader: Actor) -> QuerySet[Decision]:
    """Decisions of a lab that the reader may see, newest first. One SQL query."""
    return visible_decisions(reader).filter(lab=lab).order_by("-decided_at", "-pk")


def not_selected_count(lab: Lab) -> int:
    """How many applications of decided calls were not selected. One SQL query."""
    return Decision.objects.filter(lab=lab, outcome=Decision.Outcome.NOT_SELECTED, application__call__state=Call.State.DECIDED).count()


def is_for(actor: Actor, decision: Decision) -> bool:
    """Whether the feedback is for this actor: the applicant, and who leads the call. No SQL if the applicant is loaded."""
    own = actor.kind == "participation" and decision.application.applicant.public_id == actor.key
    return own or may(actor, "application.read", decision.lab)


def all_best_interests(lab: Lab) -> QuerySet[BestInterests]:
    """Reviews of the child's best interests, newest first, with how many stories were heard. One SQL query."""
    heard = Count("voices", filter=~Q(voices__story__state=Story.State.WITHDRAWN))
    gone = Count("voices", filter=Q(voices__story__state=Story.State.WITHDRAWN))
    rows = lab.best_interests.annotate(heard_count=heard, gone_count=gone)
    return rows.select_related("lab", "made_by").order_by("-made_at", "-pk")


def visible_best_interests(actor: Actor) -> QuerySet[BestInterests]:
    """The reviews of the child's best interests that the actor may see: all of the lab's for its members. One SQL query."""
    rows = BestInterests.objects.filter(lab__public_id=actor.lab).select_related("lab")
    return rows if may(actor, "best_interests.see") else rows.none()


def undecided(lab: Lab) -> QuerySet[Application]:
    """Applications that wait for a decision, the first sent first. One SQL query."""
    waiting = lab.applications.filter(state=Application.State.SENT, call__state=Call.State.JUDGING, decision__isnull=True)
    return waiting.select_related("lab", "call").order_by("sent_at", "pk")
