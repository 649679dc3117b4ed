"""Pictures of a story: added when it is told, opened one by one, removed by whoever told it."""

from collections.abc import Iterable

from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.stages.listening.models import Picture, Story
from medskapa.stages.listening.pictures import opened, sealed_picture
from medskapa.stages.listening.visibility import may_read_original


def add_pictures(story: Story, pictures: Iterable[bytes]) -> None:
    """What telling does with pictures that were redrawn."""
    for content in pictures:
        sealed_picture(story, content).save(force_insert=True)


@action("story.read", reading=True)
def read_picture(story: Story, *, picture: Picture, by: Actor) -> bytes:
    """Open a picture as those who moderate see it. Raises NotAllowed, as "not found". Three SQL queries and the record."""
    if picture.story_id != story.pk or not may_read_original(story, reader=by):
        raise NotAllowed(secret=True)
    note(picture)
    return opened(picture)


@action("story.read_own")
def read_own_picture(teller: Pseudonym, *, picture: Picture, by: Actor) -> bytes:
    """Open a picture for whoever sent it. Raises NotAllowed. Two SQL queries and the record."""
    if picture.story.teller_id != teller.pk:
        raise NotAllowed(secret=True)
    note(picture)
    return opened(picture)


@action("picture.remove")
def remove_picture(picture: Picture, *, by: Actor) -> None:
    """Let a teller take one picture away again, for themselves and for all; the story stays. Raises NotAllowed."""
    picture.covers.all().delete()
    picture.delete()
