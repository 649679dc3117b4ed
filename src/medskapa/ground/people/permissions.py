"""The permission table: which role may do which verb, read from permissions.toml, and the one function that answers."""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from medskapa.ground.ledger.actors import Actor

Owns = Callable[[Actor, Any], bool]

NO_ROOMS = frozenset({"groups", "second_lock", "fresh_proof"})
_OWNS: dict[str, Owns] = {}


def owns(verb: str, function: Owns) -> None:
    """Say whose a subject is, for a verb that some roles may do with their own. Called in AppConfig.ready."""
    _OWNS[verb] = function


@cache
def table() -> dict[str, dict[str, str]]:
    """Verb → role → "yes" or "own". Where both are written, "yes" counts."""
    rooms = {name: rows for name, rows in _file().items() if name not in NO_ROOMS}
    return {verb: _row(row, _file()["groups"]) for room in rooms.values() for verb, row in room.items()}


def needs_second_lock(verb: str) -> bool:
    """Whether whoever does this verb with an account has to have come in with a passkey or an app."""
    return verb in _file()["second_lock"]["verbs"]


def needs_fresh_proof(verb: str) -> bool:
    """Whether whoever does this verb with an account has to have shown lately who they are."""
    return verb in _file()["fresh_proof"]["verbs"]


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("medskapa.ground.people").joinpath("permissions.toml").read_text(encoding="utf-8"))


def _row(row: dict[str, list[str]], groups: dict[str, list[str]]) -> dict[str, str]:
    answers = dict.fromkeys(_roles(row.get("own", []), groups), "own")
    return answers | dict.fromkeys(_roles(row.get("yes", []), groups), "yes")


def _roles(names: list[str], groups: dict[str, list[str]]) -> list[str]:
    flat: list[str] = []
    for name in names:
        flat.extend(_roles(groups[name[1:]], groups) if name.startswith("@") else [name])
    return flat


def may(actor: Actor, verb: str, subject: Any = None) -> bool:
    """Whether this actor may do this verb with this subject. Refused first: another lab's subject. No SQL of its own."""
    chain = getattr(subject, "chain_key", None)
    if chain is not None and actor.lab is not None and chain != actor.lab:
        return False
    answers = {table()[verb].get(role) for role in _roles_of(actor)}
    if "yes" in answers:
        return True
    return "own" in answers and verb in _OWNS and _OWNS[verb](actor, subject)


def is_own_account(actor: Actor, subject: Any) -> bool:
    """Whether the account is the actor's own. Asked outside labs, where a signed-in person acts as their account."""
    return actor.kind == "account" and getattr(subject, "public_id", None) == actor.key


def _roles_of(actor: Actor) -> frozenset[str]:
    return actor.roles | {"public"} if actor.kind != "system" else actor.roles
