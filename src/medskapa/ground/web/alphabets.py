"""Letters that are taken for others: a name in which a Cyrillic а stands for a Latin a is somebody else's name to a machine only.

After Unicode Technical Standard 39, *Unicode Security Mechanisms*: a word keeps to one alphabet, and beside words in Latin letters
stands no abbreviation in other letters that looks like one in Latin letters. Beside other names stands none that looks just like one of
them in other letters; by itself such a name is anybody's own.
"""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ALIKE = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC"})  # alphabets with letters of one shape
LATIN_LOOKS = frozenset("АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινυ")
DRAWN = ("<font>", "<wide>", "<narrow>", "<circle>")  # letters of mathematics and of wide fonts, which are other signs for the same letter
WORD = re.compile(r"[^\W\d_]+")
LOOKS_LIKE = str.maketrans(dict(re.findall(r"^(\w) (\w)$", Path(__file__).with_name("lookalikes.txt").read_text("utf-8"), re.MULTILINE)))


def plain_letters(text: str) -> str:
    """The text with each letter that is only drawn otherwise as the letter itself: ``𝐑each`` as ``Reach``."""
    return "".join(unicodedata.normalize("NFKC", sign) if unicodedata.decomposition(sign).startswith(DRAWN) else sign for sign in text)


def mixed_word(text: str) -> str | None:
    """The first word that could be taken for another, or None."""
    words = WORD.findall(text)
    has_latin = any(alphabets(word) == {"LATIN"} for word in words)
    for word in words:
        if len(alphabets(word)) > 1 or (has_latin and _looks_latin(word)):
            return word
    return None


def _looks_latin(word: str) -> bool:
    """Whether it could be taken for an abbreviation in Latin letters. In small letters it is a word or a name of its own: ``Вера``."""
    return len(word) > 1 and word.isupper() and LATIN_LOOKS.issuperset(word)


def alphabets(word: str) -> set[str]:
    """Those of its alphabets that have letters of one shape: ``{"LATIN", "CYRILLIC"}``. In ``μg`` the Greek letter looks like no other."""
    signs = (sign for sign in word if sign in LATIN_LOOKS or not unicodedata.name(sign, "").startswith("GREEK"))
    return {unicodedata.name(sign, "").partition(" ")[0] for sign in signs} & ALIKE


def skeleton(text: str) -> str:
    """What the eye is left with: two texts with the same skeleton look alike, whatever letters they are written with."""
    drawn = unicodedata.normalize("NFD", plain_letters(text)).translate(LOOKS_LIKE).replace("I", "l")
    return " ".join(drawn.casefold().split())


def looks_like(name: str, others: Iterable[str]) -> str | None:
    """The first of some other names that this one looks just like though it is written in another alphabet, or None."""
    seen, letters = skeleton(name), _letters(name)
    return next((other for other in others if skeleton(other) == seen and _letters(other) != letters), None)


def _letters(text: str) -> set[str]:
    """Of which alphabets a text has letters."""
    return {unicodedata.name(sign, "").partition(" ")[0] for sign in text if sign.isalpha()}


def keeps_to_one_alphabet(text: str) -> None:
    """Refuse a line in which a word could be taken for another; raises ValidationError with that word."""
    word = mixed_word(text)
    if word:
        raise ValidationError(
            _("“%(word)s” has letters that look like those of another alphabet. Use the letters of one."), params={"word": word}
        )


def stands_apart(name: str, others: Iterable[str]) -> None:
    """Refuse a name that looks just like one that stands beside it; raises ValidationError with that one."""
    other = looks_like(name, others)
    if other:
        text = _("“%(name)s” is here already and looks just the same in other letters. Add a word, so that people can tell them apart.")
        raise ValidationError(text, params={"name": other})
