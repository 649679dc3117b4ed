"""What a later room shows on the page of an earlier one: the later room offers a panel, the page shows what is offered.

A panel that raises is left out and logged; in tests (``MEDSKAPA_PANELS_RAISE``) it fails the test.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.utils.functional import Promise

ARTEFACT_THREAD = "artefact.thread"
RETURN_ECHOES = "return.echoes"
FIRST_TODO = "first.todo"
DESK_WAITING = "desk.waiting"
LAB_FIGURES = "lab.figures"
LAB_FRONT = "lab.front"
CONCERN_ABOUT = "concern.about"
IDEA_TRIED_BEFORE = "idea.tried_before"
SIGN_IN_PEOPLE = "sign_in.people"
ACCOUNT_PLACES = "account.places"
PLACES = frozenset(
    {
        ARTEFACT_THREAD,
        RETURN_ECHOES,
        FIRST_TODO,
        DESK_WAITING,
        LAB_FIGURES,
        LAB_FRONT,
        CONCERN_ABOUT,
        IDEA_TRIED_BEFORE,
        SIGN_IN_PEOPLE,
        ACCOUNT_PLACES,
    }
)

logger = logging.getLogger(__name__)


class PanelActor(Protocol):
    """All that panels know of whoever looks; the ledger's Actor is one."""

    @property
    def id(self) -> str: ...

    @property
    def roles(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel ready to be shown: its template and what that template needs."""

    template: str
    context: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do now: what, where (the row to open, or an address), and by when (None: no time is set)."""

    text: str | Promise
    where: Any
    due: datetime | None = None

    @property
    def address(self) -> str:
        """Where one goes to do it."""
        return self.where if isinstance(self.where, str) else str(self.where.get_absolute_url())


Built = Shown | tuple[str, dict[str, Any]] | list[Todo] | None


@dataclass(frozen=True, slots=True)
class Panel:
    """An offer for a place: its order there, what it costs in SQL queries, and the function that builds it."""

    place: str
    order: int
    queries: int
    build: Callable[[Any, Any], Built]


_offered: list[Panel] = []


def offer(panel: Panel) -> None:
    """Offer a panel; called in ``AppConfig.ready``. Raises ValueError for a place that no page has."""
    if panel.place not in PLACES:
        raise ValueError(f"no page has a place {panel.place!r}; there are {', '.join(sorted(PLACES))}")
    if panel not in _offered:
        _offered.append(panel)


def offered(place: str) -> list[Panel]:
    """The panels of a place in their order."""
    return sorted((panel for panel in _offered if panel.place == place), key=lambda panel: panel.order)


def shown(place: str, actor: PanelActor | None, subject: Any) -> Iterator[Shown]:
    """What the panels of a place have to show to somebody about a subject."""
    for built in _built(place, actor, subject):
        if isinstance(built, Shown):
            yield built
        elif isinstance(built, tuple):
            yield Shown(*built)


def todos(actor: PanelActor | None, subject: Any, most: int = 3) -> list[Todo]:
    """The things to do now that are most due; those without a time come last."""
    found = [todo for built in _built(FIRST_TODO, actor, subject) if isinstance(built, list) for todo in built]
    return sorted(found, key=lambda todo: (todo.due is None, todo.due.timestamp() if todo.due else 0))[:most]


def _built(place: str, actor: PanelActor | None, subject: Any) -> Iterator[Built]:
    for panel in offered(place):
        try:
            built = panel.build(actor, subject)
        except Exception:
            left_out(panel.place)
        else:
            yield built


def left_out(place: str) -> None:
    """Log the error that is being handled, or pass it on in tests."""
    if getattr(settings, "MEDSKAPA_PANELS_RAISE", False):
        raise  # whoever calls is handling it
    logger.exception("a panel of %s is left out", place)
