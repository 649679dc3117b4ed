"""Released stories as a reader may see them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.db.shapes import STAND_IN, Shape, filled_up
from medskapa.ground.ledger.models import DataKey
from medskapa.ground.ledger.sealing import Opened, unseal
from medskapa.ground.web.languages import asked as page_language
from medskapa.ground.web.languages import in_digits, own_name
from medskapa.ground.web.moments import month
from medskapa.stages.listening.coarsening import NOTHING, Attributes
from medskapa.stages.listening.models import Prompt, Reach, Scale, Story, Version
from medskapa.stages.listening.queries.attributes import attributes_seen
from medskapa.stages.listening.scales import place_in_words, place_of
from medskapa.stages.listening.visibility import TITLES, listed, named_now, reach_now, readable_versions, title_now


@dataclass(frozen=True, slots=True)
class StoryShown:
    """A released story for one reader: its neutral title, one of its released texts, and what may be said of it beside."""

    story: Story
    title: str
    language: str  # of the title; with ``wordings`` what ``said`` needs
    wordings: dict[str, Any]
    text: Opened[Version] | None
    others: list[Opened[Version]] = field(default_factory=list)  # the same in further languages
    seen: Attributes = NOTHING
    when: str = ""
    by: str = ""  # a name of the teller's own choice

    @property
    def is_stump(self) -> bool:
        """Whether the story was taken back, so that nothing but its place is left."""
        return self.story.state == Story.State.WITHDRAWN

    @property
    def is_translated(self) -> bool:
        """Whether the text is not in the language in which the story was told."""
        return self.text is not None and self.text.language != self.story.language

    @property
    def told(self) -> list[str]:
        """When it was told and in which language, in words, as far as this reader sees it."""
        return [part for part in (self.when, told_in(self.seen)) if part]

    @property
    def bears_demo_mark(self) -> bool:
        """Whether the page says that it is invented."""
        return self.story.bears_demo_mark

    def get_absolute_url(self) -> str:
        """The page of the story."""
        return self.story.get_absolute_url()


def listed_stories(lab: Lab, *, reader: Actor) -> QuerySet[Story]:
    """The stories of a lab that the reader may read, and stumps; the newest release first. One SQL query."""
    rows = Story.objects.filter(lab=lab).select_related("lab", "teller", "prompt", "key__under").defer("words")
    return listed(rows, reader=reader).order_by("-released_at", "-pk")


def shown(stories: Iterable[Story], *, reader: Actor, only_words: bool = False) -> list[StoryShown]:
    """These stories with their titles and the texts that this reader may read, the page's language first.

    ``only_words``: and nothing beside them, for one SQL query less.
    Four SQL queries at most; six for stories whose keys did not come along.
    """
    rows = worded(stories, page_language())
    seen = {} if only_words else attributes_seen(rows, reader=reader)
    texts = _texts(rows, reader)
    titles = unseal(rows, only=TITLES, keys=keys_of(rows))
    return [_shown(opened, texts.get(opened.pk, []), seen.get(opened.pk, NOTHING), reader) for opened in titles]


def told_when(seen: Attributes) -> str:
    """When a story was told, in words: at most the half-year."""
    if seen.half is None:
        return in_digits(str(seen.year or ""), page_language())
    year, half = seen.half
    text = _("first half of %(year)s") if half == 1 else _("second half of %(year)s")
    return in_digits(text % {"year": year}, page_language())


def told_in(seen: Attributes) -> str:
    """In which language a story was told, in words."""
    if seen.language is None:
        return _("told in another language") if seen.is_foreign else ""
    return _("told in %(language)s") % {"language": own_name(seen.language)}


def prompts_of(lab: Lab, *, reader: Actor) -> QuerySet[Prompt]:
    """What a lab asks its tellers, in order; those that are no longer asked are for the team. One SQL query."""
    rows = lab.prompts.select_related("lab").order_by(F("closed_at").asc(nulls_first=True), "order", "pk")
    return rows if reader.is_team else rows.filter(closed_at__isnull=True)


def scales_of(lab: Lab, *, reader: Actor) -> QuerySet[Scale]:
    """On what a lab lets tellers place their stories, in order; what is no longer asked is for the team. One SQL query."""
    rows = lab.scales.select_related("lab").order_by(F("closed_at").asc(nulls_first=True), "order", "pk")
    return rows if reader.is_team else rows.filter(closed_at__isnull=True)


def marks_of(story: Story, language: str) -> list[tuple[Scale, str]]:
    """Where a teller placed a story: the scale, and the place in words. Two SQL queries."""
    marks = list(story.marks.select_related("scale").order_by("scale__order", "scale__pk"))
    worded([mark.scale for mark in marks], language)
    return [(mark.scale, place_in_words(mark.scale, place_of(mark))) for mark in marks]


def keys_of(stories: list[Story]) -> list[DataKey]:
    """Those that came along with the stories. No SQL."""
    return [story.key for story in stories if Story.key.is_cached(story)]


def texts_read(stories: Iterable[int], *, reader: Actor) -> list[Version]:
    """The released texts of these stories that the reader may read, sealed; each knows whether it ``is_named``. One SQL query, none for
    none.
    """
    wanted = filled_up(sorted(stories))
    return _read_by(reader, len(wanted)).rows(*wanted) if wanted else []


@lru_cache(maxsize=128)
def _read_by(reader: Actor, count: int) -> Shape:
    def build(*stories: int) -> QuerySet[Any]:
        rows = readable_versions(Story.objects.filter(pk__in=stories), reader=reader).annotate(is_named=named_now())
        return rows.order_by("language", "pk")

    return Shape(build, *range(STAND_IN, STAND_IN + count))


def _texts(stories: list[Story], reader: Actor) -> dict[int, list[Opened[Version]]]:
    versions: list[Any] = unseal(texts_read((story.pk for story in stories), reader=reader), keys=keys_of(stories))
    found: dict[int, list[Opened[Version]]] = {}
    for version in versions:
        found.setdefault(version.story_id, []).append(version)
    return found


def _shown(story: Opened[Story], texts: list[Opened[Version]], seen: Attributes, reader: Actor) -> StoryShown:
    order = [page_language(), story.language, story.lab.language]
    ranked = sorted(texts, key=lambda text: order.index(text.language) if text.language in order else len(order))
    is_named = bool(ranked) and ranked[0].is_named and reach_now(story.row) == Reach.PUBLIC_NAMED
    return StoryShown(
        story=story.row,
        title=title_now(story),
        language=story.lab.language,
        wordings=story.row.wordings,  # type: ignore[attr-defined]
        text=ranked[0] if ranked else None,
        others=ranked[1:],
        seen=seen,
        when=month(story.told_at) if reader.is_team else told_when(seen),
        by=story.teller.alias if is_named else "",
    )
