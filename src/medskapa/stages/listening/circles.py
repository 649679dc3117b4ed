"""The kinds of organisation as a teller can tell them apart: a few plain names, each for several official kinds."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medskapa.ground.people.roles import OrganisationKind as Kind


@dataclass(frozen=True, slots=True)
class Circle:
    """Some kinds of organisation under one plain name."""

    name: str
    label: str | Promise
    hint: str | Promise
    kinds: frozenset[str]


CIRCLES = (
    Circle(
        "state",
        _("State agencies"),
        _("Such as the migration agency or the employment service"),
        frozenset({Kind.STATE_AGENCY.value, Kind.GOVERNMENT.value}),
    ),
    Circle(
        "municipality",
        _("Municipalities"),
        _("Such as social services, schools and the places where you live"),
        frozenset(
            {
                Kind.MUNICIPALITY.value,
                Kind.MUNICIPALITY_DISTRICT.value,
                Kind.MUNICIPALITY_AND_REGION.value,
                Kind.MUNICIPAL_ASSOCIATION.value,
                Kind.ASSOCIATION_OF_MUNICIPALITIES.value,
            }
        ),
    ),
    Circle("region", _("Regions"), _("Such as health care"), frozenset({Kind.REGION.value, Kind.MUNICIPALITY_AND_REGION.value})),
    Circle("company", _("Companies"), "", frozenset({Kind.COMPANY.value, Kind.COMPANY_ASSOCIATION.value})),
    Circle(
        "association",
        _("Associations and foundations"),
        "",
        frozenset({Kind.NGO.value, Kind.NGO_USER_LED.value, Kind.FOUNDATION.value, Kind.INTERNATIONAL_ORGANISATION.value}),
    ),
    Circle("faith", _("Congregations"), _("Such as churches and mosques"), frozenset({Kind.FAITH_COMMUNITY.value})),
)


SHARED = frozenset({Kind.MUNICIPALITY_AND_REGION.value})  # a kind of both


def kinds_of(names: Iterable[str]) -> frozenset[str]:
    """The official kinds behind some plain names."""
    chosen = set(names)
    return frozenset().union(*(circle.kinds for circle in CIRCLES if circle.name in chosen))


def names_of(kinds: Iterable[str]) -> list[str]:
    """The plain names that cover these kinds: rather one too many, since whoever is kept out has to stay out."""
    kept = set(kinds)
    names = {circle.name for circle in CIRCLES if kept & (circle.kinds - SHARED)}
    if kept & SHARED and not any(kept & SHARED & circle.kinds for circle in CIRCLES if circle.name in names):
        names |= {circle.name for circle in CIRCLES if kept & SHARED & circle.kinds}
    return [circle.name for circle in CIRCLES if circle.name in names]


def labels_of(kinds: Iterable[str]) -> list[str]:
    """The plain names that cover these kinds, in words for a page."""
    names = names_of(kinds)
    return [str(circle.label) for circle in CIRCLES if circle.name in names]
