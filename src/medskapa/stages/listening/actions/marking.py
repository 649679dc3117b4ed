"""Scales and the marks that tellers put on them: a teller's own reading of what they told."""

from collections.abc import Mapping

from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.stages.listening.errors import NotOnScale, TooManyScales
from medskapa.stages.listening.models import Mark, Scale, Story
from medskapa.stages.listening.order import move
from medskapa.stages.listening.scales import Shares, places_on

Marks = Mapping[Scale, Shares | None]
MEANING = ("title", "first", "second", "third", "language")


@action("scale.edit")
def save_scale(scale: Scale, *, by: Actor) -> Scale:
    """Ask tellers for one more mark, or change what is asked. Its words are settled once there is a mark.

    Raises NotAllowed, WrongState (other words for marks that are there), TooManyScales.
    """
    before = Scale.objects.filter(pk=scale.pk).first()
    is_reworded = before is not None and any(getattr(before, name) != getattr(scale, name) for name in MEANING)
    if is_reworded and scale.marks.exists():
        raise WrongState
    asked = Scale.objects.filter(lab=scale.lab, closed_at__isnull=True).exclude(pk=scale.pk).count()
    if scale.closed_at is None and asked >= Scale.MOST:
        raise TooManyScales
    scale.save()
    return scale


@action("scale.edit")
def move_scale(scale: Scale, *, up: bool, by: Actor) -> Scale:
    """Ask for a mark one place earlier or later. Raises NotAllowed, WrongState (no longer asked)."""
    move(scale, up=up)
    return scale


@action("mark.place")
def mark_story(story: Story, *, marks: Marks, by: Actor) -> Story:
    """Place a story on some scales, or take its mark from one (None). Raises NotAllowed, WrongState (withdrawn), NotOnScale."""
    if story.state == Story.State.WITHDRAWN:
        raise WrongState
    place_marks(story, marks)
    return story


def place_marks(story: Story, marks: Marks) -> None:
    """What both telling and coming back do: on each scale at most one mark. Raises NotOnScale."""
    for scale, place in marks.items():
        if place is None:
            story.marks.filter(scale=scale).delete()
            continue
        if scale.lab_id != story.lab_id or place not in places_on(scale):
            raise NotOnScale
        values = dict(zip(("first", "second", "third"), place, strict=True))
        Mark.objects.update_or_create(story=story, scale=scale, defaults={"lab": story.lab, **values})
