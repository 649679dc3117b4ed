"""Links on which organisations collect stories for a lab."""

from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.stages.listening.models import PartnerLink


@action("partner.edit")
def make_partner_link(link: PartnerLink, *, by: Actor) -> PartnerLink:
    """Let an organisation collect stories until a day. Raises NotAllowed."""
    link.save()
    return link


@action("partner.edit")
def end_partner_link(link: PartnerLink, *, by: Actor) -> PartnerLink:
    """Let nobody begin to tell on a link any more; what came stays. Raises NotAllowed, WrongState (it was ended before)."""
    if not PartnerLink.objects.filter(pk=link.pk, ended_at__isnull=True).update(ended_at=now()):
        raise WrongState
    return link
