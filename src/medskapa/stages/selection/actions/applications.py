"""Applications: writing, sending, taking back, reading in a blind call, and saying that one may not judge."""

from typing import Any

from medskapa.ground.labs.models import Participation
from medskapa.ground.labs.queries import participation_of
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.stages.cocreation.models import Idea, Prototype
from medskapa.stages.selection.errors import NotJuror
from medskapa.stages.selection.models import Application, Call, ConflictOfInterest, JurorSeat
from medskapa.stages.selection.queries.roles import must_be_able_to_apply


@action("application.write")
def write_application(
    call: Call,
    *,
    title: str,
    summary: str,
    language: str,
    by: Actor,
    change: str = "",
    asks_minor: int = 0,
    currency: str = "SEK",
    prototype: Prototype | None = None,
    idea: Idea | None = None,
    applicant: Participation | None = None,
    source: str | None = None,
) -> Application:
    """Begin an application, from a prototype, an idea or outside the lab. It is a draft that only its writer sees.

    ``applicant`` is for the demo; else it is whoever acts. Raises NotAccepting, NeedsName, RolesClash.
    """
    who = must_be_able_to_apply(call, applicant if by.kind == "system" else participation_of(by))
    return Application.objects.create(
        lab=call.lab,
        call=call,
        prototype=prototype,
        idea=None if prototype else idea,
        applicant=who,
        title=title,
        summary=summary,
        change=change,
        language=language,
        asks_minor=asks_minor,
        currency=currency,
        source=source,
    )


@action("application.edit")
def edit_application(application: Application, /, *, by: Actor, **changes: Any) -> Application:
    """Go on writing a draft. Raises WrongState once it is sent."""
    application.change_while(Application.State.DRAFT, **changes)
    return application


@action("application.send")
def send_application(application: Application, *, by: Actor) -> Application:
    """Hand it in; from now on the jury can read it and nobody changes it. Raises NotAccepting, RolesClash, WrongState."""
    must_be_able_to_apply(application.call, application.applicant)
    application.move_to(Application.State.SENT, sent_at=now())
    return application


@action("application.take_back")
def take_back_application(application: Application, *, by: Actor) -> Application:
    """Take it out of the call; the jury sees it no more. Raises WrongState once it is decided."""
    if hasattr(application, "decision"):
        raise WrongState
    application.move_to(Application.State.TAKEN_BACK)
    return application


@action("application.read", reading=True)
def read_applications(call: Call, *, applications: list[Application], by: Actor) -> None:
    """Open applications of a blind call. The record names each of them, so that applicants can see who has read."""
    note(*applications)


@action("conflict.declare")
def declare_conflict(application: Application, *, reason: str, by: Actor, juror: JurorSeat | None = None) -> ConflictOfInterest:
    """Say that a juror may not judge this: they no longer see it, and their review does not count.

    A juror says it for themselves; who leads the call can say it for any of its ``juror`` seats. Raises NotJuror.
    """
    seat = juror or application.call.jurors.filter(participation__public_id=by.key).first()
    if seat is None or seat.call_id != application.call_id:
        raise NotJuror
    conflict, _made = ConflictOfInterest.objects.get_or_create(
        application=application, juror=seat, defaults={"lab": application.lab, "reason": reason}
    )
    return conflict
