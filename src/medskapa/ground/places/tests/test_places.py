"""Sweden's places as they were brought into the store."""

import pytest
from django.db.models import Sum

from medskapa.ground.places.load import MAP_BOX, load_places, map_points
from medskapa.ground.places.models import Country, County, Municipality, MunicipalityGroup
from medskapa.ground.places.queries import counties, countries, groups, municipalities

pytestmark = pytest.mark.django_db


def test_all_municipalities_counties_and_groups_are_there():
    load_places()

    assert (Municipality.objects.filter(is_invented=False).count(), County.objects.count(), MunicipalityGroup.objects.count()) == (
        290,
        21,
        9,
    )
    assert Municipality.objects.aggregate(people=Sum("population"))["people"] == 10_452_326
    assert Country.objects.get(code="SE").name_sv == "Sverige"


def test_codes_are_text_and_begin_with_their_county():
    load_places()

    upplands_vasby = Municipality.objects.get(code="0114")

    assert (upplands_vasby.name, upplands_vasby.county_id, upplands_vasby.group_id) == ("Upplands Väsby", "01", "A2")
    assert all(code[:2] == county for code, county in Municipality.objects.filter(is_invented=False).values_list("code", "county_id"))


def test_loading_twice_changes_nothing():
    load_places()
    before = list(Municipality.objects.order_by("code").values())

    load_places()

    assert list(Municipality.objects.order_by("code").values()) == before


def test_every_municipality_has_its_place_on_the_map():
    load_places()

    points = map_points()

    assert set(points) == set(Municipality.objects.filter(is_invented=False).values_list("code", flat=True))
    assert all(0 <= x <= MAP_BOX[0] and 0 <= y <= MAP_BOX[1] for x, y in points.values())


def test_choices_follow_the_swedish_alphabet_and_leave_invented_ones_out():
    load_places()
    Municipality.objects.create(code="X001", name="Aaby", name_full="Aaby kommun", is_invented=True)

    names = [row.name for row in municipalities()]

    assert names[0] == "Ale"
    assert names[-1] == "Övertorneå"
    assert names.index("Älvsbyn") > names.index("Åstorp") > names.index("Ystad")
    assert [row.name for row in municipalities(with_invented=True)][-1] == "Aaby"


def test_reads_of_places_are_one_query_each(django_assert_num_queries):
    load_places()

    for read in (municipalities, counties, groups, countries):
        with django_assert_num_queries(1):
            list(read())
