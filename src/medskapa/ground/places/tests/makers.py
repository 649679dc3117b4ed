"""Places for tests."""

from typing import Any

from medskapa.ground.places.models import County, Municipality, MunicipalityGroup


def a_municipality(code: str = "0484", **what: Any) -> Municipality:
    """A municipality: Eskilstuna, if nothing else is said. The same one when asked twice."""
    county = County.objects.get_or_create(
        code=code[:2], defaults={"name": "Södermanlands län", "letter": "D", "region_name": "Region Sörmland"}
    )[0]
    group = MunicipalityGroup.objects.get_or_create(code="B3", defaults={"name_sv": "Större stad", "name_en": "Medium-sized town"})[0]
    defaults = {"name": "Eskilstuna", "name_full": "Eskilstuna kommun", "county": county, "group": group, "population": 107_593, **what}
    return Municipality.objects.get_or_create(code=code, defaults=defaults)[0]
