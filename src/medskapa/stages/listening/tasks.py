"""What listening does by the clock."""

from datetime import timedelta

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.clock import every
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.mail import mailed_once
from medskapa.ground.people.roles import Role
from medskapa.ground.web import languages
from medskapa.stages.listening.models import Statement
from medskapa.stages.listening.queries import undecided_in

DECIDED_WITHIN = timedelta(hours=24)
WHO = (Role.MODERATOR, Role.PROCESS_LEADER)


@every("day")
def remind_of_statements() -> int:
    """Tell those who moderate of statements that have waited for a yes for a day. A demo has nobody to tell. Gives how many mails."""
    return sum(map(_remind, Lab.objects.filter(state=Lab.State.OPEN, is_demo=False).order_by("pk")))


def _remind(lab: Lab) -> int:
    """No statement stands in the mail. Three SQL queries."""
    late = [one for one in undecided_in(lab) if one.waits_since <= now() - DECIDED_WITHIN]  # type: ignore[attr-defined]
    if not late:
        return 0
    with override(languages.shown_in(lab.language, None)):
        text = render_to_string("listening/letters/statements.txt", {"lab": lab})
        subject = _("Statements wait in %(lab)s") % {"lab": lab.name}
    duty = f"statements {lab.public_id} {now().date()}"
    return sum(mailed_once(duty, subject, text, address) for address in _who_decides(lab, late))


def _who_decides(lab: Lab, late: list[Statement]) -> list[str]:
    """The addresses of the moderators for whom one of these waits; of the process leaders where it waits for no moderator."""
    given = roles_in_force(lab).filter(participation__account__is_active=True)
    for role in WHO:
        people = given.filter(role=role).values_list("participation", "participation__account__email")
        found = {address for who, address in people if any(who not in (one.by_participation_id, one.first_by_id) for one in late)}
        if found:
            return sorted(found)
    return []
