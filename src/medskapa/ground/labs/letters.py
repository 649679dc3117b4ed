"""The mails of labs."""

from urllib.parse import urljoin

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.models import Invitation, Lab
from medskapa.ground.ledger.actors import INSTALLATION
from medskapa.ground.ledger.chain import head_of
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.mail import mailed_once
from medskapa.ground.people.roles import Role
from medskapa.ground.web import languages


def send_invitation(invitation: Invitation, token: str, site: str) -> None:
    """Send the link of an invitation, in the lab's language."""
    with override(languages.shown_in(invitation.lab.language, None)):
        link = urljoin(site, reverse("labs:join", kwargs={"token": token}))
        subject = _("You are invited to %(lab)s") % {"lab": invitation.lab.name}
        text = render_to_string("labs/letters/invitation.txt", {"invitation": invitation, "link": link})
        send_mail(subject, text, None, [invitation.email])


def send_heads(lab: Lab) -> int:
    """Mail the end of the lab's chain and of the installation's to two people, so that a chain cut short can be told. Gives how many.

    A process leader and a safeguarding officer; where one person is both, to that one. Three SQL queries.
    """
    heads = [(name, head) for name, chain in ((lab.name, lab.public_id), ("Medskapa", INSTALLATION)) if (head := head_of(chain))]
    addresses = _keepers(lab)
    if not heads:
        return 0
    with override(languages.shown_in(lab.language, None)):
        subject = _("Today's proof of what was done in %(lab)s") % {"lab": lab.name}
        text = render_to_string("labs/letters/heads.txt", {"lab": lab, "heads": heads})
    duty = f"heads {lab.public_id} {now().date()}"
    return sum(mailed_once(duty, subject, text, address) for address in addresses)


def _keepers(lab: Lab) -> list[str]:
    """The addresses of those who keep the proof, whoever has had the role longest first."""
    given = roles_in_force(lab).filter(role__in=(Role.PROCESS_LEADER, Role.SAFEGUARDING_OFFICER), participation__account__is_active=True)
    by_role: dict[str, str] = {}
    for role, address in given.order_by("valid_from", "pk").values_list("role", "participation__account__email"):
        by_role.setdefault(role, address)
    return sorted(set(by_role.values()))
