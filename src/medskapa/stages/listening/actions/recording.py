"""The recording of a story: added when it is told, heard by few, written down, and then gone unless its teller wants it kept."""

from datetime import timedelta

from django.db.models import QuerySet

from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.chain import has_read
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import seal
from medskapa.stages.listening.actions.heeding import heed
from medskapa.stages.listening.actions.moderating import name_of, refuse_other_words, refuse_secretly
from medskapa.stages.listening.models import Consent, Recording, Story, Version
from medskapa.stages.listening.recordings import Sound, heard, sealed_recording
from medskapa.stages.listening.visibility import may_read_original

LISTENING = timedelta(hours=1)


def add_recording(story: Story, sound: Sound, *, is_kept: bool) -> Recording:
    """What telling does with a recording that was written anew."""
    recording = sealed_recording(story, sound)
    recording.save(force_insert=True)
    if is_kept:
        Consent.objects.create(lab=story.lab, story=story, purpose=Consent.Purpose.RECORDING, valid_from=recording.told_at)
    return recording


@action("recording.hear", reading=True)
def hear_recording(story: Story, *, by: Actor) -> bytes:
    """Open the recording of a story for who writes it down, translates or moderates it. It leaves a line that its teller sees.

    Raises NotAllowed, as "not found", also if there is none. Three SQL queries and the record.
    """
    recording = _to_hear(story, by)
    note(recording)
    return heard(recording)


def hear_on(story: Story, *, by: Actor) -> bytes:
    """The same for a player that goes back and forth, within the hour after a line was left. Raises NotAllowed. Four SQL queries."""
    recording = _to_hear(story, by)
    if not has_read(recording, reader=by.id, since=now() - LISTENING):
        raise NotAllowed(secret=True)
    return heard(recording)


@action("story.read_own")
def hear_own_recording(teller: Pseudonym, *, recording: Recording, by: Actor) -> bytes:
    """Open a recording for whoever sent it. Raises NotAllowed. Two SQL queries and the record."""
    if recording.story.teller_id != teller.pk:
        raise NotAllowed(secret=True)
    note(recording)
    return heard(recording)


@action("recording.remove")
def remove_recording(recording: Recording, *, by: Actor) -> None:
    """Let a teller take their voice away again; the story stays, and what was written down of it. Raises NotAllowed."""
    _kept(recording.story).update(withdrawn_at=now())
    recording.delete()


@action("story.transcribe")
def transcribe_story(story: Story, *, words: str, by: Actor, is_whole: bool = False) -> Version:
    """Write down what is said in a recording, in the language of the story; again replaces it. Only those who moderate read it.

    ``is_whole``: nothing is missing, so the recording is no longer needed and goes, unless its teller wants it kept; and words that
    worry in it tell the officer, as written ones do.

    Raises NotAllowed, WrongState (withdrawn, or there is no recording and nothing was written down of one), WordsChanged.
    """
    written = story.versions.filter(kind=Version.Kind.TRANSCRIPT)
    if story.state == Story.State.WITHDRAWN or not (written.exists() or Recording.objects.filter(story=story).exists()):
        raise WrongState
    refuse_other_words(story, edition=1)
    refuse_secretly(story, by)
    name = name_of(by)
    values = {"lab": story.lab, "words": seal(words, story.key), "made_by": name, "made_at": now(), "by": by.id}
    values["checked_by"] = name if is_whole else ""
    kind = Version.Kind.TRANSCRIPT
    version = Version.objects.update_or_create(story=story, kind=kind, language=story.language, defaults=values)[0]
    _let_go(story)
    if is_whole:
        heed(words, teller=story.teller, by=by, story=story)
    return version


def _to_hear(story: Story, by: Actor) -> Recording:
    recording = Recording.objects.filter(story=story).first()
    if recording is None or story.is_corrected or not may_read_original(story, reader=by, verb="recording.hear"):
        raise NotAllowed(secret=True)
    return recording


def _let_go(story: Story) -> None:
    """The recording goes once it is written down as a whole, unless its teller wants it kept."""
    if story.versions.filter(kind=Version.Kind.TRANSCRIPT).exclude(checked_by="").exists():
        let_recording_go(story)


def let_recording_go(story: Story) -> None:
    """The lab needs the recording no more: it goes, unless its teller wants it kept. Two SQL queries."""
    if not is_recording_kept(story):
        Recording.objects.filter(story=story).delete()


def is_recording_kept(story: Story) -> bool:
    """Whether its teller wants the recording kept, also when nobody in the lab needs it any more. One SQL query."""
    return _kept(story).exists()


def _kept(story: Story) -> QuerySet[Consent]:
    return story.consents.filter(purpose=Consent.Purpose.RECORDING, withdrawn_at__isnull=True)
