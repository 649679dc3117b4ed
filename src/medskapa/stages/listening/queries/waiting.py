"""Who waits for an answer, and since when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.ledger.actors import Actor, may
from medskapa.stages.listening.models import Message, Story
from medskapa.stages.listening.visibility import moderated


@dataclass(frozen=True, slots=True)
class Waiting:
    """A teller who waits for a word from the lab: since when, and for which of their stories (none: for an answer to a message)."""

    teller: Pseudonym
    since: datetime
    story: Story | None


def waiting_for_answer(lab: Lab, *, reader: Actor) -> list[Waiting]:
    """Everybody who waits for an answer, longest first, each once. Two SQL queries."""
    if not may(reader, "story.answer", lab):
        return []
    found: dict[int, Waiting] = {}
    for story in _unanswered_stories(lab, reader):
        found.setdefault(story.teller_id, Waiting(story.teller, story.told_at, story))
    for message in _unanswered_messages(lab):
        before = found.get(message.pseudonym_id)
        if before is None or message.sent_at < before.since:
            found[message.pseudonym_id] = Waiting(message.pseudonym, message.sent_at, before.story if before else None)
    return sorted(found.values(), key=lambda waiting: (waiting.since, waiting.teller.pk))


def waiting_of(teller: Pseudonym, *, reader: Actor) -> Waiting | None:
    """Since when one teller waits for an answer; None if they do not. Two SQL queries."""
    return next((one for one in waiting_for_answer(teller.lab, reader=reader) if one.teller == teller), None)


@dataclass(frozen=True, slots=True)
class Told:
    """How much a lab was told."""

    stories: int
    languages: int
    kept: int  # not taken back
    answered: int

    @property
    def share_answered(self) -> int | None:
        """How many of a hundred stories got a personal answer, never more than did; None where there are no stories."""
        return 100 * self.answered // self.kept if self.kept else None


def told_in(lab: Lab) -> Told:
    """How many stories a lab was told, in how many languages, and how many it answered. One SQL query."""
    is_kept = ~Q(state=Story.State.WITHDRAWN)
    numbers = lab.stories.aggregate(
        stories=Count("pk"),
        languages=Count("language", distinct=True),
        kept=Count("pk", filter=is_kept),
        answered=Count("pk", filter=is_kept & Q(Exists(_answers()))),
    )
    return Told(**numbers)


def unanswered_of(teller: Pseudonym) -> QuerySet[Story]:
    """The stories of one teller that got no answer yet, oldest first. One SQL query."""
    rows = teller.stories.exclude(state=Story.State.WITHDRAWN).filter(~Exists(_answers()))
    return rows.select_related("lab").defer("words", "title").order_by("told_at", "pk")


def _unanswered_stories(lab: Lab, reader: Actor) -> QuerySet[Story]:
    rows = moderated(Story.objects.filter(lab=lab), reader=reader).filter(~Exists(_answers()))
    return rows.select_related("lab", "teller__lab").defer("words", "title").order_by("told_at", "pk")


def _answers() -> QuerySet[Message]:
    return Message.objects.filter(story=OuterRef("pk"), from_lab=True)


def _unanswered_messages(lab: Lab) -> QuerySet[Message]:
    later = Message.objects.filter(pseudonym=OuterRef("pseudonym"), from_lab=True, sent_at__gte=OuterRef("sent_at"))
    rows = Message.objects.filter(~Exists(later), lab=lab, from_lab=False)
    return rows.select_related("pseudonym__lab").defer("words").order_by("sent_at", "pk")
