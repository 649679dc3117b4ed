"""Moderating: release, revise, hold, translate, cross. Nothing leaves this desk before a person has let it go."""

import hashlib
from collections.abc import Iterable, Mapping

from medskapa.ground.labs.queries import participation_of
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import seal, unseal
from medskapa.ground.people.models import Organisation
from medskapa.ground.safeguarding.actions import raise_concern
from medskapa.ground.safeguarding.marks import Mark, personal_marks
from medskapa.stages.listening.errors import FurtherThanAgreed, MarksLeft, MarksNotChecked
from medskapa.stages.listening.models import Addition, Crossing, Reach, Story, StoryConcern, Version
from medskapa.stages.listening.reach import up_to
from medskapa.stages.listening.visibility import agreed_level, may_read_any, may_read_original

Texts = Mapping[str, str]  # language → text without names and places
NOTHING: frozenset[str] = frozenset()


@action("story.release")
def release_story(
    story: Story, *, title: str, texts: Texts, reach: str, by: Actor, seen_marks: frozenset[str] = NOTHING, made_by: str = ""
) -> Story:
    """Let others read a story: its texts without names, under a neutral title, no further than the teller agreed.

    ``seen_marks``: signs of the marks of personal data that somebody saw and let stand; any other raises MarksLeft.
    Raises NotAllowed, WrongState, FurtherThanAgreed, MarksLeft, MarksNotChecked.
    """
    if story.state not in {Story.State.TOLD, Story.State.HELD}:
        raise WrongState
    _refuse_secretly(story, by)
    _refuse_beyond(story, reach)
    check_marks([title, *texts.values()], seen_marks)
    _put_released(story, texts, made_by or name_of(by))
    _take_up_additions(story)
    story.move_to(Story.State.RELEASED, title=seal(title, story.key), reach=reach, released_at=story.released_at or now())
    return story


@action("story.revise")
def revise_story(
    story: Story, *, title: str, texts: Texts, reach: str, by: Actor, seen_marks: frozenset[str] = NOTHING, made_by: str = ""
) -> Story:
    """Change what others read of a released story: another wording, one more language, what the teller added, another reach.

    Raises as ``release_story`` does.
    """
    if story.state != Story.State.RELEASED:
        raise WrongState
    _refuse_secretly(story, by)
    _refuse_beyond(story, reach)
    check_marks([title, *texts.values()], seen_marks)
    _put_released(story, texts, made_by or name_of(by))
    _take_up_additions(story)
    story.title, story.reach = seal(title, story.key), reach
    story.save(update_fields=["title", "reach"])
    return story


@action("story.hold")
def hold_story(story: Story, *, by: Actor) -> Story:
    """Keep a story back for now, or take a released one down again. Raises NotAllowed, WrongState."""
    story.move_to(Story.State.HELD)
    return story


@action("story.translate")
def translate_story(story: Story, *, language: str, words: str, by: Actor, made_by: str = "") -> Version:
    """Put a translation beside a story's own words, which stay as they are; the same language again replaces it.

    Raises NotAllowed, WrongState (withdrawn, or the story's own language).
    """
    if story.state == Story.State.WITHDRAWN or language == story.language:
        raise WrongState
    _refuse_secretly(story, by)
    return _put(story, Version.Kind.TRANSLATION, language, words, made_by or name_of(by))


@action("story.cross")
def cross_version(version: Version, *, organisation: Organisation, by: Actor) -> Crossing:
    """Let a released version cross to an authority, whose records anybody may ask for. It cannot be called back.

    Raises NotAllowed, WrongState (not released), FurtherThanAgreed (kept from such organisations, or from all but the team).
    """
    story = version.story
    if story.state != Story.State.RELEASED or version.kind != Version.Kind.RELEASED:
        raise WrongState
    if organisation.kind in story.kept_from:
        raise FurtherThanAgreed
    _refuse_beyond(story, Reach.LAB)
    values = {"lab": story.lab, "by": by.id, "at": now(), "hash": hash_of(version)}
    return Crossing.objects.get_or_create(version=version, organisation=organisation, replaced_at=None, defaults=values)[0]


@action("story.concern")
def raise_story_concern(story: Story, *, worry: str, by: Actor) -> StoryConcern:
    """Tell the safeguarding officer about a story, with a locked copy of its words that outlives a withdrawal.

    Whoever reads the story can do it, also its released version only. Raises NotAllowed, as "not found".
    """
    if by.kind != "system" and not may_read_any(story, reader=by):
        raise NotAllowed(secret=True)
    concern = raise_concern(story.lab, worry=f"{worry}\n\n{unseal(story, only=['words']).words}", by=by)
    return StoryConcern.objects.create(lab=story.lab, story=story, concern=concern)


def check_marks(texts: Iterable[str], seen: frozenset[str]) -> None:
    """Go on only if somebody saw each mark of personal data. Raises MarksLeft, MarksNotChecked."""
    unseen = [mark for mark in marks_in(texts) if mark.sign not in seen]
    if unseen:
        raise MarksLeft(unseen)


def marks_in(texts: Iterable[str]) -> list[Mark]:
    """The marks of personal data in some texts. Raises MarksNotChecked if the search itself fails."""
    try:
        return [mark for text in texts for mark in personal_marks(text)]
    except Exception as error:
        raise MarksNotChecked from error


def hash_of(version: Version) -> str:
    """The fingerprint of what crosses, by which both sides can see later that it is the same text."""
    return hashlib.sha256(f"{version.public_id}\n{unseal(version).words}".encode()).hexdigest()


def name_of(by: Actor) -> str:
    """The name that stands beside what somebody made. At most one SQL query."""
    participation = participation_of(by)
    return participation.name if participation else by.kind


def _refuse_secretly(story: Story, by: Actor) -> None:
    if by.kind != "system" and not may_read_original(story, reader=by, verb="story.see"):
        raise NotAllowed(secret=True)


def _refuse_beyond(story: Story, reach: str) -> None:
    agreed = agreed_level(story)
    if agreed is None or reach not in up_to(agreed):
        raise FurtherThanAgreed


def _put_released(story: Story, texts: Texts, made_by: str) -> None:
    """Exactly these languages are released; a translated text keeps the name of who translated it."""
    translators = dict(story.versions.filter(kind=Version.Kind.TRANSLATION).values_list("language", "made_by"))
    for language, words in texts.items():
        note(_put(story, Version.Kind.RELEASED, language, words, translators.get(language, made_by)))
    gone = story.versions.filter(kind=Version.Kind.RELEASED).exclude(language__in=list(texts))
    gone.filter(crossings__isnull=True).delete()  # what crossed to somebody stays, since it cannot be called back


def _put(story: Story, kind: str, language: str, words: str, made_by: str) -> Version:
    """Reworded, a version has not crossed to anybody yet."""
    before = story.versions.filter(kind=kind, language=language).first()
    if before is not None and unseal(before).words != words:
        before.crossings.filter(replaced_at__isnull=True).update(replaced_at=now())
    values = {"lab": story.lab, "words": seal(words, story.key), "made_by": made_by, "made_at": now()}
    return Version.objects.update_or_create(story=story, kind=kind, language=language, defaults=values)[0]


def _take_up_additions(story: Story) -> None:
    Addition.objects.filter(story=story, released_at__isnull=True).update(released_at=now())
