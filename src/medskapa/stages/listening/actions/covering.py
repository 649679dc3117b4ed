"""Covering: what others may see of a picture. It goes out with a release of its story, and only after somebody has looked at it."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.chain import has_read
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.moment import now
from medskapa.stages.listening.actions.moderating import NOTHING, check_marks, refuse_secretly
from medskapa.stages.listening.errors import NotLookedAt
from medskapa.stages.listening.models import Cover, Picture, Story
from medskapa.stages.listening.pictures import covered, opened, sealed_cover
from medskapa.stages.listening.visibility import may_read_original, readable_covers


@action("picture.cover")
def cover_picture(picture: Picture, *, cells: Collection[int], shows: str, by: Actor) -> Cover:
    """Make what others may see of a picture: these fields of it covered, or none if there is nothing to cover; again replaces it.

    Nobody sees it before the story is let go with it. Raises NotAllowed, WrongState (taken back, or on its way out), NotLookedAt,
    MarksLeft (in what it shows), MarksNotChecked.
    """
    story = picture.story
    refuse_secretly(story, by)
    if story.state == Story.State.WITHDRAWN or story.is_going_out:
        raise WrongState
    if not has_read(picture, reader=by.id, since=picture.told_at):
        raise NotLookedAt
    check_marks([(story.lab.language, shows)], NOTHING)
    cover = sealed_cover(picture, covered(picture, cells), cells=cells, shows=shows, by=by.id)
    picture.covers.filter(effective_at__isnull=True).delete()
    cover.save(force_insert=True)
    return cover


@action("picture.withhold")
def withhold_picture(picture: Picture, *, by: Actor) -> None:
    """Let nobody else see a picture, at once: what was covered of it is undone, also what others see now.

    Raises NotAllowed, WrongState (nothing was covered).
    """
    refuse_secretly(picture.story, by)
    if not picture.covers.all().delete()[0]:
        raise WrongState


@action("story.read", reading=True)
def read_cover(story: Story, *, cover: Cover, by: Actor) -> bytes:
    """Open what others may see of a picture, for those who moderate. Raises NotAllowed. Three SQL queries and the record."""
    if cover.picture.story_id != story.pk or not may_read_original(story, reader=by):
        raise NotAllowed(secret=True)
    note(cover)
    return opened(cover)


@action("story.read_own")
def read_own_cover(teller: Pseudonym, *, cover: Cover, by: Actor) -> bytes:
    """Open what others see of a picture, for whoever sent it. Raises NotAllowed. Two SQL queries and the record."""
    if cover.picture.story.teller_id != teller.pk:
        raise NotAllowed(secret=True)
    note(cover)
    return opened(cover)


def open_cover(cover: Cover, *, reader: Actor) -> bytes:
    """What a reader of the story sees of a picture; like all that is released it leaves no line. Raises NotAllowed, as "not found"."""
    stories = Story.objects.filter(pk=cover.picture.story_id)
    if not readable_covers(stories, reader=reader).filter(pk=cover.pk).exists():
        raise NotAllowed(secret=True)
    return opened(cover)


def choose_covers(story: Story, chosen: Collection[Cover]) -> None:
    """What goes along with a release that is put down: these, and nothing else. The newest of a picture only."""
    newest = {cover.picture_id: cover for cover in sorted(chosen, key=lambda cover: cover.pk)}.values()
    rows = _covers(story)
    rows.update(goes_along=False)
    rows.filter(pk__in=[cover.pk for cover in newest]).update(goes_along=True)
    note(*newest)


def let_covers_go(story: Story, moment: datetime) -> None:
    """From this moment on others see what was chosen, in the place of what they see until then."""
    rows = _covers(story)
    rows.filter(replaced_at__lte=now()).delete()
    rows.filter(effective_at__isnull=False, replaced_at__isnull=True, goes_along=False).update(replaced_at=moment)
    rows.filter(effective_at__isnull=True, goes_along=True).update(effective_at=moment)


def call_covers_back(story: Story) -> None:
    """What was let go and does not count yet only waits again, and what it was to replace goes on."""
    ahead = now()
    rows = _covers(story)
    rows.filter(effective_at__gt=ahead).update(effective_at=None)
    rows.filter(replaced_at__gt=ahead).update(replaced_at=None)


def keep_covers(story: Story) -> None:
    """Others see on what they see now."""
    _covers(story).filter(effective_at__isnull=False, replaced_at__isnull=True).update(goes_along=True)


def _covers(story: Story) -> QuerySet[Cover]:
    return Cover.objects.filter(picture__story=story)
