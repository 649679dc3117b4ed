"""What a later room shows on the page of an earlier one: the later room offers a panel, the page shows what is offered.

A panel that raises is left out and logged; in tests (``MEDSKAPA_PANELS_RAISE``) it fails the test.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise

ARTEFACT_THREAD = "artefact.thread"
RETURN_STEPS = "return.steps"
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
        RETURN_STEPS,
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
T = TypeVar("T")


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
    """One thing to do now: what, where (the row to open, or an address), and by when (None: no time is set).

    text    may hold ``{title}``; there the title of ``about`` is put, in the language of the page
    about   the row that it is about, if its text names one; ``field`` is where its title stands
    """

    text: str | Promise
    where: Any
    due: datetime | None = None
    about: Any = None
    field: str = "title"

    @property
    def address(self) -> str:
        """Where one goes to do it."""
        return self.where if isinstance(self.where, str) else str(self.where.get_absolute_url())

    @property
    def is_past(self) -> bool:
        """Whether its time is over: then it has waited since."""
        return self.due is not None and self.due < timezone.now()


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to what somebody told: when, at which stage, in a few words, and the template that tells it.

    about   the public ids of what it tells of
    of      the public ids of the stories it grew from; none where nobody knows
    others  how many other people have joined by then
    rows    whose texts the page brings in its language, for all steps at once
    """

    moment: date | datetime
    stage: str
    says: str | Promise
    template: str
    context: dict[str, Any]
    about: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    others: int = 0
    rows: tuple[Any, ...] = field(default=(), repr=False)
    is_word: bool = False  # the lab's own word about something; it stands with what it is about
    is_new: bool = False

    @property
    def at(self) -> datetime:
        """When it happened; a day counts from its beginning, where the lab is."""
        if isinstance(self.moment, datetime):
            return self.moment
        return timezone.make_aware(datetime.combine(self.moment, time.min))


Built = Shown | tuple[str, dict[str, Any]] | list[Todo] | list[Step] | None


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
    found = [todo for built in _built(FIRST_TODO, actor, subject) for todo in _items(built, Todo)]
    return sorted(found, key=lambda todo: (todo.due is None, todo.due.timestamp() if todo.due else 0))[:most]


def steps(actor: PanelActor | None, subject: Any) -> list[Step]:
    """What later rooms know to have happened to what somebody told, room by room."""
    return [step for built in _built(RETURN_STEPS, actor, subject) for step in _items(built, Step)]


def _items(built: Built, kind: type[T]) -> list[T]:
    return [item for item in built if isinstance(item, kind)] if isinstance(built, list) else []


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
