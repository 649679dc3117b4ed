"""Names of people and places, told by how they are written and without any list of names: for Swedish and English.

In the middle of a sentence a capital is a name, save for the words that the language writes so. At its beginning a word is one if it
stands with a capital elsewhere, too, if a name follows it, or if it is no ordinary word. After "my name is" it needs no capital.
"""

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from medskapa.ground.safeguarding.marks.kinds import Kind

HERE = Path(__file__).parent
LANGUAGES = frozenset(path.stem for path in HERE.glob("*.toml"))
WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
BEFORE = " \t\"'”“»«‘’([{*_"  # may stand between the end of a sentence and the word that begins the next
ENDS = ".!?…:;\n\r•–—"
LONGEST = 60  # letters of an ordinary word
MOSTLY = 0.6  # of the longer words of a line: then it is written like a title, where capitals say nothing


@dataclass(frozen=True, slots=True)
class Language:
    """What has to be known of a language."""

    capitals: frozenset[str]
    ordinary: frozenset[str]
    stems: frozenset[str]
    named: re.Pattern[str]
    near: frozenset[str]
    streets: tuple[str, ...]
    schools: tuple[str, ...]
    endings: tuple[str, ...]
    joins_words: bool  # whether it writes two words as one, of which the last says what it is

    def knows(self, word: str) -> bool:
        """Whether it is an ordinary word, or a form of one."""
        if len(word) > LONGEST:
            return False
        return self._is_form(word) or (self.joins_words and any(self._is_form(word[place:]) for place in range(3, len(word) - 4)))

    def _is_form(self, word: str) -> bool:
        return word in self.ordinary or any(word.endswith(end) and word[: -len(end)] in self.stems for end in self.endings)


@dataclass(slots=True)
class Found:
    """A word of a text: what it may be, and whether it begins a sentence."""

    start: int
    end: int
    word: str
    is_start: bool
    kind: Kind | None = None

    @property
    def lower(self) -> str:
        return self.word.lower()

    @property
    def has_capital(self) -> bool:
        parts = re.split(r"['’\-]", self.word)
        return len(self.word) > 1 and any(part[:1].isupper() for part in parts) and not self.word.isupper()


def names(text: str, language: str) -> list[tuple[int, int, Kind]]:
    """Where names and places stand in a text of one of ``LANGUAGES``."""
    known = language_of(language)
    words = [Found(*found.span(), found.group(), _begins(text, found.start())) for found in WORD.finditer(text)]
    _by_capitals(words, text, known)
    _by_what_stands_before(words, text, known)
    _by_form(words, known)
    return list(_runs(words, text))


@cache
def language_of(code: str) -> Language:
    """What its files say. Both languages' ordinary words count in each, since people mix them."""
    files_of = {other: tomllib.loads((HERE / f"{other}.toml").read_text(encoding="utf-8")) for other in LANGUAGES}
    said = files_of[code]
    ordinary = frozenset(word for other in LANGUAGES for word in (*_words(f"ordinary.{other}.txt"), *files_of[other]["ordinary"].split()))
    ends = tuple(said["endings"])
    stems = ordinary | {word[: -len(end)] for word in ordinary for end in ends if word.endswith(end) and len(word) - len(end) > 2}
    return Language(
        capitals=frozenset(said["capitals"].split()),
        ordinary=ordinary,
        stems=stems,
        named=re.compile(r"(?<!\w)(?:" + "|".join(said["named"]) + r")\s+$", re.I),
        near=frozenset(said["near"]),
        streets=tuple(said["streets"]),
        schools=tuple(said["schools"]),
        endings=ends,
        joins_words=said["joins_words"],
    )


@cache
def places() -> frozenset[str]:
    """The names of Sweden's municipalities and counties, in small letters, as they stand in the files of ``places``."""
    folder = files("medskapa.ground.places") / "data"
    found = set()
    for name in ("municipalities", "counties"):
        for row in csv.DictReader((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()):
            found.add(row["name"].lower().removesuffix(" län").removesuffix("s"))
    return frozenset(found)


def _words(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").split()


def _begins(text: str, place: int) -> bool:
    before = text[:place].rstrip(BEFORE) if place < 200 else text[place - 200 : place].rstrip(BEFORE)
    return not before or before[-1] in ENDS


def _by_capitals(words: list[Found], text: str, known: Language) -> None:
    """Capitals in the middle of sentences first; then what begins one, from its end, so that a name that follows is known."""
    titles = _titles(text)
    for found in words:
        is_ordinary = found.lower in known.capitals or (_within(found, titles) and known.knows(found.lower))
        if found.has_capital and not found.is_start and not is_ordinary:
            found.kind = Kind.NAME
    certain = {found.lower.removesuffix("s") for found in words if found.kind}
    for found, following in reversed(list(zip(words, [*words[1:], None], strict=False))):
        if not found.has_capital or not found.is_start or found.lower in known.capitals:
            continue
        is_first = following is not None and following.kind is not None and text[found.end : following.start] == " "
        if not known.knows(found.lower) or found.lower.removesuffix("s") in certain or (is_first and found.lower not in known.ordinary):
            found.kind = Kind.NAME


def _titles(text: str) -> list[tuple[int, int]]:
    """The lines that are written like titles."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        longer = [word for word in WORD.findall(line.group()) if len(word) > 3]
        if len(longer) > 1 and sum(word[0].isupper() for word in longer) > MOSTLY * len(longer):
            found.append(line.span())
    return found


def _within(found: Found, lines: list[tuple[int, int]]) -> bool:
    return any(start <= found.start < end for start, end in lines)


def _by_what_stands_before(words: list[Found], text: str, known: Language) -> None:
    """After "my name is" a name follows, and after "near" rather a place."""
    before = ""
    for found in words:
        if found.kind is None and known.named.search(text[max(0, found.start - 20) : found.start]) and not known.knows(found.lower):
            found.kind = Kind.NAME
        if found.kind is Kind.NAME and before in known.near:
            found.kind = Kind.PLACE
        before = found.lower


def _by_form(words: list[Found], known: Language) -> None:
    """Schools, streets and municipalities, also in small letters; "the school" is none."""
    for found in words:
        if found.lower in known.ordinary or found.lower.removesuffix("s") in known.ordinary:
            continue
        word = found.lower.removesuffix("s")
        if _ends(word, known.schools):
            found.kind = Kind.SCHOOL
        elif _ends(word, known.streets):
            found.kind = Kind.ADDRESS
        elif word in places() and (found.kind or not known.knows(word)):
            found.kind = Kind.PLACE


def _ends(word: str, endings: tuple[str, ...]) -> bool:
    return any(word.endswith(ending) and len(word) > len(ending) + 2 for ending in endings)


def _runs(words: list[Found], text: str) -> Iterator[tuple[int, int, Kind]]:
    """Words that stand together are one name; the last says what it is a name of."""
    run: list[Found] = []
    for found in words:
        if run and (found.kind is None or text[run[-1].end : found.start] != " " or found.is_start):
            yield _one(run)
            run = []
        if found.kind is not None:
            run.append(found)
    if run:
        yield _one(run)


def _one(run: list[Found]) -> tuple[int, int, Kind]:
    special = [found.kind for found in run if found.kind not in {None, Kind.NAME}]
    return run[0].start, run[-1].end, special[-1] or Kind.NAME if special else Kind.NAME
