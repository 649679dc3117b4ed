"""The demo's invented municipalities: outside the 290, without a shape, gone with the demo."""

from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.places.models import Municipality


@action("place.invent")
def invent_municipality(
    code: str, *, name: str, name_full: str, group: str, population: int, population_year: int, by: Actor
) -> Municipality:
    """A municipality that does not exist. One that is left from an earlier demo, since others use it, stays as it is."""
    values = {
        "name": name,
        "name_full": name_full,
        "group_id": group,
        "population": population,
        "population_year": population_year,
        "is_invented": True,
    }
    return Municipality.objects.get_or_create(code=code, defaults=values)[0]
