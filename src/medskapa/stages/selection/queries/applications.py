"""Applications for a reader. Who may not see one does not learn that it is there."""

from django.db.models import F, Q, QuerySet

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor, may
from medskapa.stages.cocreation.models import Idea, Prototype
from medskapa.stages.selection.models import Application, Call, ConflictOfInterest, JurorSeat


def visible_applications(actor: Actor) -> QuerySet[Application]:
    """Applications an actor may see: their own; sent ones for who leads the calls, and for jurors without conflict. One SQL query."""
    rows = Application.objects.filter(lab__public_id=actor.lab).select_related("lab", "call__lab", "applicant")
    if may(actor, "application.read"):
        return rows.filter(Q(state=Application.State.SENT) | Q(applicant__public_id=actor.key))
    if actor.kind != "participation":
        return rows.none()
    return rows.filter(Q(applicant__public_id=actor.key) | _judged_by(actor))


def readable_applications(lab: Lab, *, reader: Actor) -> QuerySet[Application]:
    """Applications of a lab that the reader may see, newest first. One SQL query."""
    return visible_applications(reader).filter(lab=lab).order_by("-made_at", "-pk")


def applications_of(call: Call, *, reader: Actor) -> QuerySet[Application]:
    """Applications to one call that the reader may see, in the order of their names. One SQL query."""
    return visible_applications(reader).filter(call=call).order_by("title", "pk")


def is_applicant(actor: Actor, application: Application) -> bool:
    """Whether this is the actor's own application. No SQL if the applicant is loaded."""
    return actor.kind == "participation" and application.applicant.public_id == actor.key


def may_judge(actor: Actor, application: Application) -> bool:
    """Whether the actor is a juror of its call, without a conflict of interest. One SQL query."""
    return Application.objects.filter(_judged_by(actor), pk=application.pk).exists() if actor.kind == "participation" else False


def judges_call(actor: Actor, call: Call) -> bool:
    """Whether the actor has a seat in this jury. One SQL query."""
    return call.jurors.filter(participation__public_id=actor.key).exists()


def is_hidden_from(actor: Actor, application: Application) -> bool:
    """Whether the applicant is hidden: from the jurors of a blind call, until it is decided. No SQL if call and applicant are loaded."""
    if not application.call.is_blind or application.call.state == Call.State.DECIDED:
        return False
    return not is_applicant(actor, application) and not may(actor, "application.read", application.call.lab)


def prefilled(origin: Prototype | Idea | None) -> dict[str, str]:
    """What the thread already knows about a prototype or an idea, so that nobody writes it twice. At most two SQL queries."""
    if origin is None:
        return {}
    if isinstance(origin, Prototype):
        idea = origin.idea
        learnt = origin.trials.exclude(learnt="").order_by("planned_on", "pk").values_list("learnt", flat=True)
        texts = [origin.summary, idea.summary, *learnt]
    else:
        idea, texts = origin, [origin.summary]
    return {
        "title": origin.title,
        "summary": "\n\n".join(texts)[:5000],
        "change": idea.challenge.title if idea.challenge else "",
        "language": origin.language,
    }


def starting_points(lab: Lab, most: int = 12) -> list[Prototype]:
    """Prototypes of the lab that an application can begin from, newest first. One SQL query."""
    rows = lab.prototypes.exclude(state=Prototype.State.STOPPED).select_related("lab", "idea").order_by("-made_at", "-pk")
    return list(rows[:most])


def _judged_by(actor: Actor) -> Q:
    seats = JurorSeat.objects.filter(participation__public_id=actor.key).values("call")
    shut = ConflictOfInterest.objects.filter(juror__participation__public_id=actor.key).values("application")
    judged = [Call.State.JUDGING, Call.State.DECIDED]
    return Q(state=Application.State.SENT, call__in=seats, call__state__in=judged) & ~Q(pk__in=shut)


def unjudged_by(actor: Actor, lab: Lab) -> QuerySet[Application]:
    """Applications that wait for this juror's review, the first to be judged first. One SQL query."""
    waiting = Application.objects.filter(_judged_by(actor), lab=lab, call__state=Call.State.JUDGING, decision__isnull=True)
    done = Q(reviews__juror__participation__public_id=actor.key, reviews__sent_at__isnull=False)
    return (
        waiting.exclude(pk__in=Application.objects.filter(done).values("pk"))
        .select_related("lab", "call")
        .order_by(F("sent_at").asc(), "pk")
    )
