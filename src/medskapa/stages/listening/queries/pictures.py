"""Which pictures and which recording a story has, and what others see of them; no picture and no sound is opened here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.models import DataKey
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import Opened, unseal
from medskapa.stages.listening.models import Cover, Picture, Recording, Story
from medskapa.stages.listening.queries.stories import keys_of
from medskapa.stages.listening.visibility import counting_covers, is_counting, readable_covers


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture of a story, what was covered of it last, and what others see of it now."""

    picture: Picture
    cover: Opened[Cover] | None
    is_shown: bool

    @property
    def is_waiting(self) -> bool:
        """Whether what was covered last is something that nobody else sees yet."""
        return self.cover is not None and (self.cover.effective_at is None or self.cover.effective_at > now())


def pictures_of(story: Story) -> list[Kept]:
    """The pictures of a story that the reader may open already, without what is sealed in them. Three SQL queries, one if there is none."""
    pictures = list(story.pictures.defer("sealed").order_by("pk"))
    still = Q(replaced_at__isnull=True) | Q(replaced_at__gt=now())
    covers = _words_of(Cover.objects.filter(still, picture__in=pictures), keys_of([story])) if pictures else []
    newest = {cover.picture_id: cover for cover in covers}
    seen = {cover.picture_id for cover in covers if story.is_out and is_counting(cover.row)}
    return [Kept(picture, newest.get(picture.pk), picture.pk in seen) for picture in pictures]


def covers_seen(story: Story) -> QuerySet[Cover]:
    """What anybody but the desk sees now of the pictures of a story. One SQL query."""
    return counting_covers(Cover.objects.filter(picture__story=story)) if story.is_out else Cover.objects.none()


def pictures_shown(story: Story, *, reader: Actor) -> list[Opened[Cover]]:
    """What this reader sees of the pictures of a story, in their order. Two SQL queries."""
    return _words_of(readable_covers(Story.objects.filter(pk=story.pk), reader=reader))


def recording_of(story: Story) -> Recording | None:
    """The recording of a story that the reader may open already, without its sound. One SQL query."""
    return Recording.objects.filter(story=story).defer("sealed").first()


def _words_of(covers: QuerySet[Cover], keys: Iterable[DataKey] = ()) -> list[Opened[Cover]]:
    return unseal(covers.select_related("picture").defer("sealed", "picture__sealed").order_by("picture", "pk"), keys=keys)
