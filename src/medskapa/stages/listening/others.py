"""Where others placed what they told, for a teller who has placed theirs: only after it, so that nobody places it as others did.

Everybody reads the same picture of a scale, and it says of each of its regions only whether most lie there, some, or few. Some are six
or more, so that five stay when the reader takes away their own; few may be nobody. Tellers are counted once, in the order in which their
stories began to count and only by whole fives, so that whoever comes again after one more mark sees nothing new.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.wordings import worded
from medskapa.ground.safeguarding.disclosure import FEWEST
from medskapa.stages.listening.models import Reach, Scale, Story
from medskapa.stages.listening.scales import (
    Region,
    Shares,
    box_of,
    ends_of,
    middle_of,
    place_in_words,
    place_of,
    point_on,
    region_in_words,
    region_of,
    regions_on,
)
from medskapa.stages.listening.visibility import placed, with_beginning

FEW, SOME, MOST = 8, 20, 40  # how large each is drawn
WORDS: dict[int, str | Promise] = {FEW: _("Few or none of them"), SOME: _("Some of them"), MOST: _("Most of them")}


@dataclass(frozen=True, slots=True)
class Area:
    """A region of a scale as it is drawn and said: how many lie there, roughly, and whether the reader's own mark does."""

    x: int
    y: int
    radius: int
    label: str
    has_own: bool

    @property
    def is_many(self) -> bool:
        """Whether enough lie there to be told."""
        return self.radius != FEW

    @property
    def words(self) -> str | Promise:
        """How many lie there, in words."""
        return WORDS[self.radius]


@dataclass(frozen=True, slots=True)
class Others:
    """One scale: the reader's own place, and where others lie; no areas while too few lie anywhere."""

    scale: Scale
    ends: list[str]
    box: str
    own: tuple[int, int]
    own_words: str
    areas: list[Area]


def others_of(story: Story, language: str) -> list[Others]:
    """Each scale on which a teller placed this story, with where others placed theirs. Three SQL queries."""
    mine = list(story.marks.select_related("scale").order_by("scale__order", "scale__pk"))
    worded([mark.scale for mark in mine], language)
    counted = with_beginning(placed(Story.objects.filter(lab=story.lab_id), need=Reach.LAB), need=Reach.LAB)
    rows = counted.filter(marks__scale__in=[mark.scale_id for mark in mine]).order_by("counts_since", "pk")
    first: dict[int, dict[int, Shares]] = {mark.scale_id: {} for mark in mine}
    for scale, teller, *shares in rows.values_list("marks__scale", "teller", "marks__first", "marks__second", "marks__third"):
        first[scale].setdefault(teller, (shares[0], shares[1], shares[2]))
    return [_others(mark.scale, place_of(mark), list(first[mark.scale_id].values())) for mark in mine]


def sizes(regions: list[Region]) -> dict[Region, int]:
    """How large each region is drawn, by those in it, one a teller, in the order in which they came.

    >>> near, far = (0,), (1,)
    >>> sizes([near] * 9), sizes([near] * 9 + [far]), sizes([near] * 9 + [far] * 6)
    ({}, {(0,): 40}, {(0,): 40, (1,): 20})
    """
    whole = regions[: len(regions) // FEWEST * FEWEST]
    counts = Counter(whole)
    return {region: MOST if 2 * count > len(whole) else SOME for region, count in counts.items() if count > FEWEST}


def _others(scale: Scale, own: Shares, places: Iterable[Shares]) -> Others:
    told = sizes([region_of(place) for place in places])
    areas = [_area(scale, region, told.get(region, FEW), own) for region in regions_on(scale)] if told else []
    if not scale.is_triangle:
        areas.sort(key=lambda area: area.x)  # the list in the order of the line
    return Others(scale, ends_of(scale), box_of(scale), point_on(scale, own), place_in_words(scale, own), areas)


def _area(scale: Scale, region: Region, radius: int, own: Shares) -> Area:
    x, y = point_on(scale, middle_of(scale, region))
    return Area(x, y, radius, region_in_words(scale, region), region_of(own) == region)
