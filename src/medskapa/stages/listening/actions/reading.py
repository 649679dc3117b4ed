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
from medskapa.stages.listening.visibility import may_read_original, with_end


@dataclass(frozen=True, slots=True)
class OpenedStory:
    """A story with all that hangs on it, as those who moderate read it."""

    story: Opened[Story]
    versions: list[Opened[Version]]
    additions: list[Opened[Addition]]

    def of_kind(self, kind: str) -> dict[str, Opened[Version]]:
        """The versions of one kind by their language."""
        return {version.language: version for version in self.versions if version.kind == kind}

    @property
    def transcript(self) -> Opened[Version] | None:
        """What is said in the recording, as far as it is written down."""
        return self.of_kind(Version.Kind.TRANSCRIPT).get(self.story.language)

    @property
    def own_words(self) -> str:
        """What the teller wrote, then what they said."""
        said = self.transcript.words if self.transcript else ""
        return "\n\n".join(part for part in (self.story.words, said) if part)

    @property
    def put_down(self) -> dict[str, Opened[Version]]:
        """The texts that were put down for others last, whether they count already or not, by their language."""
        texts = [version for version in self.versions if version.kind == Version.Kind.RELEASED]
        waiting = [version for version in texts if version.effective_at is None]
        return {version.language: version for version in waiting or texts}


@dataclass(frozen=True, slots=True)
class OwnThread:
    """All that one teller told, what they and the lab wrote to each other, and how many of the lab's words were unread."""

    stories: list[OpenedStory]
    talk: list[Opened[Message]]
    unread_count: int


@action("story.read", reading=True)
def read_story(story: Story, *, by: Actor) -> OpenedStory:
    """Open a story's own words, its versions and additions. Raises NotAllowed, as "not found". Three SQL queries and the record."""
    if not may_read_original(story, reader=by):
        raise NotAllowed(secret=True)
    return _opened(story)


@action("story.read_own")
def read_own_stories(teller: Pseudonym, *, by: Actor) -> list[OpenedStory]:
    """Open everything that a teller has told, oldest first. Three SQL queries and the record, whatever the number."""
    stories, additions = _told_by(teller)
    note(*stories, *additions)
    return _together(unseal([*stories, *additions]))


@action("story.read_own")
def read_own_thread(teller: Pseudonym, *, by: Actor) -> OwnThread:
    """Open everything that a teller has told, and what they and the lab wrote to each other; what was unread counts as read now.

    Five SQL queries and the record, whatever the number.
    """
    stories, additions = _told_by(teller)
    messages = list(teller.messages.select_related("story").order_by("sent_at", "pk"))
    note(*stories, *additions, *messages)
    opened: list[Any] = unseal([*stories, *additions, *messages])  # three kinds of row, one query
    if any(_is_unread(message) for message in messages):
        teller.messages.filter(from_lab=True, read_at__isnull=True).update(read_at=now())
    told = len(stories) + len(additions)
    return OwnThread(_together(opened[:told]), opened[told:], sum(map(_is_unread, messages)))


@action("message.read", reading=True)
def read_messages(teller: Pseudonym, *, by: Actor) -> list[Opened[Message]]:
    """Open what a teller and the lab wrote to each other, oldest first; what was written to the reader counts as read."""
    messages = list(teller.messages.select_related("author", "story").order_by("sent_at", "pk"))
    note(*messages)
    is_teller = by.kind == "pseudonym"
    teller.messages.filter(from_lab=is_teller, read_at__isnull=True).update(read_at=now())
    return unseal(messages)


def _told_by(teller: Pseudonym) -> tuple[list[Story], list[Addition]]:
    stories = list(with_end(teller.stories.select_related("lab", "key__under", "prompt").order_by("told_at", "pk")))
    return stories, list(Addition.objects.filter(story__in=stories).order_by("told_at", "pk"))


def _together(opened: list[Opened[Any]]) -> list[OpenedStory]:
    """Each story with its additions."""
    stories = [one for one in opened if isinstance(one.row, Story)]
    additions = [one for one in opened if isinstance(one.row, Addition)]
    return [OpenedStory(story, [], [addition for addition in additions if addition.story_id == story.pk]) for story in stories]


def _is_unread(message: Message) -> bool:
    return message.from_lab and message.read_at is None


def _opened(story: Story) -> OpenedStory:
    versions = list(story.versions.filter(replaced_at__isnull=True).order_by("kind", "language"))
    additions = list(story.additions.order_by("told_at", "pk"))
    note(*versions, *additions)
    opened: list[Any] = unseal([story, *versions, *additions])  # three kinds of row, one query
    return OpenedStory(opened[0], opened[1 : len(versions) + 1], opened[len(versions) + 1 :])
