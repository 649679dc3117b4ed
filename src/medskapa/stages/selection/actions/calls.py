"""Calls: writing them, their criteria and their jury, opening them, judging, and saying that all have an answer."""

from datetime import datetime
from typing import Any

from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.roles import Role
from medskapa.stages.selection.errors import Frozen, HasReviews, NoCriteria, NotAllDecided
from medskapa.stages.selection.models import Application, Call, Criterion, JurorSeat
from medskapa.stages.selection.queries.roles import refuse_clash


@action("call.write")
def write_call(
    lab: Lab,
    *,
    title: str,
    summary: str,
    language: str,
    opens_at: datetime,
    closes_at: datetime,
    by: Actor,
    places: int = 1,
    is_blind: bool = False,
    source: str | None = None,
) -> Call:
    """Write a call. It begins as a draft that only those who lead it see."""
    return Call.objects.create(
        lab=lab,
        title=title,
        summary=summary,
        language=language,
        opens_at=opens_at,
        closes_at=closes_at,
        places=places,
        is_blind=is_blind,
        source=source,
    )


@action("call.edit")
def edit_call(call: Call, /, *, by: Actor, **changes: Any) -> Call:
    """Change a draft. Raises Frozen once it is open."""
    _must_be_draft(call)
    call.change_while(Call.State.DRAFT, **changes)
    return call


@action("criterion.add")
def add_criterion(call: Call, *, title: str, lowest: str, highest: str, by: Actor, weight: int = 1) -> Criterion:
    """Say one more thing that counts, with what 1 and 5 mean. Raises Frozen once the call is open."""
    _must_be_draft(call)
    order = call.criteria.count() + 1
    return Criterion.objects.create(lab=call.lab, call=call, order=order, title=title, lowest=lowest, highest=highest, weight=weight)


@action("criterion.edit")
def edit_criterion(criterion: Criterion, *, title: str, lowest: str, highest: str, weight: int, by: Actor) -> Criterion:
    """Word a criterion anew. Raises Frozen once the call is open."""
    _must_be_draft(criterion.call)
    criterion.title, criterion.lowest, criterion.highest, criterion.weight = title, lowest, highest, weight
    criterion.save(update_fields=["title", "lowest", "highest", "weight"])
    return criterion


@action("criterion.remove")
def remove_criterion(criterion: Criterion, *, by: Actor) -> None:
    """Take a criterion away. Raises Frozen once the call is open."""
    _must_be_draft(criterion.call)
    criterion.delete()


@action("call.open")
def open_call(call: Call, *, by: Actor) -> Call:
    """Let everyone read the call and apply between its dates; from now on its criteria are fixed. Raises NoCriteria, WrongState."""
    if not call.criteria.exists():
        raise NoCriteria
    call.move_to(Call.State.OPEN)
    return call


@action("juror.seat")
def seat_juror(call: Call, *, participation: Participation, by: Actor, is_from_target_group: bool = False) -> JurorSeat:
    """Give somebody a seat in the jury; twice does no harm. Raises RolesClash if they apply to this call, or lead it."""
    refuse_clash(Role.JUROR, call, participation)
    seat, _made = JurorSeat.objects.get_or_create(
        call=call, participation=participation, defaults={"lab": call.lab, "is_from_target_group": is_from_target_group}
    )
    note(participation)
    return seat


@action("juror.unseat")
def unseat_juror(seat: JurorSeat, *, by: Actor) -> None:
    """Take a seat away again. Raises HasReviews if its juror has judged."""
    if seat.reviews.exists():
        raise HasReviews
    seat.delete()


@action("call.judge")
def judge_call(call: Call, *, by: Actor) -> Call:
    """End the time of applying and let the jury read. Raises WrongState."""
    call.move_to(Call.State.JUDGING)
    return call


@action("call.decide")
def decide_call(call: Call, *, by: Actor) -> Call:
    """Say that every applicant has an answer; what was selected is public from now on. Raises NotAllDecided, WrongState."""
    if call.applications.filter(state=Application.State.SENT, decision__isnull=True).exists():
        raise NotAllDecided
    call.move_to(Call.State.DECIDED, decided_at=now())
    return call


def _must_be_draft(call: Call) -> None:
    if not Call.objects.filter(pk=call.pk, state=Call.State.DRAFT).exists():
        raise Frozen
