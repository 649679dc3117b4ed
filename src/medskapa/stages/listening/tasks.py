"""What listening does by the clock."""

from datetime import timedelta

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.clock import every
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.mail import mailed
from medskapa.ground.people.roles import Role
from medskapa.ground.web import languages
from medskapa.stages.listening.queries import undecided_in

DECIDED_WITHIN = timedelta(hours=24)
WHO = (Role.MODERATOR, Role.PROCESS_LEADER)


@every("day")
def remind_of_statements() -> int:
    """Tell those who moderate of statements that nobody has decided about for a day. A demo has nobody to tell. Gives how many mails."""
    return sum(map(_remind, Lab.objects.filter(state=Lab.State.OPEN, is_demo=False).order_by("pk")))


def _remind(lab: Lab) -> int:
    """No statement stands in the mail. Three SQL queries."""
    if not undecided_in(lab).filter(made_at__lte=now() - DECIDED_WITHIN).exists():
        return 0
    with override(languages.shown_in(lab.language, None)):
        text = render_to_string("listening/letters/statements.txt", {"lab": lab})
        subject = _("Statements wait in %(lab)s") % {"lab": lab.name}
    return sum(mailed(subject, text, address) for address in _who_decides(lab))


def _who_decides(lab: Lab) -> list[str]:
    """The addresses of the moderators; of the process leaders where there are none."""
    given = roles_in_force(lab).filter(participation__account__is_active=True)
    found = {role: set(given.filter(role=role).values_list("participation__account__email", flat=True)) for role in WHO}
    return sorted(next((addresses for addresses in found.values() if addresses), set()))
