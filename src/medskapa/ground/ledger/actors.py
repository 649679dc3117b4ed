"""Who acts, and whether they may. The ledger knows actors and labs only by opaque ids."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.web.errors import LabError

Kind = Literal["public", "account", "participation", "pseudonym", "system"]
Permission = Callable[["Actor", str, Any], bool]
Guard = Callable[["Actor", str], None]

# Those who work in the lab, the one with most to answer for first.
TEAM_ROLES = (
    "process_leader",
    "moderator",
    "sense_maker",
    "interpreter",
    "safeguarding_officer",
    "safeguarding_deputy",
    "facilitator",
    "programme_manager",
    "coach",
    "press_officer",
)
INSTALLATION = "installation"  # the chain of everything that belongs to no lab

_permission: Permission | None = None
_guards: list[Guard] = []
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in a request, a task or a command. ``labs`` makes it once per request."""

    kind: Kind
    key: str
    lab: str | None
    roles: frozenset[str]
    organisation_kinds: frozenset[str] = frozenset()
    proved_at: datetime | None = None  # when they last showed anew who they are
    has_second_lock: bool = False  # whether they came in with a passkey or an app, not by mail alone

    @property
    def id(self) -> str:
        """How the audit chain names this actor."""
        return f"{self.kind}:{self.key}"

    @property
    def is_team(self) -> bool:
        """Whether this actor works in the lab."""
        return not self.roles.isdisjoint(TEAM_ROLES)

    @classmethod
    def public(cls, lab: str | None) -> "Actor":
        """Anybody at all."""
        return cls("public", "anyone", lab, frozenset({"public"}))

    @classmethod
    def system(cls, name: str, lab: str | None = None) -> "Actor":
        """A task or a command, with a row of its own in the permission table."""
        return cls("system", name, lab, frozenset({f"system:{name}"}))


def register_permission(function: Permission) -> Permission:
    """Let this function answer every question of permission. Called once, when the installation starts."""
    global _permission
    _permission = function
    return function


def registered_permission() -> Permission | None:
    """The function that answers, if any."""
    return _permission


def register_guard(function: Guard) -> Guard:
    """Let this function raise an error of the lab where somebody who may do a verb has first to do something else."""
    if function not in _guards:
        _guards.append(function)
    return function


def may(actor: Actor, verb: str, subject: Any = None) -> bool:
    """Whether this actor may do this. Nobody to ask, an answer other than True, or an error: no."""
    if _permission is None:
        return False
    try:
        if _is_of_another_lab(actor, subject):
            return False
        return _permission(actor, verb, subject) is True
    except Exception:
        _log.exception("the question of permission for %s failed, so the answer is no", verb)
        return False


def require(actor: Actor, verb: str, subject: Any = None) -> None:
    """Go on only if the actor may, and no guard objects.

    Raises NotAllowed, as "not found" where the subject's model says ``IS_SECRET``; what a guard raises; NotAllowed if one fails.
    """
    if not may(actor, verb, subject):
        raise NotAllowed(secret=bool(getattr(subject, "IS_SECRET", False)))
    try:
        for guard in _guards:
            guard(actor, verb)
    except LabError:
        raise
    except Exception:
        _log.exception("a guard of %s failed, so the answer is no", verb)
        raise NotAllowed from None


def chain_of(subject: Any) -> str:
    """The chain on which what happens to this subject is written."""
    return str(getattr(subject, "chain_key", None) or INSTALLATION)


def _is_of_another_lab(actor: Actor, subject: Any) -> bool:
    chain = chain_of(subject)
    return chain != INSTALLATION and actor.lab is not None and actor.lab != chain
