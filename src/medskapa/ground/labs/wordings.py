"""Texts of a lab in the reader's language, found for a whole list at once."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import get_language

from medskapa.ground.labs.models import Lab, Wording
from medskapa.ground.ledger.db.shapes import Shape, filled_up, stand_ins
from medskapa.ground.people.models import Organisation
from medskapa.ground.web import languages

T = TypeVar("T")
OF_LAB = [field.attname for field in Lab._meta.concrete_fields]
OF_HOST = [field.attname for field in Organisation._meta.concrete_fields]


def worded(rows: Iterable[T], language: str) -> list[T]:
    """The same rows, each with ``wordings`` (field → Wording) in this language. One SQL query, none for an empty list.

    A template shows a text with ``{% said row "title" %}``: the wording if there is one, else the original words.
    """
    found = list(rows)
    by_subject: dict[str, dict[str, Wording]] = defaultdict(dict)
    subjects = [_id(row) for row in found]
    if subjects:
        wanted = filled_up(subjects)
        for wording in _said_of(len(wanted)).rows(languages.wanted(language), *wanted):
            by_subject[wording.subject][wording.field] = wording
    for row, subject in zip(found, subjects, strict=True):
        row.wordings = by_subject[subject]  # type: ignore[attr-defined]
    return found


def worded_one(row: T, language: str) -> T:
    """The same row with its ``wordings``. One SQL query."""
    return worded([row], language)[0]


def wording_of(row: Any, field: str) -> Wording | None:
    """The wording of a field of a row that went through ``worded``. No SQL."""
    found: dict[str, Wording] = getattr(row, "wordings", {})
    return found.get(field)


def lab_at(slug: str, language: str) -> Lab | None:
    """The lab at an address, with its name, which each of its pages shows, in this language. One SQL query."""
    found = _LAB.rows(slug, languages.wanted(language))
    if not found:
        return None
    row = found[0]
    host, name = row[len(OF_LAB) : -1], row[-1]
    lab = Lab.from_db("default", OF_LAB, row[: len(OF_LAB)])
    if lab.host_id is not None:
        lab.host = Organisation.from_db("default", OF_HOST, host)
    lab.wordings = {} if name is None else {"name": Wording(lab=lab, field="name", language=language, text=name)}  # type: ignore[attr-defined]
    return lab


def text_of(row: Any, field: str = "title") -> str:
    """A text of a row in the language of the page. One SQL query, none if the row went through ``worded``."""
    if not hasattr(row, "wordings"):
        worded_one(row, get_language() or "")
    wording = wording_of(row, field)
    return wording.text if wording else str(getattr(row, field))


def _id(row: Any) -> str:
    return str(row.public_id)


def _labs_at(slug: str, language: str) -> QuerySet[Lab, Any]:
    words = Wording.objects.filter(subject=OuterRef("public_id"), field="name", language=language).values("text")
    return Lab.objects.filter(slug=slug).values_list(*OF_LAB, *(f"host__{name}" for name in OF_HOST), Subquery(words[:1]))


@lru_cache
def _said_of(count: int) -> Shape:
    """Everything that is worded in a language of so many rows: nearly every page asks, some of them five times."""

    def build(language: str, *subjects: str) -> QuerySet[Wording]:
        return Wording.objects.filter(subject__in=subjects, language=language)

    return Shape(build, "language of a page", *stand_ins(count))


_LAB = Shape(_labs_at, "slug of a lab", "language of a page")
