"""Pictures as they come in: redrawn in a process of their own, so that no file reaches anybody as it was sent."""

import subprocess

from medskapa.ground.ledger.pieces import opened_whole, sealed_whole
from medskapa.stages.listening import redraw
from medskapa.stages.listening.apart import run_apart
from medskapa.stages.listening.errors import NotAPicture, PictureTooBig
from medskapa.stages.listening.models import Picture, Story

TYPE = "image/jpeg"


def redrawn(content: bytes) -> bytes:
    """The same picture as a JPEG without anything but its pixels. Raises PictureTooBig, NotAPicture."""
    try:
        done = run_apart(redraw, content)
    except subprocess.TimeoutExpired:
        raise PictureTooBig from None
    if done.returncode == redraw.TOO_BIG:
        raise PictureTooBig
    if done.returncode or not done.stdout:
        raise NotAPicture
    return done.stdout


def sealed_picture(story: Story, content: bytes) -> Picture:
    """A picture of this story, not yet saved, sealed under the story's key. Raises WrongState if the key was destroyed."""
    picture = Picture(lab=story.lab, story=story)
    picture.sealed = sealed_whole(content, story.key, picture.public_id)
    return picture


def opened(picture: Picture) -> bytes:
    """The picture itself. Two SQL queries. Raises WrongState if its story was taken back, SealBroken."""
    return opened_whole(picture.sealed, picture.public_id)
