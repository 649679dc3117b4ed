"""Actions: the verbs of the lab. Each asks for permission, is one transaction, and leaves one record in the audit chain."""

import inspect
import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.db import transaction

from medskapa.ground.ledger import chain
from medskapa.ground.ledger.actors import Actor, chain_of, require
from medskapa.ground.ledger.limits import spends_kept

S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")

VERB = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
ACTIONS: dict[str, "Action[Any, Any, Any]"] = {}  # each verb with the first function that does it


@dataclass(slots=True)
class _Running:
    """An action that runs now, and what it noted so far."""

    actor: Actor
    verb: str
    noted: list[str] = field(default_factory=list)


_running: ContextVar[_Running | None] = ContextVar("running action", default=None)


class Action(Generic[S, P, R]):
    """A function that is a verb. Called by another action it joins that one's transaction, for the same actor."""

    def __init__(self, verb: str, function: Callable[Concatenate[S, P], R], *, reading: bool) -> None:
        self.verb = verb
        self.reading = reading
        self._function = function
        update_wrapper(self, function)

    def __call__(self, subject: S, *args: P.args, **kwargs: P.kwargs) -> R:
        """Raises NotAllowed, and whatever the function raises; then nothing has happened."""
        by = kwargs.get("by")
        if not isinstance(by, Actor):
            raise TypeError(f"{self.verb} needs by=, the actor")
        _same_actor(by, self.verb)
        require(by, self.verb, subject)
        with spends_kept(), transaction.atomic():
            return self._run(subject, by, args, kwargs)

    def _run(self, subject: S, by: Actor, args: Any, kwargs: Any) -> R:
        where, name = chain_of(subject), chain.name_of(subject)
        chain.lock(where)
        running = _Running(by, self.verb)
        token = _running.set(running)
        try:
            result = self._function(subject, *args, **kwargs)
        finally:
            _running.reset(token)
        about = [*running.noted, *_names_in(result)]
        chain.append(where, actor=by, verb=self.verb, subject=name, about=about, reading=self.reading)
        return result


def action(verb: str, *, reading: bool = False) -> Callable[[Callable[Concatenate[S, P], R]], Action[S, P, R]]:
    """Make a function a verb: ``def release_story(story, *, by: Actor, …)``.

    What it returns is noted in the record; ``note`` adds more. A secret ballot therefore returns nothing.
    ``reading=True``: it opens protected words, and the record says so for each thing it names.
    """

    def decorate(function: Callable[Concatenate[S, P], R]) -> Action[S, P, R]:
        _check_form(verb, function)
        made = Action(verb, function, reading=reading)
        ACTIONS.setdefault(verb, made)
        return made

    return decorate


def note(*things: Any) -> None:
    """Add what the running action made or read to its record. Raises RuntimeError outside an action, TypeError for a thing without id."""
    running = _running.get()
    if running is None:
        raise RuntimeError("nothing is noted outside an action")
    for thing in things:
        if not getattr(thing, "public_id", None):
            raise TypeError(f"a {type(thing).__name__} has no public id to note")
        running.noted.append(chain.name_of(thing))


def _same_actor(by: Actor, verb: str) -> None:
    outer = _running.get()
    if outer is not None and outer.actor.id != by.id:
        raise ValueError(f"{outer.verb} acts for {outer.actor.id}, so {verb} inside it cannot act for {by.id}")


def _names_in(result: Any) -> list[str]:
    things: Iterable[Any] = result if isinstance(result, list | tuple | set | frozenset) else (result,)
    return [chain.name_of(thing) for thing in things if hasattr(thing, "_meta") and getattr(thing, "public_id", None)]


def _check_form(verb: str, function: Callable[..., Any]) -> None:
    if not VERB.fullmatch(verb):
        raise ValueError(f"{verb!r} is not a verb such as story.release")
    parameters = list(inspect.signature(function).parameters.values())
    first = parameters[0].kind if parameters else None
    by = next((parameter for parameter in parameters if parameter.name == "by"), None)
    if first not in {inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD}:
        raise TypeError(f"{verb}: an action takes its subject first")
    if by is None or by.kind is not inspect.Parameter.KEYWORD_ONLY:
        raise TypeError(f"{verb}: an action takes by= as a keyword")
    if inspect.iscoroutinefunction(function):
        raise TypeError(f"{verb}: an action is not a coroutine")
