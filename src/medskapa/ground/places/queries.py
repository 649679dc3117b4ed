"""Reads of places: what forms offer to choose from."""

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Replace

from medskapa.ground.places.models import Country, County, Municipality, MunicipalityGroup

AFTER_Z = (("å", "zza"), ("ä", "zzb"), ("ö", "zzc"), ("Å", "Zza"), ("Ä", "Zzb"), ("Ö", "Zzc"))


def in_swedish_order(field: str) -> F | Replace:
    """To order by: Å, Ä and Ö come after Z, as in Swedish, in both databases and without their collations."""
    name: F | Replace = F(field)
    for letter, instead in AFTER_Z:
        name = Replace(name, Value(letter), Value(instead))
    return name


def municipalities(*, with_invented: bool = False) -> QuerySet[Municipality]:
    """Municipalities by name; the demo's invented ones last, if asked for. One SQL query."""
    rows = Municipality.objects.select_related("county", "group")
    if not with_invented:
        rows = rows.filter(is_invented=False)
    return rows.order_by("is_invented", in_swedish_order("name"), "pk")


def counties() -> QuerySet[County]:
    """Counties by their codes, which run from Stockholm northwards. One SQL query."""
    return County.objects.order_by("code")


def groups() -> QuerySet[MunicipalityGroup]:
    """Groups of like municipalities by their codes. One SQL query."""
    return MunicipalityGroup.objects.order_by("code")


def countries() -> QuerySet[Country]:
    """Countries by their English names. One SQL query."""
    return Country.objects.order_by("name_en", "pk")
