"""Reviews: a juror's scores and words on one application."""

from collections.abc import Mapping

from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.stages.selection.errors import NotJuror, ReviewSent, ReviewUnfinished
from medskapa.stages.selection.models import Application, Call, ConflictOfInterest, Criterion, JurorSeat, Review, Score


@action("review.write")
def write_review(
    application: Application,
    *,
    scores: Mapping[Criterion, int],
    by: Actor,
    strengths: str = "",
    change: str = "",
    juror: JurorSeat | None = None,
) -> Review:
    """Note what one thinks so far; only the juror sees it. ``juror`` is for the demo, else it is whoever acts.

    Raises NotJuror, ReviewSent, WrongState if the call is not being judged.
    """
    seat = _seat(application, by, juror)
    if not Call.objects.filter(pk=application.call_id, state=Call.State.JUDGING).exists():
        raise WrongState
    review, _made = Review.objects.get_or_create(application=application, juror=seat, defaults={"lab": application.lab})
    if review.sent_at is not None:
        raise ReviewSent
    review.strengths, review.change = strengths, change
    review.save(update_fields=["strengths", "change"])
    review.scores.all().delete()
    Score.objects.bulk_create(Score(lab=review.lab, review=review, criterion=criterion, value=value) for criterion, value in scores.items())
    return review


@action("review.send")
def send_review(review: Review, *, by: Actor) -> Review:
    """Send it: it counts, it no longer changes, and its juror sees what the others wrote. Raises ReviewUnfinished, ReviewSent."""
    criteria = Criterion.objects.filter(call=review.application.call_id).count()
    if review.scores.count() < criteria or not review.strengths.strip() or not review.change.strip():
        raise ReviewUnfinished
    moment = now()
    if Review.objects.filter(pk=review.pk, sent_at__isnull=True).update(sent_at=moment) != 1:
        raise ReviewSent
    review.sent_at = moment
    return review


def _seat(application: Application, by: Actor, juror: JurorSeat | None) -> JurorSeat:
    seats = application.call.jurors.all()
    seat = seats.filter(pk=juror.pk).first() if juror and by.kind == "system" else seats.filter(participation__public_id=by.key).first()
    if seat is None or ConflictOfInterest.objects.filter(application=application, juror=seat).exists():
        raise NotJuror
    return seat
