"""Labs and the people in them, for tests."""

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

from django.test import Client

from medskapa.ground.labs.actors import actor_of_account, actor_of_participation, actor_of_pseudonym
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Gathering, HelpContact, Lab, Participation, Phase, Pseudonym, PseudonymSession, RoleGiven
from medskapa.ground.labs.sessions import cookie_name
from medskapa.ground.labs.tokens import hash_token
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import new_key
from medskapa.ground.people.models import Unit
from medskapa.ground.people.roles import OrganisationKind, Role
from medskapa.ground.people.tests.makers import an_account, an_operator, an_organisation, signed_in

_numbers = count(1)


def a_lab(*, ready: bool = True, **what: Any) -> Lab:
    """A lab of an association that is open, with a phase, a help contact and a safeguarding officer. ``ready=False``: only begun."""
    number = next(_numbers)
    what = {"slug": f"lab-{number}", "name": f"Lab {number}", "target_group": "young people", "languages": ["sv", "prs", "ar"], **what}
    if not ready:
        return Lab.objects.create(**what)
    host = what.pop("host", None) or an_organisation(OrganisationKind.NGO, name=f"Host {number}")
    what = {"host": host, "host_kind": Lab.HostKind.ASSOCIATION, "state": Lab.State.OPEN, "opened_at": now(), **what}
    lab = Lab.objects.create(**what)
    a_phase(lab)
    HelpContact.objects.create(lab=lab, name="The line for children", phone="116 111")
    a_participation(lab, Role.SAFEGUARDING_OFFICER)
    return lab


def a_phase(lab: Lab, **what: Any) -> Phase:
    """A phase that runs now."""
    today = today_of(lab)
    defaults = {"name": "Listen", "starts_on": today, "ends_on": today + timedelta(days=90), "young_decide": "What we ask about."}
    return Phase.objects.create(lab=lab, **(defaults | what))


def a_participation(lab: Lab, *roles: str, unit: Unit | None = None, **what: Any) -> Participation:
    """Somebody who takes part in these roles since yesterday, and can sign in."""
    account = what.pop("account", None) or an_account()
    what = {"name": account.name, "starts_on": today_of(lab) - timedelta(days=1), **what}
    participation = Participation.objects.create(lab=lab, account=account, unit=unit, **what)
    for role in roles:
        RoleGiven.objects.create(lab=lab, participation=participation, role=role, valid_from=now() - timedelta(days=1))
    return participation


def a_pseudonym(lab: Lab, **what: Any) -> Pseudonym:
    """Somebody without a name, whose code nobody holds; `new_pseudonym` makes one with a code."""
    what = {"language": "sv", "age_band": "16_17", "age_confirmed_at": now(), **what}
    what.setdefault("code_hash", f"no code:{next(_numbers)}")
    return Pseudonym.objects.create(lab=lab, key=new_key(lab.public_id), **what)


def a_gathering(lab: Lab, **what: Any) -> Gathering:
    """A workshop in three days."""
    begin = now() + timedelta(days=3)
    return Gathering.objects.create(lab=lab, **({"name": "Workshop", "starts_at": begin, "ends_at": begin + timedelta(hours=3)} | what))


def an_actor(lab: Lab, *roles: str, **what: Any) -> Actor:
    """An actor of this lab: ``"public"``, ``"operator"``, ``"co_creator"`` with a code, or a participant in these roles.

    A co-creator is somebody with a code; ``an_actor(lab, "co_creator", "facilitator")`` is a participant.
    """
    if roles == ("public",):
        return Actor.public(lab.public_id)
    if roles == ("operator",):
        return replace(actor_of_account(an_operator(), lab), proved_at=now())
    if roles == ("co_creator",):
        return actor_of_pseudonym(a_pseudonym(lab, **what))
    return just_proved(a_participation(lab, *roles, **what))


def just_proved(who: Participation) -> Actor:
    """Somebody with a name, who has just shown who they are."""
    return replace(actor_of_participation(who), proved_at=now())


def a_client(lab: Lab, *roles: str, **what: Any) -> Client:
    """A browser in which somebody acts in these roles: ``a_client(lab, "moderator")``, ``a_client(lab, "public")``."""
    if not roles or roles == ("public",):
        return Client()
    if roles == ("operator",):
        return signed_in(an_operator())
    if roles == ("co_creator",):
        return client_of(a_pseudonym(lab, **what))
    return client_of(a_participation(lab, *roles, **what))


def client_of(who: Participation | Pseudonym) -> Client:
    """The browser of a participant who signed in, or of somebody who came back with a code."""
    if isinstance(who, Participation):
        assert who.account is not None
        return signed_in(who.account)
    client = Client()
    token = f"token of {who.public_id}"
    PseudonymSession.objects.create(token_hash=hash_token(token), pseudonym=who, ends_at=now() + timedelta(minutes=30))
    client.cookies[cookie_name()] = token
    return client
