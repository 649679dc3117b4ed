"""Where it is tried: the municipalities as dots, those with a pilot or an adoption lit and named."""

from dataclasses import dataclass

from medskapa.ground.labs.models import Lab
from medskapa.ground.places.load import MAP_BOX, map_points
from medskapa.ground.places.models import Municipality
from medskapa.stages.pilots.models import Adoption, Pilot

NEAR = 34  # names keep this distance
LEFT, TOP = 40, 10
LABELS = 203  # room for names beside the country
BESIDE = -14  # where invented places stand, west of the mountains


@dataclass(frozen=True, slots=True)
class Lit:
    """A municipality where something is tried."""

    name: str
    x: str
    y: str
    text_x: str
    text_y: str
    is_beside: bool = False  # invented, so it stands beside the country


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing, ready for its template; ``count`` municipalities in it."""

    box: str
    dots: str
    lit: list[Lit]
    count: int

    @property
    def lit_count(self) -> int:
        """How many of the country's municipalities are lit."""
        return sum(not place.is_beside for place in self.lit)

    @property
    def has_invented(self) -> bool:
        """Whether places stand beside the country."""
        return self.lit_count < len(self.lit)


def tried_in(lab: Lab) -> list[Pilot | Adoption]:
    """Pilots and adoptions that are planned, running or kept, with their municipality. Two SQL queries."""
    pilots = lab.pilots.exclude(state=Pilot.State.STOPPED).select_related("municipality").order_by("-starts_on", "-pk")
    kept = lab.adoptions.exclude(state__in=[Adoption.State.STOPPED, Adoption.State.CONSIDERING])
    adoptions = kept.select_related("municipality", "pilot").order_by("-since", "-pk")
    return [*pilots, *adoptions]


def map_of(places: list[Municipality]) -> Map:
    """The country with these places lit; invented municipalities stand beside it, where there is no land. No SQL."""
    points = map_points()
    codes = {place.code for place in places}
    dots = "".join(f"M{x:.0f} {y:.0f}h.1" for code, (x, y) in points.items() if code not in codes)
    width, height = MAP_BOX
    box = f"{-LEFT} {-TOP} {width + LABELS:.0f} {height + TOP:.0f}"
    beside = [place for place in places if place.code not in points]
    return Map(box, dots, [*_lit([place for place in places if place.code in points]), *_beside(beside)], len(points))


def _lit(places: list[Municipality]) -> list[Lit]:
    """Names from north to south, each below the one before where they would meet."""
    lit: list[Lit] = []
    below = -1000.0
    points = map_points()
    for place in sorted(set(places), key=lambda place: points[place.code][1]):
        x, y = points[place.code]
        label = max(y + 8, below + NEAR)
        below = label
        lit.append(Lit(place.name, f"{x:.1f}", f"{y:.1f}", f"{x + 22:.1f}", f"{label:.1f}"))
    return lit


def _beside(places: list[Municipality]) -> list[Lit]:
    """In a column beside the north, where the drawing is empty."""
    ordered = sorted(places, key=lambda place: place.code)
    return [
        Lit(place.name, str(BESIDE), f"{y:.1f}", f"{BESIDE + 22}", f"{y + 8:.1f}", is_beside=True)
        for place, y in zip(ordered, range(40, 40 + 46 * len(ordered), 46), strict=True)
    ]
