"""Moderating: look for marks, translate, cross, raise a concern. Nothing leaves this desk before a person has let it go."""

import hashlib
from collections.abc import Iterable

from medskapa.ground.labs.queries import participation_of
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import seal, unseal
from medskapa.ground.people.models import Organisation
from medskapa.ground.safeguarding.actions import raise_concern
from medskapa.ground.safeguarding.marks import Mark, personal_marks
from medskapa.stages.listening.actions.heeding import heed_translation
from medskapa.stages.listening.errors import FurtherThanAgreed, MarksLeft, MarksNotChecked, OwnSecond, WordsChanged
from medskapa.stages.listening.models import Crossing, DeskRules, Reach, Story, StoryConcern, Version
from medskapa.stages.listening.reach import up_to
from medskapa.stages.listening.visibility import counting, may_go, may_read_any, may_read_original

NOTHING: frozenset[str] = frozenset()
Written = tuple[str, str]  # a language, and a text in it


@action("desk_rules.edit")
def save_rules(rules: DeskRules, *, by: Actor) -> DeskRules:
    """Decide how many let a story go, and whether two read a translation. What was let go already stays so. Raises NotAllowed."""
    rules.save()
    return rules


@action("story.check_translation")
def check_translation(version: Version, *, by: Actor) -> Version:
    """Say as the second reader that a translation is right. Raises NotAllowed, WrongState (no translation, or read), OwnSecond."""
    if version.kind != Version.Kind.TRANSLATION or version.checked_by:
        raise WrongState
    if version.by == by.id:
        raise OwnSecond
    refuse_secretly(version.story, by)
    version.checked_by = name_of(by)
    version.save(update_fields=["checked_by"])
    return version


@action("story.translate")
def translate_story(
    story: Story, *, language: str, words: str, by: Actor, made_by: str = "", is_draft: bool = False, edition: int = 1
) -> Version:
    """Put a translation beside a story's own words, which stay as they are; the same language again replaces it.

    A draft is read by those who translate only, until it is finished; then it is gone, and words that worry tell the officer.

    ``edition``: of the teller's words, as whoever translates had read them.

    Raises NotAllowed, WrongState (withdrawn, or the story's own language), WordsChanged.
    """
    if story.state == Story.State.WITHDRAWN or language == story.language:
        raise WrongState
    refuse_other_words(story, edition)
    refuse_secretly(story, by)
    values = {"lab": story.lab, "words": seal(words, story.key), "made_by": made_by or name_of(by), "made_at": now(), "by": by.id}
    if is_draft:
        return Version.objects.update_or_create(story=story, kind=Version.Kind.DRAFT, language=language, defaults=values)[0]
    story.versions.filter(kind=Version.Kind.DRAFT, language=language).delete()
    values["checked_by"] = ""
    heed_translation(words, story=story, by=by)
    return Version.objects.update_or_create(story=story, kind=Version.Kind.TRANSLATION, language=language, defaults=values)[0]


@action("story.cross")
def cross_version(version: Version, *, organisation: Organisation, by: Actor) -> Crossing:
    """Let a released version cross to an authority, whose records anybody may ask for. It cannot be called back.

    Raises NotAllowed, WrongState (not released), FurtherThanAgreed (kept from such organisations, or from all but the team).
    """
    story = version.story
    if not story.is_out or not counting(Version.objects.filter(pk=version.pk)).exists():
        raise WrongState
    if organisation.kind in story.kept_from:
        raise FurtherThanAgreed
    refuse_beyond(story, Reach.LAB)
    values = {"lab": story.lab, "by": by.id, "at": now(), "hash": hash_of(version)}
    return Crossing.objects.get_or_create(version=version, organisation=organisation, replaced_at=None, defaults=values)[0]


@action("story.concern")
def raise_story_concern(story: Story, *, worry: str, by: Actor) -> StoryConcern:
    """Tell the safeguarding officer about a story, with a locked copy of its words that outlives a withdrawal.

    Whoever reads the story can do it, also its released version only. Raises NotAllowed, as "not found".
    """
    if by.kind != "system" and not may_read_any(story, reader=by):
        raise NotAllowed(secret=True)
    told = unseal([story, *story.versions.filter(kind=Version.Kind.TRANSCRIPT)], only=["words"])  # what was written, then what was said
    words = "\n\n".join(part.words for part in told if part.words)
    concern = raise_concern(story.lab, worry=f"{worry}\n\n{words}", by=by, about=story.teller)
    return StoryConcern.objects.create(lab=story.lab, story=story, concern=concern)


def check_marks(texts: Iterable[Written], seen: frozenset[str]) -> None:
    """Go on only if somebody saw each mark of personal data. Raises MarksLeft, MarksNotChecked."""
    unseen = [mark for mark in marks_in(texts) if mark.sign not in seen]
    if unseen:
        raise MarksLeft(unseen)


def marks_in(texts: Iterable[Written]) -> list[Mark]:
    """The marks of personal data in some texts. Raises MarksNotChecked if the search itself fails."""
    try:
        return [mark for language, words in texts for mark in personal_marks(words, language)]
    except Exception as error:
        raise MarksNotChecked from error


def hash_of(version: Version) -> str:
    """The fingerprint of what crosses, by which both sides can see later that it is the same text."""
    return hashlib.sha256(f"{version.public_id}\n{unseal(version).words}".encode()).hexdigest()


def name_of(by: Actor) -> str:
    """The name that stands beside what somebody made. At most one SQL query."""
    participation = participation_of(by)
    return participation.name if participation else by.kind


def refuse_secretly(story: Story, by: Actor) -> None:
    """Go on only for who may open the teller's own words. Raises NotAllowed, as "not found"."""
    if by.kind != "system" and not may_read_original(story, reader=by, verb="story.see"):
        raise NotAllowed(secret=True)


def refuse_other_words(story: Story, edition: int) -> None:
    """Go on only with what was made of the words as they are now. Raises WordsChanged. One SQL query."""
    if not Story.objects.filter(pk=story.pk, edition=edition).exists():
        raise WordsChanged


def refuse_beyond(story: Story, reach: str) -> None:
    """Go on only as far as the teller agreed. Raises FurtherThanAgreed. One SQL query."""
    if reach not in up_to(may_go(story)):
        raise FurtherThanAgreed
