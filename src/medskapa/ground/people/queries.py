"""Reads of accounts and organisations."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Count, Q, QuerySet

from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.people.models import Account, Letter, Organisation, Unit


def organisations(*, reader: Actor, wish: str = "") -> QuerySet[Organisation]:
    """Organisations by name, with how many units each has; ``wish`` is part of a name, now or before. One SQL query.

    Nobody's for readers who may not see them.
    """
    rows = Organisation.objects.select_related("municipality").annotate(unit_count=Count("units", distinct=True))
    if wish:
        rows = rows.filter(Q(name__icontains=wish) | Q(names__name__icontains=wish)).distinct()
    return rows.order_by("name", "pk") if may(reader, "organisation.see") else rows.none()


def names_of_organisations(*, but: Organisation | None = None) -> QuerySet[Any, str]:
    """What all organisations but one are called now. One SQL query."""
    return Organisation.objects.exclude(pk=but.pk if but else 0).values_list("name", flat=True)


def units() -> QuerySet[Unit]:
    """Every unit, by organisation and name, for lists to choose from. One SQL query."""
    return Unit.objects.select_related("organisation").order_by("organisation__name", "name", "pk")


def demo_accounts() -> QuerySet[Account]:
    """The invented people that local mode lets anybody sign in as. One SQL query."""
    return Account.objects.filter(is_demo=True, is_active=True).order_by("name", "pk")


def sent_letters() -> QuerySet[Letter]:
    """Mails of local mode, newest first. One SQL query."""
    return Letter.objects.order_by("-sent_at", "-pk")


def second_factors(account: Account) -> int:
    """How many passkeys and authenticator apps somebody has. One SQL query."""
    return Authenticator.objects.filter(user_id=account.pk).exclude(type=Authenticator.Type.RECOVERY_CODES).count()
