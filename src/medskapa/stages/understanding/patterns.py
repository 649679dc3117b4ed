"""Patterns in where tellers themselves placed what they told. A mark is theirs, so this is their reading and not the lab's.

Only from five tellers on is a pattern shown, and so is each group of tellers. Where those that are left out would together be one to
four, so that they could be worked out from the whole, the smallest group that is shown is left out, too.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from medskapa.ground.labs.models import AgeBand, Lab
from medskapa.ground.safeguarding.disclosure import FEWEST, is_few
from medskapa.ground.web import languages
from medskapa.stages.listening.models import Reach, Scale, Story
from medskapa.stages.listening.scales import Region, Shares, place_in_words, places_on, point_on, region_in_words, region_of, regions_on
from medskapa.stages.listening.visibility import placed


@dataclass(frozen=True, slots=True)
class Placing:
    """One mark, as far as patterns need to know: where, by which teller, of which language and age."""

    place: Shares
    teller: int
    language: str
    age_band: str
    story: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the drawing with how many stories lie there, and in words."""

    x: int
    y: int
    radius: int
    count: int
    says: str

    @property
    def is_many(self) -> bool:
        """Whether anything lies there."""
        return self.count > 0


@dataclass(frozen=True, slots=True)
class Group:
    """Some tellers, and the share of their stories in each region, in percent."""

    label: str | Promise
    tellers: int
    shares: list[int]


@dataclass(frozen=True)
class Pattern:
    """Where the stories of a lab lie on one scale."""

    scale: Scale
    placings: tuple[Placing, ...]

    @cached_property
    def tellers(self) -> int:
        """How many people placed something."""
        return len({placing.teller for placing in self.placings})

    @property
    def is_shown(self) -> bool:
        """Whether enough people did."""
        return self.tellers >= FEWEST

    @cached_property
    def spots(self) -> list[Spot]:
        """Every place of the scale, those too where nothing lies."""
        counts = Counter(placing.place for placing in self.placings)
        most = max(counts.values(), default=1)
        return [_spot(self.scale, place, counts[place], most) for place in places_on(self.scale)]

    @cached_property
    def regions(self) -> list[tuple[Region, str, int]]:
        """The regions of the scale, in words, with how many stories lie there."""
        counts = Counter(region_of(placing.place) for placing in self.placings)
        return [(region, region_in_words(self.scale, region), counts[region]) for region in regions_on(self.scale)]

    def groups_by(self, name: str, labels: Mapping[str, str | Promise]) -> list[Group]:
        """The tellers by their language or age band, as far as that points nobody out."""
        by_group: dict[str, list[Placing]] = defaultdict(list)
        for placing in self.placings:
            by_group[getattr(placing, name)].append(placing)
        sizes = {group: len({placing.teller for placing in found}) for group, found in by_group.items()}
        return [self._group(labels.get(group, group), sizes[group], by_group[group]) for group in shown_groups(sizes)]

    def _group(self, label: str | Promise, tellers: int, placings: list[Placing]) -> Group:
        counts = Counter(region_of(placing.place) for placing in placings)
        return Group(label, tellers, [round(100 * counts[region] / len(placings)) for region in regions_on(self.scale)])


def shown_groups(sizes: Mapping[str, int]) -> list[str]:
    """The groups that may be shown beside the whole, the largest first: none of one to four, nor those left out together."""
    shown = sorted((group for group, size in sizes.items() if group and size >= FEWEST), key=lambda group: (-sizes[group], group))
    while shown and is_few(sum(sizes.values()) - sum(sizes[group] for group in shown)):
        shown.pop()
    return shown


def pattern_of(scale: Scale) -> Pattern:
    """Where stories lie on a scale. One SQL query."""
    found = scale.marks.filter(story__in=_counted(scale.lab_id)).order_by("pk")
    names = ("first", "second", "third", "story__teller", "story__language", "story__teller__age_band", "story")
    return Pattern(scale, tuple(Placing((a, b, c), *rest) for a, b, c, *rest in found.values_list(*names)))


def scales_with_patterns(lab: Lab) -> QuerySet[Scale]:
    """The scales of a lab, with how many tellers placed something on each. One SQL query."""
    counts = Count("marks__story__teller", filter=Q(marks__story__in=_counted(lab.pk)), distinct=True)
    return lab.scales.annotate(teller_count=counts).order_by("order", "pk")


def stories_in(pattern: Pattern, region: Region) -> list[int]:
    """The keys of the stories that lie in a region."""
    return [placing.story for placing in pattern.placings if region_of(placing.place) == region]


def age_labels() -> dict[str, str | Promise]:
    """Age bands in words."""
    return dict(AgeBand.choices)


def language_labels(pattern: Pattern) -> dict[str, str | Promise]:
    """The languages of a pattern by their own names."""
    return {placing.language: languages.own_name(placing.language) for placing in pattern.placings}


def _counted(lab: int) -> QuerySet[Story, Any]:
    return placed(Story.objects.filter(lab=lab), need=Reach.TEAM).values("pk")


def _spot(scale: Scale, place: Shares, count: int, most: int) -> Spot:
    x, y = point_on(scale, place)
    radius = round(4 + 36 * sqrt(count / most)) if count else 3
    return Spot(x, y, radius, count, place_in_words(scale, place))
