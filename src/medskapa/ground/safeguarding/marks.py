"""Marks of personal data in free text: phones, e-mails, personal numbers, dates, case numbers, in the digits of all scripts.

Names and places are not marked; a person reads for them. A mark is a hint for that person, who changes the words or
lets them stand. If the marking itself fails, nothing is released.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from medskapa.ground.web.languages import COMPLETE, FOR_TELLERS


class Kind(models.TextChoices):
    """What a mark may be. The first kind that fits wins."""

    EMAIL = "email", _("E-mail address")
    LINK = "link", _("Web address or account")
    PERSONAL_NUMBER = "personal_number", _("Personal number")
    DATE = "date", _("Date")
    CASE_NUMBER = "case_number", _("Case number")
    PHONE = "phone", _("Phone number")
    NUMBER = "number", _("Long number")


NEUTRAL: dict[str, str | Promise] = {
    Kind.EMAIL: pgettext_lazy("instead of it", "an e-mail address"),
    Kind.LINK: pgettext_lazy("instead of it", "an account"),
    Kind.PERSONAL_NUMBER: pgettext_lazy("instead of it", "a personal number"),
    Kind.DATE: pgettext_lazy("instead of it", "a day"),
    Kind.CASE_NUMBER: pgettext_lazy("instead of it", "a case number"),
    Kind.PHONE: pgettext_lazy("instead of it", "a phone number"),
    Kind.NUMBER: pgettext_lazy("instead of it", "a number"),
}


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


GAP = r"[\s\-–—./()\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"  # between digits, invisible signs among them
MONTHS = (Path(__file__).with_name("months.txt")).read_text(encoding="utf-8").split()
MONTH = "(?:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")(?!\w)"
DAY_BEFORE = rf"(?<!\d)\d{{1,2}}\s?[.:]?\w?\s?{MONTH}(?:,?\s\d{{2,4}})?"
DAY_AFTER = rf"(?<!\w){MONTH}\s\d{{1,2}}(?!\d)(?:,?\s\d{{4}})?"
DAY_IN_DIGITS = r"(?<!\d)(?:\d{4}[-–/.]\d{1,2}[-–/.]\d{1,2}|\d{1,2}[-–/.]\d{1,2}[-–/.](?:\d{4}|\d\d)|\d{1,2}/\d{1,2})(?![\d/])"

PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.EMAIL, re.compile(r"[\w.+%-]{1,64} ?@ ?[\w-]{1,63}(?:\.[\w-]{1,63})+")),
    (Kind.LINK, re.compile(r"(?:https?://|www\.)\S{1,500}|(?<!\w)@\w{2,40}", re.I)),
    (Kind.PHONE, re.compile(r"(?<!\d)07\d{8}(?!\d)")),  # a Swedish mobile, though it could also be a day of birth
    (Kind.PERSONAL_NUMBER, re.compile(r"(?<!\d)(?:19|20)?\d\d(?:0\d|1[0-2])(?:[06][1-9]|[1278]\d|[39][01])\s?[-–+]?\s?\d{4}(?!\d)")),
    (Kind.DATE, re.compile(f"{DAY_BEFORE}|{DAY_AFTER}", re.I)),
    (Kind.DATE, re.compile(DAY_IN_DIGITS)),
    (Kind.CASE_NUMBER, re.compile(r"(?<![\w-])[A-ZÅÄÖ]{1,4}[ -]?\d{2,8}(?:[-–/]\d{2,8}){0,2}(?!\w)|(?<!\d)\d{2,4}[-–/]\d{4,8}(?!\d)")),
    (Kind.PHONE, re.compile(rf"(?<!\d)(?:\+|00)?\d(?:{GAP}{{0,3}}\d){{6,14}}(?!\d)")),
    (Kind.NUMBER, re.compile(rf"(?<!\d)\d(?:{GAP}?\d){{4,30}}(?!\d)")),
)


def personal_marks(text: str) -> list[Mark]:
    """The stretches that may point somebody out, in their order; none overlaps another."""
    plain = "".join(map(_plain_digit, text))
    marks: list[Mark] = []
    for kind, pattern in PATTERNS:
        for found in pattern.finditer(plain):
            start, end = found.span()
            if all(end <= mark.start or mark.end <= start for mark in marks):
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


def neutral(text: str, sign: str, language: str) -> str:
    """The text with every place of one mark replaced by what it is, in the text's language: ``[a phone number]``. Others stay."""
    kind = sign.partition(":")[0]
    if kind not in NEUTRAL:
        return text
    word = "[…]"
    if language in (*COMPLETE, *FOR_TELLERS):
        with override(language):
            word = f"[{NEUTRAL[kind]}]"
    return "".join(word if piece.mark and piece.mark.sign == sign else piece.text for piece in pieces(text, personal_marks(text)))


def _plain_digit(sign: str) -> str:
    """Digits of every script as 0–9, all else as it is; one sign for one sign, so that places stay."""
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)
