"""The second lock: what somebody who merely reads another's mail must not be able to do. Which verbs these are says permissions.toml."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.models import Account
from medskapa.ground.people.permissions import needs_second_lock, table
from medskapa.ground.web.errors import LabError, Way

WITH_AN_ACCOUNT = frozenset({"account", "participation"})


class SecondLockMissing(LabError):
    """Somebody may do this, but came in with a code by mail alone."""

    way = Way(_("Go on"), "people:second_lock")

    def __init__(self) -> None:
        super().__init__(
            _("This needs a second lock on your account."),
            _(
                "Whoever can read your mail must not get in here. Add a passkey or an app to your account, "
                "or show the one that you have. It takes a minute."
            ),
            status=403,
        )


def guard(actor: Actor, verb: str) -> None:
    """Stop whoever came in by mail alone before what needs more. Raises SecondLockMissing. Local mode asks nobody."""
    if settings.MEDSKAPA_LOCAL or actor.kind not in WITH_AN_ACCOUNT or actor.has_second_lock:
        return
    if needs_second_lock(verb):
        raise SecondLockMissing


def is_asked_for_it(actor: Actor) -> bool:
    """Whether some role of this actor may do something that needs a second lock."""
    locked = (answers for verb, answers in table().items() if needs_second_lock(verb))
    return actor.kind in WITH_AN_ACCOUNT and any(not actor.roles.isdisjoint(answers) for answers in locked)


def count_as_shown(request: HttpRequest, user: Account, authenticator: Authenticator, **_more: Any) -> None:
    """Whoever has just added a passkey or an app has shown it, too. Called by allauth."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
