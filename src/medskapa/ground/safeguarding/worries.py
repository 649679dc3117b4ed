"""Words that worry: whatever somebody tells is looked through for them the moment it is told, before anybody has read it.

Each language has a list (``texts/worries``) until a lab's officer changes it. All lists of a lab are sought in every text, since people
mix their languages. What is found is a hint for the officer, who reads; what is not found says nothing.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from medskapa.ground.labs.models import Lab
from medskapa.ground.safeguarding.models import WorryWords

FOLDER = Path(__file__).with_name("texts") / "worries"
FEWEST = 3  # letters, so that an expression is not found everywhere
STAR = "*"  # stands for any letters, at either end of an expression
TWICE = re.compile(r"([^\W\d_])\1+")  # "killl" is read as "kill"
JOINS = "'’ʼ‘`ـء"  # people leave them out
SAME = dict(zip("ıٱىیېۍێکګگةەہھۆڵڕ", "iايييييكككههههولر", strict=True))  # in Pashto and Sorani, too, many write what their phone has
ETHIOPIC = ((0x1210, 0x1200), (0x1280, 0x1200), (0x1220, 0x1230), (0x12D0, 0x12A0), (0x1340, 0x1338))  # rows of the same sound
SAME |= {chr(row + step): chr(like + step) for row, like in ETHIOPIC for step in range(8)}
SAME |= dict.fromkeys("ሃሓኃ", "ሀ") | dict.fromkeys("ኣዓ", "አ")


@dataclass(frozen=True, slots=True)
class Usual:
    """The list that comes with Medskapa in one language."""

    words: tuple[str, ...]
    is_read_by_a_speaker: bool


@dataclass(frozen=True, slots=True)
class WordList:
    """The expressions of one language in a lab, beside the list that comes with Medskapa, if there is one."""

    language: str
    words: tuple[str, ...]
    usual: Usual | None

    @property
    def is_changed(self) -> bool:
        """Whether the lab has a list of its own."""
        return self.words != (self.usual.words if self.usual else ())


class _Signs(dict[int, str]):
    """What becomes of each sign: a letter stays, a digit of any script is one of ours, what cannot be seen goes, all else is a gap."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        kind = unicodedata.category(sign)
        if sign in JOINS or kind in {"Mn", "Me", "Cf"}:
            self[code] = ""
        elif kind == "Nd":
            self[code] = str(unicodedata.digit(sign))
        else:
            self[code] = SAME.get(sign, sign) if kind[0] in "LM" else " "
        return self[code]


_signs = _Signs()


@cache
def usual() -> dict[str, Usual]:
    """The lists that come with Medskapa, by language. No SQL."""
    found = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
    return {language: Usual(tuple(said["words"].splitlines()), said["read_by_a_speaker"]) for language, said in found.items()}


def words_of(lab: Lab) -> dict[str, tuple[str, ...]]:
    """What raises a concern in a lab, by language: the usual expressions, or what its officer put in their place. One SQL query."""
    changed = {row.language: tuple(row.words.splitlines()) for row in WorryWords.objects.filter(lab=lab)}
    return {language: one.words for language, one in usual().items()} | changed


def lists_of(lab: Lab) -> list[WordList]:
    """The list of each language that comes with one or that people can tell in, for the officer. One SQL query."""
    words = words_of(lab)
    known = dict.fromkeys((*usual(), *lab.languages, *words))
    return [WordList(language, words.get(language, ()), usual().get(language)) for language in known]


def worrying(text: str, lab: Lab) -> list[str]:
    """The expressions of a lab's lists that stand in a text, each once, in the order of the lists. One SQL query."""
    return found_in(text, (word for words in words_of(lab).values() for word in words))


def found_in(text: str, words: Iterable[str]) -> list[str]:
    """Those of the expressions that stand in a text, each once. No SQL."""
    read = plain(text)
    return list(dict.fromkeys(word for word in words if (sought := _sought(word)) and sought in read))


def letters_in(word: str) -> int:
    """How many signs of an expression count when it is sought. No SQL."""
    return len(plain(word).replace(" ", ""))


def plain(text: str) -> str:
    """The words of a text between single spaces, without capitals, accents, letters drawn out and what cannot be seen. No SQL."""
    bare = "".join(sign for sign in text if not unicodedata.combining(sign))  # thousands of accents in a row are slow to sort
    signs = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", bare).casefold()).translate(_signs)
    return " " + " ".join(TWICE.sub(r"\1", signs).split()) + " "


@lru_cache(maxsize=10_000)
def _sought(word: str) -> str:
    """An expression as it stands in ``plain``; "" for what has no letters, which is found nowhere."""
    core = plain(word)
    if not core.strip():
        return ""
    begin = core.lstrip() if word.startswith(STAR) else core
    return begin.rstrip() if word.endswith(STAR) else begin
