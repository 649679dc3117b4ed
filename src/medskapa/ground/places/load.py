"""Sweden's municipalities, counties and groups, from the files beside this one into the store."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from django.db.models import Model

from medskapa.ground.places.models import Country, County, Municipality, MunicipalityGroup

MODELS: tuple[type[Model], ...] = (Country, County, MunicipalityGroup, Municipality)
MAP_BOX = (416.7, 1000.0)  # width and height of the map that the points belong to


def load_places(models: tuple[type[Any], ...] = MODELS) -> int:
    """Write what the files say; twice does no harm. Returns how many municipalities there are. Four SQL queries.

    ``models``: the four models in this order, as a migration knows them.
    """
    country, county, group, municipality = models
    _write(country, [dict(row) for row in _rows("countries")])
    _write(county, [_of(row, "code", "name", "letter", "region_name") for row in _rows("counties")])
    _write(group, [{"code": row["group"], **_of(row, "name_sv", "name_en")} for row in _rows("skr_groups")])
    municipalities = [_municipality(row) for row in _rows("municipalities")]
    _write(municipality, municipalities)
    return len(municipalities)


@cache
def map_points() -> dict[str, tuple[float, float]]:
    """Where each municipality stands on the map of MAP_BOX, by its code."""
    return {row["code"]: (float(row["x"]), float(row["y"])) for row in _rows("map_points")}


def _municipality(row: dict[str, str]) -> dict[str, Any]:
    return {
        **_of(row, "code", "name", "name_full"),
        "county_id": row["county_code"],
        "group_id": row["group"],
        "population": int(row["population"]),
        "population_year": int(row["population_year"]),
        "latitude": float(row["lat"]),
        "longitude": float(row["lon"]),
    }


def _write(model: type[Any], rows: list[dict[str, Any]]) -> None:
    changing = [name.removesuffix("_id") for name in rows[0] if name != "code"]
    model._default_manager.bulk_create(
        [model(**row) for row in rows], update_conflicts=True, unique_fields=["code"], update_fields=changing
    )


def _of(row: dict[str, str], *names: str) -> dict[str, str]:
    return {name: row[name] for name in names}


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("medskapa.ground.places").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
