"""The texts of posters and cards, in each of the lab's languages that we have."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from medskapa.ground.labs.models import Lab, Wording
from medskapa.ground.web import languages


@dataclass(frozen=True, slots=True)
class CardText:
    """What stands on a card in one language."""

    language: str
    direction: str
    name: str
    tell: str
    safe: str
    back: str


def card_texts(lab: Lab) -> list[CardText]:
    """One for each language of the lab that has translations, the lab's own first. One SQL query."""
    names = dict(Wording.objects.filter(subject=lab.public_id, field="name").values_list("language", "text"))
    return [_in(code, names.get(code, lab.name)) for code in printed_in(lab)]


def printed_in(lab: Lab) -> list[str]:
    """The lab's languages that these texts are translated into, its own first; English if there is none. No SQL."""
    codes = [lab.language, *(code for code in lab.languages if code != lab.language)]
    return [code for code in codes if languages.shown_in(code, None) == code] or [languages.FALLBACK]


def card_text(lab: Lab, language: str) -> CardText:
    """What stands on a card in this language. One SQL query."""
    named = Wording.objects.filter(subject=lab.public_id, field="name", language=language).values_list("text", flat=True).first()
    return _in(language, named or lab.name)


def lacking_languages(lab: Lab) -> list[str]:
    """The lab's languages, by their own names, that are not printed because these texts are not translated into them yet. No SQL."""
    return [languages.own_name(code) for code in lab.languages if languages.shown_in(code, None) != code]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a poster or a card leads. Without a language, so that the phone suggests one; short enough to be typed."""

    lab: str
    tell: str
    back: str


def addresses_of(lab: Lab, site: str) -> Addresses:
    """The addresses of a lab on this installation, such as ``https://lab.example.org/``."""
    return Addresses(lab=f"{site}labs/{lab.slug}/", tell=f"{site}labs/{lab.slug}/tell/", back=f"{site}return/")


def typed(address: str) -> str:
    """An address as somebody types it."""
    return address.split("://", 1)[1].rstrip("/")


def _in(code: str, name: str) -> CardText:
    with override(code):
        return CardText(
            language=code,
            direction=languages.direction(code),
            name=name,
            tell=_("Tell us how it is."),
            safe=_("No name. No account. You decide who reads it."),
            back=_("Come back with your code:"),
        )
