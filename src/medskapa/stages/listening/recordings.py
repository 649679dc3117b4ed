"""Recordings as they come in: written anew in a process of their own, so that no file reaches anybody as it was sent."""

import subprocess
from dataclasses import dataclass

from medskapa.ground.ledger.pieces import opened_whole, sealed_whole
from medskapa.stages.listening import resound
from medskapa.stages.listening.apart import run_apart
from medskapa.stages.listening.errors import NoSound, NotASound, SoundTooLong
from medskapa.stages.listening.models import Recording, Story

TYPE = "audio/ogg"
WRONG = {resound.TOO_LONG: SoundTooLong, resound.NOTHING: NoSound}


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording that was written anew: Opus in Ogg."""

    content: bytes
    seconds: int


def resounded(content: bytes) -> Sound:
    """The same sound without anything else that the file said. Raises SoundTooLong, NoSound, NotASound."""
    try:
        done = run_apart(resound, content)
    except subprocess.TimeoutExpired:
        raise SoundTooLong from None
    if done.returncode in WRONG:
        raise WRONG[done.returncode]
    seconds, _line, sound = done.stdout.partition(b"\n")
    if done.returncode or not sound:
        raise NotASound
    return Sound(sound, int(seconds))


def sealed_recording(story: Story, sound: Sound) -> Recording:
    """The recording of this story, not yet saved, sealed under the story's key. Raises WrongState if the key was destroyed."""
    recording = Recording(lab=story.lab, story=story, seconds=sound.seconds)
    recording.sealed = sealed_whole(sound.content, story.key, recording.public_id)
    return recording


def heard(recording: Recording) -> bytes:
    """The sound itself. One SQL query. Raises WrongState if its story was taken back, SealBroken."""
    return opened_whole(recording.sealed, recording.public_id)
