"""Whom a lab has heard of those whom it wants to hear, and whom to reach next."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from medskapa.ground.labs.models import AgeBand, Lab
from medskapa.ground.safeguarding.disclosure import FEWEST
from medskapa.stages.listening.models import Story, TargetGroup

STEP = FEWEST  # counts and what is wanted go in steps, so that nobody's telling moves a figure that others can see by one


@dataclass(frozen=True, slots=True)
class Heard:
    """A target group, and the step in which the number of people lies who have told something."""

    target: TargetGroup
    fewest: int

    @property
    def most(self) -> int:
        """The last number of the step."""
        return self.fewest + STEP - 1

    @property
    def is_enough(self) -> bool:
        """Whether as many as were wanted have surely told."""
        return self.fewest >= self.target.people

    @property
    def share(self) -> float:
        """How much of what is wanted there surely is: 0 to 1."""
        return min(self.fewest / self.target.people, 1.0)


def heard_of(lab: Lab) -> list[Heard]:
    """The target groups of a lab, languages as the lab lists them and then ages from the youngest. Two SQL queries.

    Counted are people, by what they said themselves, with a story that the lab may read: not withdrawn, and not waiting for an adult.
    """
    read = Story.objects.filter(teller=OuterRef("pk"), waits_since__isnull=True).exclude(state=Story.State.WITHDRAWN)
    tellers: Counter[str] = Counter()
    for language, age_band in lab.pseudonyms.filter(Exists(read)).values_list("language", "age_band"):
        tellers.update((language, age_band))
    order = {value: place for place, value in enumerate([*lab.languages, *AgeBand.values])}
    targets = sorted(lab.target_groups.all(), key=lambda one: order.get(one.language or one.age_band, len(order)))
    return [Heard(one, tellers[one.language or one.age_band] // STEP * STEP) for one in targets]


def next_to_reach(groups: Iterable[Heard]) -> Heard | None:
    """The group of which the smallest share has told; of equal ones the one that lacks most people; None where all are heard."""
    lacking = [one for one in groups if not one.is_enough]
    return min(lacking, key=lambda one: (one.share, -one.target.people), default=None)
