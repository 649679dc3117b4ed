"""Whom a lab wants to hear."""

from collections.abc import Mapping

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.stages.listening.models import TargetGroup


@action("target_groups.set")
def set_target_groups(lab: Lab, *, languages: Mapping[str, int], ages: Mapping[str, int], by: Actor) -> Lab:
    """Say anew of how many people of each language and of each age a lab wants to hear. Raises NotAllowed."""
    lab.target_groups.all().delete()
    TargetGroup.objects.bulk_create(
        [
            *(TargetGroup(lab=lab, language=language, people=people) for language, people in languages.items()),
            *(TargetGroup(lab=lab, age_band=age, people=people) for age, people in ages.items()),
        ]
    )
    return lab
