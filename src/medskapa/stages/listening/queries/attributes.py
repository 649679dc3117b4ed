"""What a reader sees of stories beside their words: all of it in the team; beyond, as coarse as ``coarsening`` makes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.db.shapes import Shape
from medskapa.ground.ledger.moment import now
from medskapa.ground.safeguarding.disclosure import FEWEST
from medskapa.stages.listening.coarsening import NOTHING, Attributes, Told, coarsened
from medskapa.stages.listening.models import Reach, Story
from medskapa.stages.listening.reach import from_here_on, nearest, needed_by
from medskapa.stages.listening.visibility import with_audience


@dataclass(frozen=True, slots=True)
class Outside:
    """What others see of a story beside its words, and whether its own language would point to fewer than five tellers.

    The lab's own language points to nobody: a text in it may be a translation.
    """

    seen: Attributes
    is_rare: bool


def attributes_of(story: Story) -> Attributes:
    """All that is known of a story. No SQL."""
    return _attributes(story.told_at, story.language, story.lab.language, story.prompt_id)


def attributes_seen(stories: Iterable[Story], *, reader: Actor) -> dict[int, Attributes]:
    """What this reader sees of each of these stories. One SQL query for each lab; none for the team, who see it all."""
    rows, audience = list(stories), needed_by(reader)
    if audience == Reach.TEAM:
        return {story.pk: attributes_of(story) for story in rows}
    labs = {story.lab_id for story in rows}
    seen = {story: found for lab in labs for story, found in coarsened(_told(lab), to=audience).items()}
    return {story.pk: seen.get(story.pk, NOTHING) for story in rows}


def outside(story: Story, *, reach: str) -> Outside:
    """What a story is to those who read what goes this far. One SQL query."""
    audience = nearest(reach, Reach.PUBLIC)
    told = _told(story.lab_id)
    alike = {one.teller for one in told if one.attributes.language == story.language and one.reach in from_here_on(audience)}
    is_rare = story.language != story.lab.language and len(alike | {story.teller_id}) < FEWEST
    return Outside(coarsened(told, to=audience).get(story.pk, NOTHING), is_rare)


def is_rare(story: Story, *, reach: str) -> bool:
    """Whether a text in its own language would show others that it is one of fewer than five tellers'. At most one SQL query."""
    return reach != Reach.TEAM and outside(story, reach=reach).is_rare


def _told(lab: int) -> list[Told]:
    """Every story of the lab that others could ever read, in the order in which they first could."""
    rows = _OUT.rows(lab)
    return [Told(story, teller, _attributes(*known), reach) for story, teller, reach, *known in rows]


def _out(lab: int) -> QuerySet[Any, Any]:
    still = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("released_at"))  # else nobody else ever read it
    rows: QuerySet[Any, Any] = with_audience(Story.objects.filter(still, lab=lab, released_at__lte=now()))
    return rows.order_by("released_at", "pk").values_list("pk", "teller", "audience", "told_at", "language", "lab__language", "prompt")


_OUT = Shape(_out)  # of every page with a quote


def _attributes(told_at: datetime, language: str, of_lab: str, prompt: int | None) -> Attributes:
    told = timezone.localtime(told_at)
    half = 1 if told.month <= 6 else 2
    return Attributes(told.year, (told.year, half), language != of_lab, language, prompt)
