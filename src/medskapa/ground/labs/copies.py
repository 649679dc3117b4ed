"""A copy of all that is kept about one teller: each room says its part, and the page and the file show them all.

    add_part(Part("votes", _("What you answered"), (Vote,), votes))

Registered in AppConfig.ready, in the order of the rooms.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import unseal


@dataclass(frozen=True, slots=True)
class Named:
    """A text of the lab, said in the language of the page."""

    row: Any
    field: str = "title"


@dataclass(frozen=True, slots=True)
class Locked:
    """Words under a seal."""

    row: Model
    field: str = "words"


Value = Named | Locked | str | Promise | int | float | bool | datetime | date | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is kept: its name in the file for machines, its name for people, and what it is.

    ``language``: of words that somebody wrote; they are shown as they stand.
    """

    key: str
    label: str | Promise
    value: Value
    language: str = ""

    @property
    def is_moment(self) -> bool:
        """Whether it is a day or a moment, which pages write as people do."""
        return isinstance(self.value, date)


@dataclass(frozen=True, slots=True)
class File:
    """Something kept that is no text: the name it gets in the file, and what it holds."""

    name: str
    content: bytes


Entry = tuple[Fact, ...]  # what belongs together: a story, a message


@dataclass(frozen=True, slots=True)
class Part:
    """What one room keeps about a teller: from which models, and how it is told."""

    name: str
    title: str | Promise
    models: tuple[type[Model], ...]
    entries: Callable[[Pseudonym], Iterable[Entry]]
    files: Callable[[Pseudonym], Iterable[File]] = lambda _teller: ()


@dataclass(frozen=True, slots=True)
class Told:
    """A part as it is for one teller."""

    name: str
    title: str | Promise
    entries: list[Entry]


PARTS: dict[str, Part] = {}


def add_part(part: Part) -> None:
    """Add what a room keeps. Called in AppConfig.ready."""
    PARTS[part.name] = part


def copy_of(teller: Pseudonym) -> list[Told]:
    """All that is kept about a teller, part by part; parts without anything are left out.

    SQL: what the parts say of theirs, one to open all words, one for wordings.
    """
    told = [Told(part.name, part.title, list(part.entries(teller))) for part in PARTS.values()]
    values = [fact.value for part in told for entry in part.entries for fact in entry]
    worded([value.row for value in values if isinstance(value, Named)], get_language() or "")
    locked = list({id(value.row): value.row for value in values if isinstance(value, Locked)}.values())
    opened = {id(row): one for row, one in zip(locked, unseal(locked), strict=True)}
    return [Told(part.name, part.title, [_said(entry, opened) for entry in part.entries]) for part in told if part.entries]


@action("teller.copy")
def read_copy(teller: Pseudonym, *, by: Actor) -> list[Told]:
    """Open all that is kept about a teller, for themselves. Raises NotAllowed. SQL: that of ``copy_of`` and the record."""
    return copy_of(teller)


def packed(told: list[Told], teller: Pseudonym) -> bytes:
    """The same as a ZIP file: a page to read in any browser, a file for machines, pictures and recordings."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("read-me.html", render_to_string("labs/copy_file.html", {"told": told, "teller": teller, "moment": now()}))
        archive.writestr("everything.json", json.dumps(_for_machines(told), ensure_ascii=False, indent=2))
        for kept in chain.from_iterable(PARTS[part.name].files(teller) for part in told):
            archive.writestr(kept.name, kept.content)
    return file.getvalue()


def register() -> None:
    """Say the part about the code itself. Called in AppConfig.ready."""
    add_part(Part("code", _("Your code"), (), about_code))


def about_code(teller: Pseudonym) -> list[Entry]:
    """What is kept of the code itself. The code is not: only what it can be recognised by."""
    return [
        (
            Fact("lab", _("Lab"), Named(teller.lab, "name")),
            Fact("made_at", _("Code given"), teller.made_at),
            Fact("language", _("Language"), teller.language),
            Fact("age_band", _("How old you are"), teller.get_age_band_display() if teller.age_band else None),
            Fact("age_confirmed_at", _("When you said that"), teller.age_confirmed_at),
            Fact("alias", _("The name you chose"), teller.alias or None),
            Fact("contact", _("How the lab can reach you"), _end_of_contact(teller) if teller.contact else None),
        )
    ]


def _end_of_contact(teller: Pseudonym) -> str:
    """Enough for its teller to know which it is; whoever found or forced a code learns of nobody's phone or mail. One SQL query."""
    contact = unseal(teller, only=["contact"]).contact or ""
    return gettext("It ends in “%(end)s”. The rest is not shown, in case somebody else has your code.") % {"end": contact[-2:]}


def _said(entry: Entry, opened: dict[int, Any]) -> Entry:
    """The same with all words in it."""
    return tuple(replace(fact, value=_words(fact.value, opened)) for fact in entry)


def _words(value: Value, opened: dict[int, Any]) -> Value:
    if isinstance(value, Named):
        return text_of(value.row, value.field)
    return getattr(opened[id(value.row)], value.field) if isinstance(value, Locked) else value


def _for_machines(told: list[Told]) -> dict[str, Any]:
    return {part.name: [{fact.key: _plain(fact.value) for fact in entry} for entry in part.entries] for part in told}


def _plain(value: Value) -> str | int | float | bool | None:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | float | None) else str(value)
