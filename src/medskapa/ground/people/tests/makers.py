"""Accounts and organisations for tests."""

from itertools import count
from typing import Any

from django.test import Client

from medskapa.ground.people.models import Account, Organisation, Unit
from medskapa.ground.people.roles import OrganisationKind

_numbers = count(1)


def an_account(email: str = "", **what: Any) -> Account:
    """Somebody who can sign in."""
    number = next(_numbers)
    what.setdefault("name", f"Person {number}")
    return Account.objects.create_user(email or f"person{number}@example.org", **what)


def an_operator(**what: Any) -> Account:
    """Somebody who may start labs."""
    return an_account(is_operator=True, **what)


def an_organisation(kind: str = OrganisationKind.MUNICIPALITY, **what: Any) -> Organisation:
    """An organisation."""
    what.setdefault("name", f"Organisation {next(_numbers)}")
    return Organisation.objects.create(kind=kind, **what)


def a_unit(organisation: Organisation | None = None, **what: Any) -> Unit:
    """A unit of an organisation."""
    what.setdefault("name", f"Unit {next(_numbers)}")
    return Unit.objects.create(organisation=organisation or an_organisation(), **what)


def signed_in(account: Account) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
