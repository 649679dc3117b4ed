"""What waits on the moderators' and the interpreters' desks. Words stay sealed; only an action opens them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.ledger.moment import now
from medskapa.stages.listening.models import Addition, Story, StoryConcern, Version
from medskapa.stages.listening.queries.rules import rules_of
from medskapa.stages.listening.visibility import moderated, released


@dataclass(frozen=True, slots=True)
class DeskNumbers:
    """How much waits on the desk, since when, and how much left it in the last 24 hours."""

    waiting: int
    oldest: datetime | None
    released: int


def waiting_stories(lab: Lab, *, reader: Actor) -> QuerySet[Story]:
    """Stories that nobody has let go yet, oldest first. One SQL query."""
    return _desk(lab, reader).filter(state=Story.State.TOLD).order_by("told_at", "pk")


def held_stories(lab: Lab, *, reader: Actor) -> QuerySet[Story]:
    """Stories that are kept back for now, oldest first. One SQL query."""
    return _desk(lab, reader).filter(state=Story.State.HELD).order_by("told_at", "pk")


def news_on_released(lab: Lab, *, reader: Actor) -> QuerySet[Story]:
    """Released stories with something new that nobody has let go: an addition, or a translation. Oldest first. One SQL query."""
    return _desk(lab, reader).filter(_has_news(), state=Story.State.RELEASED).order_by("told_at", "pk")


def going_out(lab: Lab, *, reader: Actor) -> QuerySet[Story]:
    """Stories that were let go and do not count yet: they wait for a second person, or for ten minutes. One SQL query."""
    ahead = Q(effective_at__isnull=True) | Q(effective_at__gt=now())
    return _desk(lab, reader).filter(ahead, state=Story.State.RELEASED).order_by("told_at", "pk")


def to_check(lab: Lab, *, reader: Actor) -> QuerySet[Version]:
    """Translations that a second person has to read, oldest first; none where the lab does not want that. Two SQL queries."""
    if not rules_of(lab).has_second_reader:
        return Version.objects.none()
    rows = Version.objects.filter(
        kind=Version.Kind.TRANSLATION, checked_by="", story__in=_desk(lab, reader).exclude(state=Story.State.WITHDRAWN)
    )
    return rows.exclude(by=reader.id).select_related("story__lab").defer("words").order_by("made_at", "pk")


def released_lately(lab: Lab, *, reader: Actor) -> QuerySet[Story]:
    """Stories that others read, the last one first. One SQL query."""
    return released(_desk(lab, reader)).order_by("-released_at", "-pk")


def untranslated_stories(lab: Lab, *, reader: Actor) -> QuerySet[Story]:
    """Stories in another language than the lab's that nobody has translated into it, oldest first; but before them those
    whose tellers want an interpreter. One SQL query.
    """
    return (
        _desk(lab, reader)
        .filter(~Exists(_translations(lab)))
        .exclude(language=lab.language)
        .order_by("-wants_interpreter", "told_at", "pk")
    )


def desk_numbers(lab: Lab, *, reader: Actor) -> DeskNumbers:
    """The numbers at the head of the desk. One SQL query."""
    waiting = Q(state=Story.State.TOLD)
    lately = Q(state=Story.State.RELEASED, released_at__gt=now() - timedelta(days=1), released_at__lte=now())
    rows = moderated(Story.objects.filter(lab=lab), reader=reader)
    found = rows.aggregate(waiting=Count("pk", filter=waiting), oldest=Min("told_at", filter=waiting), released=Count("pk", filter=lately))
    return DeskNumbers(**found)


def _desk(lab: Lab, reader: Actor) -> QuerySet[Story]:
    """What this reader may open, still sealed; none for who may open nothing."""
    if not may(reader, "story.read", lab):
        return Story.objects.none()
    rows = moderated(Story.objects.filter(lab=lab), reader=reader).select_related("lab").defer("words", "title")
    return rows.annotate(
        has_translation=Exists(_translations(lab)),
        has_news=Exists(Addition.objects.filter(story=OuterRef("pk"), released_at__isnull=True)),
        has_concern=Exists(StoryConcern.objects.filter(story=OuterRef("pk"), concern__is_by_words=False)),  # that one is the officer's
    )


def _translations(lab: Lab) -> QuerySet[Version]:
    return Version.objects.filter(story=OuterRef("pk"), kind=Version.Kind.TRANSLATION, language=lab.language)


def _has_news() -> Q:
    released = Version.objects.filter(story=OuterRef("story"), kind=Version.Kind.RELEASED, language=OuterRef("language"))
    unreleased = Version.objects.filter(~Exists(released), story=OuterRef("pk"), kind=Version.Kind.TRANSLATION)
    return Q(has_news=True) | Q(Exists(unreleased))
