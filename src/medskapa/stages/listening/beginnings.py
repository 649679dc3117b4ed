"""How an answer can begin: a few texts in every language of tellers, and the lab's own. A person reads, changes and sends them.

``[…]`` marks what has to be filled in; an answer in which one is left is not sent.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from medskapa.ground.labs.models import Lab, Wording
from medskapa.ground.web import languages
from medskapa.stages.listening.models import Beginning

BLANK = re.compile(r"\[\s*(?:…|\.{2,})\s*\]")
EVERYWHERE: dict[str, tuple[Promise, Promise]] = {
    "thanks": (
        _("Thank you, and what happens now"),
        _(
            "Thank you for telling us. What you told has arrived, and a person in the lab reads it. You can come back with your code "
            "and see here who has read it and what it leads to."
        ),
    ),
    "read": (
        _("We have read it"),
        _(
            "We have read what you told us. Thank you. This is what stays with us: […]. If we have understood something wrongly, "
            "write to us here. You do not need to say who you are."
        ),
    ),
    "ask": (
        _("We want to ask something"),
        _(
            "Thank you for what you told us. We would like to understand one thing better: […]. You do not have to answer. "
            "If you want to, write to us here. You do not need to say who you are."
        ),
    ),
    "part": (
        _("It is now part of what we work with"),
        _(
            "What you told us is now part of what we work with: […]. We do not know yet what it will lead to. "
            "You can see here what becomes of it."
        ),
    ),
    "others": (
        _("We cannot change this ourselves"),
        _(
            "What you told us is important. We cannot change it ourselves. Who can: […]. This is how you reach them: […]. "
            "You decide whether you want to."
        ),
    ),
    "help": (
        _("Where there is help now"),
        _(
            "What you told us sounds hard. You do not have to carry it alone. Here you can talk to somebody: […]. "
            "There are more numbers under “Talk to somebody now”, at the bottom of every page here."
        ),
    ),
    "case": (
        _("Your case is not affected"),
        _(
            "What you told us does not affect your case. The lab decides nothing about permits, money or where you live. "
            "You can take your story back here at any time. That does not affect your case either."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """A text to begin with, in all languages in which there is one."""

    key: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    language: str  # in which it was first written
    is_own: bool  # of the lab

    def title(self, language: str) -> str:
        """What it is for."""
        return self.titles.get(language, self.titles[self.language])

    def text(self, language: str) -> str:
        """What it says: in this language if there is such a text, else as it was first written."""
        return self.texts.get(language, self.texts[self.language])

    def language_of(self, language: str) -> str:
        """The language in which ``text`` comes."""
        return language if language in self.texts else self.language


def offered(lab: Lab) -> list[Offered]:
    """What an answer of a lab can begin with, its own texts first. Two SQL queries, one if it has none of its own."""
    rows = list(lab.beginnings.filter(closed_at__isnull=True).order_by("pk"))
    said: dict[tuple[str, str], dict[str, str]] = {}
    for wording in Wording.objects.filter(subject__in=[row.public_id for row in rows]) if rows else ():
        said.setdefault((wording.subject, wording.field), {})[wording.language] = wording.text
    return [*(_own(row, said) for row in rows), *brought(lab)]


def brought(lab: Lab) -> list[Offered]:
    """Those of every lab that are true of this one: an authority may well decide about somebody's case. No SQL."""
    untrue = {"case"} if lab.host_kind == Lab.HostKind.AUTHORITY else set()
    return [one for one in everywhere() if one.key not in untrue]


def has_blank(words: str) -> bool:
    """Whether something is still to be filled in."""
    return BLANK.search(words) is not None


def is_untouched(words: str, found: list[Offered]) -> bool:
    """Whether these words are one of the texts as it was brought, or none."""
    return " ".join(words.split()) in {"", *(" ".join(text.split()) for one in found for text in one.texts.values())}


@cache
def everywhere() -> tuple[Offered, ...]:
    """Those of every lab. No SQL."""
    return tuple(Offered(key, _in_all(title), _in_all(text), languages.FALLBACK, is_own=False) for key, (title, text) in EVERYWHERE.items())


def _in_all(text: Promise) -> dict[str, str]:
    found = {}
    for code in (*languages.COMPLETE, *languages.FOR_TELLERS):
        with override(code):
            found[code] = str(text)
    return found


def _own(row: Beginning, said: Mapping[tuple[str, str], Mapping[str, str]]) -> Offered:
    titles = {**said.get((row.public_id, "title"), {}), row.language: row.title}
    texts = {**said.get((row.public_id, "text"), {}), row.language: row.text}
    return Offered(row.public_id, titles, texts, row.language, is_own=True)
