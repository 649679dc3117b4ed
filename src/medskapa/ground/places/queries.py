"""Reads of places: what forms offer to choose from."""

from django.db.models import QuerySet

from medskapa.ground.places.models import Country, County, Municipality, MunicipalityGroup

_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})


def municipalities(*, with_invented: bool = False) -> QuerySet[Municipality]:
    """Municipalities by name; the demo's invented ones last, if asked for. One SQL query."""
    rows = Municipality.objects.select_related("county", "group")
    if not with_invented:
        rows = rows.filter(is_invented=False)
    return rows.order_by("is_invented", "name", "pk")


def municipality_choices(*, with_invented: bool = False) -> list[tuple[str, str]]:
    """Code and name of each municipality, for a list to choose from. One SQL query."""
    rows = municipalities(with_invented=with_invented).values_list("code", "name")
    return sorted(rows, key=lambda row: _swedish(row[1]))


def counties() -> QuerySet[County]:
    """Counties by their codes, which run from Stockholm northwards. One SQL query."""
    return County.objects.order_by("code")


def groups() -> QuerySet[MunicipalityGroup]:
    """Groups of like municipalities by their codes. One SQL query."""
    return MunicipalityGroup.objects.order_by("code")


def countries() -> QuerySet[Country]:
    """Countries by their English names. One SQL query."""
    return Country.objects.order_by("name_en", "pk")


def _swedish(name: str) -> str:
    """A key that sorts Å, Ä and Ö after Z, as Swedish does."""
    return name.casefold().translate(_AFTER_Z)
