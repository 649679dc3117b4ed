"""Marks of likely personal data in free text. What can be told by its form is marked in every language and in the digits of all
scripts; names and places in Swedish and English, and elsewhere a person reads for them.

A mark is a hint for that person, who puts a neutral word in its place, changes the words or lets them stand. If the marking itself
fails, nothing is released.
"""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import override

from medskapa.ground.safeguarding.marks.kinds import NEUTRAL, Kind
from medskapa.ground.safeguarding.marks.names import LANGUAGES, names
from medskapa.ground.safeguarding.marks.patterns import PATTERNS
from medskapa.ground.web.languages import COMPLETE, FOR_TELLERS

__all__ = ["Kind", "Mark", "Piece", "has_names", "neutral", "personal_marks", "pieces"]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of a text that may point somebody out."""

    start: int
    end: int
    kind: Kind
    text: str

    @property
    def sign(self) -> str:
        """How somebody says that they have seen this mark; the same wherever in the text it stands."""
        return f"{self.kind.value}:{self.text}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, marked or not."""

    text: str
    mark: Mark | None


def has_names(language: str) -> bool:
    """Whether names and places are marked in this language."""
    return language in LANGUAGES


def personal_marks(text: str, language: str = "") -> list[Mark]:
    """The stretches that may point somebody out, in their order; none overlaps another. Names and places if the language has them."""
    plain = "".join(map(_plain_digit, text))
    spans = [(start, end, pattern.kind) for pattern in PATTERNS for start, end in pattern.found(plain)]
    if has_names(language):
        spans += names(text, language)
    taken = bytearray(len(text))
    marks = []
    for start, end, kind in spans:
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            marks.append(Mark(start, end, kind, text[start:end]))
    return sorted(marks)


def pieces(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The whole text in pieces, marked and unmarked, for a page that shows them."""
    found, place = [], 0
    for mark in sorted(marks):
        if mark.start > place:
            found.append(Piece(text[place : mark.start], None))
        found.append(Piece(mark.text, mark))
        place = mark.end
    if place < len(text):
        found.append(Piece(text[place:], None))
    return found


def neutral(text: str, signs: Collection[str], language: str) -> str:
    """The text with every place of these marks replaced by what it is, in the text's language: ``[a phone number]``. Others stay."""
    found = pieces(text, personal_marks(text, language))
    return "".join(_neutral_word(piece.mark.kind, language) if piece.mark and piece.mark.sign in signs else piece.text for piece in found)


def _neutral_word(kind: Kind, language: str) -> str:
    if language not in (*COMPLETE, *FOR_TELLERS):
        return "[…]"
    with override(language):
        return f"[{NEUTRAL[kind]}]"


def _plain_digit(sign: str) -> str:
    """Digits of every script as 0–9, all else as it is; one sign for one sign, so that places stay."""
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)
