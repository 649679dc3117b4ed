"""What a stage of the red thread and a link between two artefacts are, and where they are kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import ForeignKey, ForeignObjectRel, Model, QuerySet
from django.utils.functional import Promise

from medskapa.ground.ledger.actors import Actor

STAGES = ("listen", "understand", "frame", "create", "prototype", "choose", "support", "realise", "spread", "back")
SELF = "self"

Text = str | Promise
Moment = date | datetime | Text | None


def _own_address(row: Any) -> str:
    return str(row.get_absolute_url())


def _no_place(row: Any, actor: Actor) -> Text:
    return ""


def _no_moment(row: Any, actor: Actor) -> Moment:
    return None


def _own_state(row: Any) -> Text:
    display = getattr(row, "get_state_display", None)
    return display() if display else ""


def _never(row: Any) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Stage:
    """One kind of artefact on the thread.

    visible    the rows of the model that an actor may see, as a query set; ``select_related`` in it saves queries
    title      what an artefact is called, for this reader
    moment     when it was, for this reader: a date, a moment, or words such as "spring 2017"
    place      where it is, for this reader
    state      its state in words
    address    its page
    is_withdrawn  whether all that is left of it is a stump
    opens      sealed fields that title, moment or place need (they then get an opened row)
    is_counted whether ``counts`` counts it for its stage
    gives_way  whether a picture leaves it to the artefact of its stage that it grew into or grew from: an application to its decision,
               a statement to the story behind it
    """

    name: str
    model: type[Model]
    visible: Callable[[Actor], QuerySet[Any]]
    title: Callable[[Any, Actor], Text]
    moment: Callable[[Any, Actor], Moment] = _no_moment
    place: Callable[[Any, Actor], Text] = _no_place
    state: Callable[[Any], Text] = _own_state
    address: Callable[[Any], str] = _own_address
    is_withdrawn: Callable[[Any], bool] = _never
    opens: tuple[str, ...] = ()
    is_counted: bool = True
    gives_way: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """That one artefact grew from another: ``parent`` and ``child`` are keys of ``model``; "self" is the model's own row.

    An end may lie some keys away: ``prompt__stories`` are the stories told to the prompt that this row names.
    """

    model: type[Model]
    parent: str
    child: str = SELF

    def end(self, name: str) -> type[Model]:
        """The model at this end."""
        if name == SELF:
            return self.model
        found = self.model
        for step in name.split("__"):
            key = found._meta.get_field(step)
            if not isinstance(key, ForeignKey | ForeignObjectRel):
                raise TypeError(f"{self.model.__name__}.{name} is not a key to an artefact")
            found = key.related_model
        return found


@dataclass(slots=True)
class Registry:
    """Stages and links. The installation has one; tests make their own."""

    stages: dict[type[Model], Stage] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    def register(self, stage: Stage) -> None:
        """Add a kind of artefact. Raises ValueError for an unknown stage or a model registered twice."""
        if stage.name not in STAGES:
            raise ValueError(f"{stage.name} is no stage; the stages are {', '.join(STAGES)}")
        if self.stages.setdefault(stage.model, stage) is not stage:
            raise ValueError(f"{stage.model.__name__} is already on the thread")

    def link(self, link: Link) -> None:
        """Add what grows from what. Raises TypeError if an end is no key, ValueError if both ends are the same."""
        if link.parent == link.child:
            raise ValueError(f"{link.model.__name__}: parent and child of a link are two keys")
        link.end(link.parent)
        link.end(link.child)
        if link not in self.links:
            self.links.append(link)


REGISTRY = Registry()
