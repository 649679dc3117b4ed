"""What grew from the stories of one teller: where later rooms look to say what became of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.edges import Key, pairs_below
from medskapa.ground.ledger.registry import REGISTRY
from medskapa.stages.listening.models import Consent, Story


@dataclass(frozen=True, slots=True)
class Grown:
    """A teller, and for each artefact that grew from what they told the public ids of the stories it grew from."""

    teller: Pseudonym
    behind: Mapping[Key, frozenset[str]]

    def keys_of(self, model: type[Model]) -> list[Any]:
        """The keys of those artefacts that are of this model."""
        return [pk for found, pk in self.behind if found is model]

    def of(self, row: Model) -> frozenset[str]:
        """The public ids of the stories that an artefact grew from."""
        return self.behind.get((type(row), row.pk), frozenset())


def grown_from(teller: Pseudonym, stories: Iterable[Story]) -> Grown:
    """What grew from these stories of a teller. One SQL query (in a lab of more than 20,000 links one more per level)."""
    told = list(stories)
    children: dict[Key, list[Key]] = defaultdict(list)
    for parent, child in pairs_below(told, REGISTRY):
        children[parent].append(child)
    behind: dict[Key, set[str]] = defaultdict(set)
    for story in told:
        for key in _below((Story, story.pk), children):
            behind[key].add(story.public_id)
    return Grown(teller, {key: frozenset(found) for key, found in behind.items()})


def consents_of(story: Story) -> QuerySet[Consent]:
    """What was agreed to for a story, the latest first: the last 25, those that have ended too. One SQL query."""
    return story.consents.order_by("-valid_from", "-pk")[:25]


def contact_yes(teller: Pseudonym) -> Consent | None:
    """That the lab may reach a teller now. One SQL query."""
    rows = Consent.objects.filter(pseudonym=teller, purpose=Consent.Purpose.CONTACT, withdrawn_at__isnull=True)
    return rows.select_related("lab", "pseudonym__lab").order_by("-valid_from", "-pk").first()


def contacts_of(teller: Pseudonym) -> QuerySet[Consent]:
    """When the lab might reach a teller, the latest first: the last 25. One SQL query."""
    return Consent.objects.filter(pseudonym=teller, purpose=Consent.Purpose.CONTACT).order_by("-valid_from", "-pk")[:25]


def _below(start: Key, children: Mapping[Key, list[Key]]) -> set[Key]:
    seen, todo = {start}, [start]
    while todo:
        fresh = [child for child in children.get(todo.pop(), ()) if child not in seen]
        seen.update(fresh)
        todo.extend(fresh)
    return seen - {start}
