"""What has to be understood by somebody who tells: rights, safety, every word of a consent, and what taking back does.

In a translation that no speaker has read, what is said before telling stands beside texts that are certain, and in production a lab lets
people tell in it only when its process leader says so by name.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.template.engine import Engine
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Lab, Vouching
from medskapa.ground.web import languages
from medskapa.ground.web.errors import LabError

CERTAIN = ("sv", "en")  # written by those who made Medskapa
TEXT = re.compile(
    r'\{% translate "([^"]+)"(?! context)[^%]*%\}|\{% blocktranslate[^%]*%\}(.*?)\{% (?:plural|endblocktranslate) %\}', re.DOTALL
)
SLOT = re.compile(r"\{\{ (\w+) \}\}")
Said = Callable[[], Iterable[str | Promise]]
TEMPLATES: list[str] = []
SAID: list[Said] = []


class NotYourName(LabError):
    """A name typed to confirm something that is not that of whoever confirms."""

    def __init__(self) -> None:
        super().__init__(
            _("That is not your name."), _("Write your own name as it stands in the lab. You answer for this yourself."), status=422
        )


class OnlyLanguage(LabError):
    """The only language that people can tell in cannot be taken away."""

    def __init__(self) -> None:
        super().__init__(_("People tell in no other language."), _("Add another language to the lab first."), status=409)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a language stands in a lab: whether people can tell in it, and who answers for it."""

    code: str
    is_on: bool
    needs_reader: bool  # its pages are a translation by nobody who speaks it
    read: Vouching | None
    confirmed: Vouching | None
    is_changed: bool  # since it was read

    @property
    def is_certain(self) -> bool:
        """Whether its texts can stand alone: written by us, or read by a speaker as they are now."""
        return not self.needs_reader or (self.read is not None and not self.is_changed)


def to_be_read(*templates: str, said: Said | None = None) -> None:
    """Let a room name the templates whose texts have to be understood, and tell those that its code says. Called once, at the start."""
    TEMPLATES.extend(name for name in templates if name not in TEMPLATES)
    if said is not None and said not in SAID:
        SAID.append(said)


@cache
def texts() -> tuple[str, ...]:
    """The texts in question, in English, in the order of their pages. No SQL."""
    sources = (Engine.get_default().get_template(name).source for name in TEMPLATES)
    found = [plain or SLOT.sub(r"%(\1)s", block.strip()) for source in sources for plain, block in TEXT.findall(source)]
    with override(languages.FALLBACK):
        found += [str(text) for said in SAID for text in said()]
    return tuple(dict.fromkeys(found))


def texts_in(language: str) -> list[str]:
    """The same in another language. No SQL."""
    with override(language):
        return [gettext(text) for text in texts()]


def version_of(language: str) -> str:
    """A short sign of these texts as they are now: it changes when one of them does. No SQL."""
    return hashlib.sha256("\n".join(texts_in(language)).encode()).hexdigest()[:16]


def needs_reader(language: str) -> bool:
    """Whether pages come in this language though nobody who speaks it wrote them. No SQL."""
    return language in languages.READ_BY_NOBODY_YET


def told_in(lab: Lab) -> list[str]:
    """The languages that people can tell in, the lab's main one first. No SQL."""
    codes = lab.languages or [lab.language]
    return sorted(codes, key=lambda code: code != lab.language)


def lacks(lab: Lab, language: str) -> bool:
    """Whether nobody in this lab has let people tell in a language that nobody who speaks it wrote. No SQL."""
    return needs_reader(language) and language not in told_in(lab)


def is_certain(lab: Lab | None, language: str) -> bool:
    """Whether its texts can stand alone in this lab. One SQL query, none for a language that is certain everywhere."""
    if not needs_reader(language):
        return True
    vouched = Vouching.objects.filter(lab=lab, language=language, kind=Vouching.Kind.READ, taken_back_at__isnull=True)
    return lab is not None and vouched.filter(version=version_of(language)).exists()


def standings(lab: Lab) -> list[Standing]:
    """Every language of the lab or of Medskapa's own pages, the lab's first. One SQL query."""
    found: dict[tuple[str, str], Vouching] = {}
    for vouched in lab.vouchings.filter(taken_back_at__isnull=True).order_by("at", "pk"):
        found[vouched.language, vouched.kind] = vouched
    codes = dict.fromkeys([*lab.languages, *languages.COMPLETE, *languages.FOR_TELLERS])
    return [_standing(lab, code, found.get((code, Vouching.Kind.READ)), found.get((code, Vouching.Kind.CONFIRMED))) for code in codes]


def standing_of(lab: Lab, language: str) -> Standing | None:
    """The same of one language. One SQL query."""
    return next((standing for standing in standings(lab) if standing.code == language), None)


def unconfirmed(lab: Lab) -> list[str]:
    """The languages, by their own names, that people tell in though nobody answers for them. Nobody asks in local mode or in a demo.

    One SQL query, none where nobody asks.
    """
    if settings.MEDSKAPA_LOCAL or lab.is_demo or not any(map(needs_reader, lab.languages)):
        return []
    return [languages.own_name(one.code) for one in standings(lab) if one.is_on and not one.is_certain and one.confirmed is None]


def _standing(lab: Lab, code: str, read: Vouching | None, confirmed: Vouching | None) -> Standing:
    is_changed = read is not None and read.version != version_of(code)
    return Standing(code, code in lab.languages, needs_reader(code), read, confirmed, is_changed)
