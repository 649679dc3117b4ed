"""Quotes: words that stand just so in a version of a story that whoever quotes may read. Nobody quotes from memory."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.sealing import Opened, unseal
from medskapa.ground.web.errors import LabError
from medskapa.stages.listening.models import Story, Version
from medskapa.stages.listening.visibility import readable_versions
from medskapa.stages.understanding.models import Evidence

SHORTEST = 3  # characters


class NotAQuote(LabError):
    """Words that no readable version of the story holds."""

    def __init__(self) -> None:
        super().__init__(_("These words do not stand in the story."), _("Copy them from the text beside, just as they are."), status=422)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a story, and the language of the version in which they stand."""

    text: str
    language: str


def versions_to_quote(story: Story, *, reader: Actor) -> list[Opened[Version]]:
    """The released versions of a story, opened, for somebody who may read them. They leave no line. Two SQL queries.

    Raises NotAllowed, as "not found", for anybody else, and for a story that is not released or no longer there.
    """
    found = readable_versions(Story.objects.filter(pk=story.pk), reader=reader).order_by("kind", "language")
    versions = unseal(found)
    if not versions:
        raise NotAllowed(secret=True)
    return versions


def find_quote(story: Story, words: str, *, reader: Actor, language: str = "") -> Quote:
    """The words as they stand in a readable version, perhaps in one of this language. Raises NotAQuote, NotAllowed."""
    wanted = on_one_line(words)
    for version in versions_to_quote(story, reader=reader):
        if language and version.language != language:
            continue
        if len(wanted) >= SHORTEST and wanted in on_one_line(version.words or ""):
            return Quote(wanted, version.language)
    raise NotAQuote


def find_again(story: Story) -> None:
    """Note which texts for others, those just put down too, hold the quotes of a story. Three SQL queries; one if nothing is quoted."""
    quotes = unseal(list(story.evidence.filter(quote__isnull=False)), only=["quote"])
    if not quotes:
        return
    texts = [(text, on_one_line(text.words or "")) for text in unseal(story.versions.filter(kind=Version.Kind.RELEASED))]
    holds = [(one.pk, text.pk) for one in quotes for text, words in texts if text.language == one.quote_language and one.quote in words]
    through = Evidence.texts.through
    through.objects.bulk_create([through(evidence_id=quote, version_id=text) for quote, text in holds], ignore_conflicts=True)


def on_one_line(text: str) -> str:
    """Line breaks and doubled spaces do not make another quote."""
    return " ".join(text.split())
