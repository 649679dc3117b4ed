"""Which roles one person has within one call, and the rule that keeps some of them apart."""

from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.errors import RolesClash
from medskapa.ground.labs.models import Participation
from medskapa.ground.people.roles import Role
from medskapa.ground.people.rules import APPLICANT, Within, clash
from medskapa.stages.selection.errors import NeedsName, NotAccepting
from medskapa.stages.selection.models import Application, Call


def roles_in_call(call: Call, participation: Participation) -> set[str]:
    """Whether somebody applies to this call, judges it, or leads it. Three SQL queries."""
    held = set()
    if call.applications.filter(applicant=participation).exclude(state=Application.State.TAKEN_BACK).exists():
        held.add(APPLICANT)
    if call.jurors.filter(participation=participation).exists():
        held.add(Role.JUROR.value)
    if roles_in_force(call.lab).filter(participation=participation, role=Role.PROGRAMME_MANAGER).exists():
        held.add(Role.PROGRAMME_MANAGER.value)
    return held


def must_be_able_to_apply(call: Call, who: Participation | None) -> Participation:
    """Whoever applies, if they can now. Raises NeedsName, NotAccepting, RolesClash. Four SQL queries."""
    if who is None:
        raise NeedsName
    call.refresh_from_db(fields=["state", "opens_at", "closes_at"])
    if not call.takes_applications:
        raise NotAccepting
    refuse_clash(APPLICANT, call, who)
    return who


def refuse_clash(role: str, call: Call, participation: Participation) -> None:
    """Go on only if this role goes together with what the person already is in the call. Raises RolesClash. Three SQL queries."""
    rule = clash(role, roles_in_call(call, participation), within=Within.CALL)
    if rule is not None:
        raise RolesClash(rule)
