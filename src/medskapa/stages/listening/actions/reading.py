"""Opening protected words: each reading leaves a line before anything is shown."""

from dataclasses import dataclass
from typing import Any

from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import Opened, unseal
from medskapa.stages.listening.models import Addition, Message, Story, Version
from medskapa.stages.listening.visibility import may_read_original


@dataclass(frozen=True, slots=True)
class OpenedStory:
    """A story with all that hangs on it, as those who moderate read it."""

    story: Opened[Story]
    versions: list[Opened[Version]]
    additions: list[Opened[Addition]]

    def of_kind(self, kind: str) -> dict[str, Opened[Version]]:
        """The versions of one kind by their language."""
        return {version.language: version for version in self.versions if version.kind == kind}


@action("story.read", reading=True)
def read_story(story: Story, *, by: Actor) -> OpenedStory:
    """Open a story's own words, its versions and additions. Raises NotAllowed, as "not found". Three SQL queries and the record."""
    if not may_read_original(story, reader=by):
        raise NotAllowed(secret=True)
    return _opened(story)


@action("story.read_own")
def read_own_stories(teller: Pseudonym, *, by: Actor) -> list[OpenedStory]:
    """Open everything that a teller has told, oldest first. Seven SQL queries and the record, whatever the number."""
    stories = list(teller.stories.select_related("lab", "key__under", "prompt").order_by("told_at", "pk"))
    note(*stories)
    versions = unseal(Version.objects.filter(story__in=stories).order_by("made_at", "pk"))
    additions = unseal(Addition.objects.filter(story__in=stories).order_by("told_at", "pk"))
    return [
        OpenedStory(
            story,
            [version for version in versions if version.story_id == story.pk],
            [addition for addition in additions if addition.story_id == story.pk],
        )
        for story in unseal(stories)
    ]


@action("message.read", reading=True)
def read_messages(teller: Pseudonym, *, by: Actor) -> list[Opened[Message]]:
    """Open what a teller and the lab wrote to each other, oldest first; what was written to the reader counts as read."""
    messages = list(teller.messages.select_related("author", "story").order_by("sent_at", "pk"))
    note(*messages)
    is_teller = by.kind == "pseudonym"
    teller.messages.filter(from_lab=is_teller, read_at__isnull=True).update(read_at=now())
    return unseal(messages)


def _opened(story: Story) -> OpenedStory:
    versions = list(story.versions.order_by("kind", "language"))
    additions = list(story.additions.order_by("told_at", "pk"))
    note(*versions, *additions)
    opened: list[Any] = unseal([story, *versions, *additions])  # three kinds of row, one query
    return OpenedStory(opened[0], opened[1 : len(versions) + 1], opened[len(versions) + 1 :])
