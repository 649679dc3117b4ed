"""Who acts in a request: a participant with a name, a co-creator with a code, an account outside labs, or the public."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab, Participation, Pseudonym, RoleGiven
from medskapa.ground.labs.sessions import acting_cookie_name
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.db.shapes import STAND_IN, Shape
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.models import Account
from medskapa.ground.people.roles import Role


def roles_in_force(lab: Lab) -> QuerySet[RoleGiven]:
    """The roles that count now in a lab: begun, not ended, and their participation, too."""
    return RoleGiven.objects.filter(_in_force(now(), today_of(lab)), lab=lab)


def roles_in_force_of_account(actor: Actor) -> QuerySet[RoleGiven]:
    """The roles that count now of somebody who acts outside any lab, in all labs together. One SQL query."""
    key = actor.key if actor.kind == "account" else ""
    return RoleGiven.objects.filter(_in_force(now(), today_of(None)), participation__account__public_id=key)


def _in_force(moment: datetime, today: date) -> Q:
    return Q(
        Q(valid_to__isnull=True) | Q(valid_to__gt=moment),
        Q(participation__ends_on__isnull=True) | Q(participation__ends_on__gte=today),
        valid_from__lte=moment,
        participation__starts_on__lte=today,
    )


def actor_of_pseudonym(pseudonym: Pseudonym) -> Actor:
    """The actor that a co-creator with a code is. No SQL."""
    return Actor(kind="pseudonym", key=pseudonym.public_id, lab=pseudonym.lab.public_id, roles=frozenset({Role.CO_CREATOR.value}))


def actor_of_participation(participation: Participation) -> Actor:
    """The actor that a participant is now, with the roles in force. One SQL query, one more for the unit if not loaded."""
    lab, unit = participation.lab, participation.unit
    roles = roles_in_force(lab).filter(participation=participation).values_list("role", flat=True)
    kinds = frozenset({unit.organisation.kind}) if unit else frozenset()
    return Actor("participation", participation.public_id, lab.public_id, frozenset(roles), kinds)


def actor_of_account(account: Account, lab: Lab | None) -> Actor:
    """The actor that a signed-in person is in this lab, or outside any. At most one SQL query."""
    if lab is not None and (mine := _MINE.rows(lab.pk, account.pk, today_of(lab))):
        _role, participation, kind = mine[0]
        roles = frozenset(role for role, *_participation in mine)
        return Actor("participation", participation, lab.public_id, roles, frozenset({kind} - {None}))
    roles = frozenset({"account"} | ({"operator"} if account.is_operator else set()))
    return Actor("account", account.public_id, lab.public_id if lab else None, roles)


def _mine(lab: int, account: int, today: date) -> QuerySet[RoleGiven, Any]:
    """What somebody is in a lab: their roles, each with their only participation and with the kind of their organisation."""
    mine = RoleGiven.objects.filter(_in_force(now(), today), lab=lab, participation__account=account)
    return mine.values_list("role", "participation__public_id", "participation__unit__organisation__kind")


_MINE = Shape(_mine, STAND_IN, STAND_IN - 1, date(1900, 1, 2))


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
