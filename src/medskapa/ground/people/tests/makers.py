"""Accounts and organisations for tests, and how people sign in."""

import re
import threading
from datetime import timedelta
from itertools import count
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from medskapa.ground.ledger.moment import now
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
    """A browser in which this person has just signed in."""
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return proved(client, ago=timedelta())


def proved(client: Client, *, ago: timedelta) -> Client:
    """Somebody who is signed in, and who showed so long ago who they are."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": (now() - ago).timestamp()}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client


def came_in_by_mail(account: Account) -> Client:
    """The browser of somebody who has just typed the code from a mail."""
    client = Client()
    client.post("/en/sign-in/", {"login": account.email})
    client.post("/en/sign-in/code/confirm/", {"code": the_code()})
    return client


def the_code() -> str:
    """The code in the last mail that was sent; one that is still on its way is waited for."""
    for thread in threading.enumerate():
        if thread.name == "post":
            thread.join(30)
    found = re.search(r"\b\d{4}-\d{4}\b", str(mail.outbox[-1].body))
    assert found is not None
    return found.group()


def the_app_says(secret: str) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))
