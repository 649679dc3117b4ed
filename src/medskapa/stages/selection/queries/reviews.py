"""Reviews for a reader: those of others are hidden from a juror until the own one is sent."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor, may
from medskapa.stages.selection.models import Application, Call, ConflictOfInterest, Criterion, Review, Score


def visible_reviews(lab: Lab, *, reader: Actor) -> QuerySet[Review]:
    """Reviews of a lab that the reader may see, the first sent first: their own; sent ones for who leads the calls,
    and for jurors who have sent theirs on the same application. A conflict of interest shuts them all. Two SQL queries."""
    rows = Review.objects.filter(lab=lab).exclude(application__state=Application.State.TAKEN_BACK)
    if not may(reader, "review.see", lab):
        rows = rows.filter(_own(reader) | _after_own(reader)) if reader.kind == "participation" else rows.none()
    else:
        rows = rows.filter(Q(sent_at__isnull=False) | _own(reader))
    scores = Prefetch("scores", Score.objects.select_related("criterion").order_by("criterion__order", "pk"))
    rows = rows.exclude(Exists(ConflictOfInterest.objects.filter(juror=OuterRef("juror"), application=OuterRef("application"))))
    return rows.select_related("lab", "application__call", "juror__participation").prefetch_related(scores).order_by("sent_at", "pk")


def reviews_of(application: Application, *, reader: Actor) -> QuerySet[Review]:
    """Reviews of one application that the reader may see. Two SQL queries."""
    return visible_reviews(application.lab, reader=reader).filter(application=application)


def own_review(application: Application, actor: Actor) -> Review | None:
    """The actor's own review of an application, sent or not. Two SQL queries."""
    rows = application.reviews.filter(juror__participation__public_id=actor.key)
    return rows.select_related("lab", "application__call", "juror").prefetch_related("scores").first()


def criteria_of(call: Call) -> list[Criterion]:
    """The criteria of a call in their order. One SQL query."""
    return list(call.criteria.order_by("order", "pk"))


def is_own(actor: Actor, review: Review) -> bool:
    """Whether the actor wrote this review. No SQL if its juror is loaded."""
    return actor.kind == "participation" and review.juror.participation.public_id == actor.key


def _own(reader: Actor) -> Q:
    return Q(juror__participation__public_id=reader.key)


def _after_own(reader: Actor) -> Q:
    done = Review.objects.filter(_own(reader), sent_at__isnull=False).values("application")
    shut = ConflictOfInterest.objects.filter(juror__participation__public_id=reader.key).values("application")
    return Q(sent_at__isnull=False, application__in=done) & ~Q(application__in=shut)
