"""Calls for a reader, with what they need beside them."""

from django.db.models import Count, Prefetch, Q, QuerySet

from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.ledger.actors import Actor, may
from medskapa.stages.selection.models import Application, Call, Criterion, JurorSeat


def visible_calls(lab: Lab, *, reader: Actor) -> QuerySet[Call]:
    """Calls the reader may see, the last to close first: drafts are for those who lead them. One SQL query."""
    rows = lab.calls.select_related("lab")
    if not may(reader, "call.edit", lab):
        rows = rows.exclude(state=Call.State.DRAFT)
    return rows.order_by("-closes_at", "-pk")


def call_with_criteria(lab: Lab, public_id: str, *, reader: Actor) -> QuerySet[Call]:
    """One call with its criteria in order, and how many applications were sent. Two SQL queries."""
    criteria = Prefetch("criteria", Criterion.objects.select_related("lab").order_by("order", "pk"))
    sent = Count("applications", filter=Q(applications__state=Application.State.SENT))
    return visible_calls(lab, reader=reader).filter(public_id=public_id).annotate(sent_count=sent).prefetch_related(criteria)


def open_calls(lab: Lab) -> list[Call]:
    """Calls that take applications now, the first to close first. One SQL query."""
    return [call for call in lab.calls.filter(state=Call.State.OPEN).order_by("closes_at", "pk") if call.takes_applications]


def jurors_of(call: Call) -> QuerySet[JurorSeat]:
    """The jury of a call by name, with where they come from. One SQL query."""
    return call.jurors.select_related("participation__unit__organisation").order_by("participation__name", "pk")


def seat_of(call: Call, actor: Actor) -> JurorSeat | None:
    """The seat the actor has in this jury, if any. One SQL query, none for who has no name."""
    if actor.kind != "participation":
        return None
    return call.jurors.filter(participation__public_id=actor.key).first()


def close_ones(call: Call) -> list[tuple[JurorSeat, Application]]:
    """Jurors and applications of one and the same organisation, where no conflict of interest was declared. Three SQL queries."""
    seats = [seat for seat in jurors_of(call) if seat.participation.unit]
    sent = call.applications.filter(state=Application.State.SENT).select_related("applicant__unit")
    declared = set(call.jurors.values_list("pk", "conflicts__application"))
    return [
        (seat, application)
        for application in sent
        for seat in seats
        if _same_organisation(seat.participation, application.applicant) and (seat.pk, application.pk) not in declared
    ]


def _same_organisation(juror: Participation, applicant: Participation) -> bool:
    return bool(juror.unit and applicant.unit and juror.unit.organisation_id == applicant.unit.organisation_id)
