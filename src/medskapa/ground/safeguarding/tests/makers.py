"""Concerns, locked identities and representatives, for tests."""

from datetime import date
from typing import Any

from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.labs.tests.makers import a_pseudonym, an_actor
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.actions import lock_identity, raise_concern, save_representative
from medskapa.ground.safeguarding.models import Concern, LockedIdentity, Representative


def a_concern(lab: Lab, worry: str = "She does not sleep where she lives.") -> Concern:
    """A concern that a moderator raised."""
    return raise_concern(lab, worry=worry, by=an_actor(lab, Role.MODERATOR))


def an_identity(lab: Lab, who: str = "Amina A., 070-000 00 00", pseudonym: Pseudonym | None = None) -> LockedIdentity:
    """Who somebody is, locked away."""
    return lock_identity(pseudonym or a_pseudonym(lab), who=who, by=an_actor(lab, Role.PROCESS_LEADER))


def a_representative(lab: Lab, pseudonym: Pseudonym | None = None, **what: Any) -> Representative:
    """Somebody who speaks for a young person since the beginning of the year."""
    what = {"type": Representative.Type.GOOD_MAN, "valid_from": date(2017, 1, 1), **what}
    representative = Representative(lab=lab, pseudonym=pseudonym or a_pseudonym(lab), **what)
    return save_representative(representative, by=an_actor(lab, Role.PROCESS_LEADER))
