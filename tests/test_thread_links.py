"""The red thread has every link that the models hold: each key between artefacts is registered, or named here with its reason."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ForeignObjectRel, Model

from medskapa.ground.ledger.registry import REGISTRY, SELF

NO_LINK = {
    "labday.Table.challenge": "A table works on a challenge for a day; what grew there is a prototype, whose idea names the challenge.",
    "labday.Table.prototype": "A table makes a prototype; that is where it was made, not what it grew from.",
    "outcomes.Indicator.insight": "An indicator says how one sees whether it got better. It measures a pilot, and nothing grows from it.",
}


def keys_to_artefacts(model: type[Model]) -> Iterator[tuple[str, type[Model]]]:
    """The keys of a model that lead to an artefact of the thread, and to which."""
    for key in model._meta.concrete_fields:
        if isinstance(key, ForeignKey) and key.related_model in REGISTRY.stages:
            yield key.name, key.related_model


def keys_between_artefacts() -> set[str]:
    """Keys of artefacts to artefacts, of tables between artefacts, and of anything to an artefact of an earlier room.

    What remains are the parts of an artefact, which lie in its own room: the versions of a story, the scores of a review.
    """
    found: set[str] = set()
    for model in apps.get_models():
        keys = list(keys_to_artefacts(model))
        is_between = model in REGISTRY.stages or len(keys) > 1
        label = model._meta.app_label
        found |= {f"{model._meta.label}.{name}" for name, end in keys if is_between or end._meta.app_label != label}
    return found


def keys_of_links() -> set[str]:
    """Every key that a registered link goes along."""
    return {step for link in REGISTRY.links for end in (link.parent, link.child) if end != SELF for step in _steps(link.model, end)}


def _steps(model: Any, path: str) -> Iterator[str]:
    for name in path.split("__"):
        step = model._meta.get_field(name)
        key = step.field if isinstance(step, ForeignObjectRel) else step
        yield f"{key.model._meta.label}.{key.name}"
        model = step.related_model


def test_there_are_keys_to_read():
    assert {"understanding.Evidence.statement", "selection.BestInterestsVoice.story", "pilots.Adoption.pilot"} <= keys_between_artefacts()


def test_every_key_between_artefacts_is_a_link_of_the_thread_or_has_a_reason_not_to_be():
    assert keys_between_artefacts() - keys_of_links() == set(NO_LINK)


@pytest.mark.parametrize("key", sorted(NO_LINK))
def test_a_key_is_not_both_a_link_and_excused(key):
    assert key not in keys_of_links()
