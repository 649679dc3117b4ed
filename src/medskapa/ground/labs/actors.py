"""Who acts in a request: a participant with a name, a co-creator with a code, an account outside labs, or the public."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab, Participation, Pseudonym, RoleGiven
from medskapa.ground.labs.sessions import acting_cookie_name
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.models import Account
from medskapa.ground.people.roles import Role


def roles_in_force(lab: Lab) -> QuerySet[RoleGiven]:
    """The roles that count now in a lab: begun, not ended, and their participation, too."""
    today = today_of(lab)
    return RoleGiven.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=now()),
        Q(participation__ends_on__isnull=True) | Q(participation__ends_on__gte=today),
        lab=lab,
        valid_from__lte=now(),
        participation__starts_on__lte=today,
    )


def roles_in_force_of_account(actor: Actor) -> QuerySet[RoleGiven]:
    """The roles that count now of somebody who acts outside any lab, in all labs together. One SQL query."""
    today = now().date()
    return RoleGiven.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=now()),
        Q(participation__ends_on__isnull=True) | Q(participation__ends_on__gte=today),
        participation__account__public_id=actor.key if actor.kind == "account" else "",
        valid_from__lte=now(),
        participation__starts_on__lte=today,
    )


def actor_of_pseudonym(pseudonym: Pseudonym) -> Actor:
    """The actor that a co-creator with a code is. No SQL."""
    return Actor(kind="pseudonym", key=pseudonym.public_id, lab=pseudonym.lab.public_id, roles=frozenset({Role.CO_CREATOR.value}))


def actor_of_participation(participation: Participation) -> Actor:
    """The actor that a participant is now, with the roles in force. One SQL query, one more for the unit if not loaded."""
    roles = roles_in_force(participation.lab).filter(participation=participation).values_list("role", flat=True)
    return _participant(participation, participation.lab, roles)


def actor_of_account(account: Account, lab: Lab | None) -> Actor:
    """The actor that a signed-in person is in this lab, or outside any. At most one SQL query."""
    if lab is not None:
        given = roles_in_force(lab).filter(participation__account=account).select_related("participation__unit__organisation")
        if mine := list(given):
            return _participant(mine[0].participation, lab, (one.role for one in mine))
    roles = frozenset({"account"} | ({"operator"} if account.is_operator else set()))
    return Actor("account", account.public_id, lab.public_id if lab else None, roles)


def _participant(participation: Participation, lab: Lab, roles: Iterable[str]) -> Actor:
    kinds = frozenset({participation.unit.organisation.kind}) if participation.unit else frozenset()
    return Actor("participation", participation.public_id, lab.public_id, frozenset(roles), kinds)


def actor_of_request(request: HttpRequest, lab: Lab | None, pseudonym: Pseudonym | None) -> Actor:
    """Exactly one actor. A browser with both sessions acts as the account, unless it was told to act with the code."""
    mine = pseudonym if pseudonym and (lab is None or pseudonym.lab_id == lab.pk) else None
    account = request.user if request.user.is_authenticated else None
    if mine and (account is None or request.COOKIES.get(acting_cookie_name()) == "code"):
        return actor_of_pseudonym(mine)
    if isinstance(account, Account):
        return replace(actor_of_account(account, lab), **_proof(request))
    return Actor.public(lab.public_id if lab else None)


def _proof(request: HttpRequest) -> dict[str, Any]:
    """When this session last showed whose it is, and whether it did so with more than a code by mail. No SQL."""
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if "at" in record]
    return {
        "proved_at": datetime.fromtimestamp(max(times), tz=UTC) if times else None,
        "has_second_lock": any(record.get("method") == "mfa" for record in records),
    }
