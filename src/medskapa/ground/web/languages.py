"""The languages of Medskapa: which there are, how they are written, and in which a page exists.

Settings read this module before Django is set up, so it imports nothing that needs settings.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.utils import translation


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its BCP 47 code, with the name its speakers give it."""

    code: str
    english: str
    own_name: str
    script: str
    direction: str


def _read() -> dict[str, Language]:
    with Path(__file__).with_name("languages.csv").open(encoding="utf-8", newline="") as rows:
        return {
            row["code"]: Language(row["code"], row["name_en"], row["autonym"], row["script"], row["direction"])
            for row in csv.DictReader(rows)
        }


KNOWN = _read()
FALLBACK = "en"
INSTEAD_OF = "-x-"
COMPLETE = ("sv", "en", "ar")  # cover every page
FOR_TELLERS = ("prs", "so", "ti", "ps", "ckb")  # cover TELLER_PAGES
READ_BY_NOBODY_YET = frozenset({"ar", *FOR_TELLERS})  # no native speaker has read these translations
ALIASES = {"fa-af": "prs", "ps-af": "ps", "ku": "ckb", "ku-latn": "kmr"}  # what phones send for languages that have a code of their own
DIGITS = {"ar": "٠١٢٣٤٥٦٧٨٩", "ckb": "٠١٢٣٤٥٦٧٨٩", "prs": "۰۱۲۳۴۵۶۷۸۹", "ps": "۰۱۲۳۴۵۶۷۸۹", "fa": "۰۱۲۳۴۵۶۷۸۹"}

# The pages a storyteller can meet, by the names of their addresses.
TELLER_PAGES = (
    "web:*",
    "choose_language",
    "labs:labs",
    "labs:lab",
    "labs:help",
    "labs:phases",
    "labs:rights",
    "listening:tell*",
    "listening:return*",
    "listening:own_*",
    "listening:leave",
    "listening:vote",
    "listening:new_statement",
    "labday:join*",
    "thread:read_echoes",
)
# Those of them in a lab where something is told, answered or joined.
TELLING_PAGES = ("listening:tell*", "listening:vote", "listening:new_statement", "labday:join*")
ANSWERING = "listening:vote"  # each answer leads back to it

LANGUAGES = [(language.code, language.own_name) for language in KNOWN.values()]
LANGUAGES_BIDI = [language.code for language in KNOWN.values() if language.direction == "rtl"]


def register() -> None:
    """Tell Django the languages it does not know, and the other codes they go under. Doing it twice does no harm."""
    for language in KNOWN.values():
        is_bidi = language.direction == "rtl"
        LANG_INFO[language.code] = {"bidi": is_bidi, "code": language.code, "name": language.english, "name_local": language.own_name}
    for alias, code in ALIASES.items():
        LANG_INFO[alias] = {"fallback": [code]}


def canonical(tag: str) -> str | None:
    """The code under which we keep a language that somebody names by any tag, or None: ``fa-AF`` is Dari, ``ckb-IQ`` Sorani."""
    parts = tag.strip().lower().replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        code = "-".join(parts[:length])
        if code in ALIASES:
            return ALIASES[code]
        if code in KNOWN:
            return code
    return None


def direction(tag: str) -> str:
    """``rtl`` or ``ltr``; a language we do not know is read left to right."""
    code = canonical(tag)
    return KNOWN[code].direction if code else "ltr"


def own_name(tag: str) -> str:
    """What a language calls itself; the tag itself for one we do not know."""
    code = canonical(tag)
    return KNOWN[code].own_name if code else tag


def in_digits(text: str, tag: str) -> str:
    """The text with its digits as they are written in a language."""
    digits = DIGITS.get(canonical(tag) or "")
    return text.translate(str.maketrans("0123456789", digits)) if digits else text


def is_for_tellers(view_name: str) -> bool:
    """Whether a storyteller can meet this page."""
    return any(fnmatchcase(view_name, pattern) for pattern in TELLER_PAGES)


def begins_telling(view_name: str, *, is_known: bool) -> bool:
    """Whether somebody begins to tell, answer or join on this page; who is known and answers goes on."""
    if is_known and view_name == ANSWERING:
        return False
    return any(fnmatchcase(view_name, pattern) for pattern in TELLING_PAGES)


def shown_in(asked: str, view_name: str | None) -> str:
    """The language in which a page comes to somebody who asked for it in ``asked``. Without a page: its error pages."""
    if asked in COMPLETE or (asked in FOR_TELLERS and (view_name is None or is_for_tellers(view_name))):
        return asked
    return FALLBACK


def of_page(view_name: str | None) -> list[str]:
    """The languages in which a page exists."""
    return [code for code in (*COMPLETE, *FOR_TELLERS) if shown_in(code, view_name) == code]


def suggested(header: str) -> list[str]:
    """Our languages in the order in which an Accept-Language header prefers them. It only suggests; people choose."""
    wishes = []
    for order, part in enumerate(header[:500].split(",")):
        tag, _, quality = part.partition(";q=")
        code = canonical(tag)
        if code:
            wishes.append((-_quality(quality), order, code))
    return list(dict.fromkeys(code for weight, _, code in sorted(wishes) if weight < 0))


def _quality(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def split(path: str) -> tuple[str | None, str]:
    """The language tag an address begins with, as written, and the rest: ``/sv/labs/`` gives ``sv`` and ``/labs/``."""
    first, _, rest = path.removeprefix("/").partition("/")
    return (first, f"/{rest}") if canonical(first) else (None, path)


def moved_to(path: str, code: str) -> str:
    """The same address in another language."""
    return f"/{code}{split(path)[1]}"


def spoken(asked: str, shown: str) -> str:
    """The code that Django is given. ``en-x-so`` is English for somebody who asked for Somali.

    One code says both, so that links stay in Somali: Django remembers addresses by the active code.
    """
    return asked if asked == shown else f"{shown}{INSTEAD_OF}{asked}"


@contextmanager
def speaking(asked: str, shown: str) -> Iterator[None]:
    """While this lasts, texts come in ``shown`` and links stay in the language that was asked for."""
    before = translation.get_language()
    translation.activate(spoken(asked, shown))
    try:
        yield
    finally:
        if before is None:
            translation.deactivate_all()
        else:
            translation.activate(before)


def wanted(spoken_code: str) -> str:
    """The language somebody asked for, out of a code that Django was given."""
    shown_code, _, asked_code = spoken_code.partition(INSTEAD_OF)
    return asked_code or shown_code


def asked() -> str:
    """The language somebody asked for: that of links, and of the lab's own texts where there are any."""
    return wanted(translation.get_language() or FALLBACK)


def shown() -> str:
    """The language in which the page comes."""
    return (translation.get_language() or FALLBACK).partition(INSTEAD_OF)[0]


register()
