"""Fresh proof: what somebody at a screen that was left open must not be able to do. Which verbs these are says permissions.toml."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.adapter import FRESH
from medskapa.ground.people.permissions import needs_fresh_proof
from medskapa.ground.people.second_lock import WITH_AN_ACCOUNT
from medskapa.ground.web.errors import LabError, Way


class NotProvedLately(LabError):
    """Somebody may do this, but showed too long ago who they are."""

    way = Way(_("Go on"), "account_reauthenticate")

    def __init__(self) -> None:
        super().__init__(_("Show once more who you are."), _("Then you can go on for 15 minutes."), status=403)


def is_proved(actor: Actor, verb: str) -> bool:
    """Whether somebody showed lately enough who they are to do this, or need not. For a page that keeps what was typed meanwhile."""
    if actor.kind not in WITH_AN_ACCOUNT or not needs_fresh_proof(verb):
        return True
    return actor.proved_at is not None and now() - actor.proved_at <= timedelta(seconds=FRESH)


def guard(actor: Actor, verb: str) -> None:
    """Stop whoever showed too long ago who they are before what needs it. Raises NotProvedLately."""
    if not is_proved(actor, verb):
        raise NotProvedLately
