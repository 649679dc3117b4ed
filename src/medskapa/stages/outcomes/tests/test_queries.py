"""How it stands with an indicator, for whom, and how sure we are."""

from datetime import timedelta
from decimal import Decimal

import pytest

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, an_actor
from medskapa.ground.people.roles import Role
from medskapa.ground.places.tests.makers import a_municipality
from medskapa.stages.outcomes import queries
from medskapa.stages.outcomes.chart import charts
from medskapa.stages.outcomes.models import Indicator
from medskapa.stages.outcomes.tests.makers import a_baseline, a_measurement, an_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def standing(indicator: Indicator, *roles: str, **what: object) -> queries.Standing:
    loaded = queries.indicators_of(indicator.lab).get(pk=indicator.pk)
    return queries.standing_of(loaded, reader=an_actor(indicator.lab, *(roles or ("public",))), **what)


def test_margins_of_two_measurements_add_like_the_sides_of_a_right_angle(lab):
    indicator = an_indicator(lab)
    a_baseline(indicator, 41, margin=3)
    a_measurement(indicator, 68, margin=4)

    change = standing(indicator).change

    assert (change.difference, change.margin, change.verdict) == (27, (22, 32), "better")


def test_a_difference_within_its_margin_says_nothing(lab):
    indicator = an_indicator(lab)
    a_baseline(indicator, 41, margin=3)
    a_measurement(indicator, 45, margin=4)

    assert standing(indicator).change.verdict == "unclear"


def test_less_can_be_better(lab):
    indicator = an_indicator(lab, unit="days", direction="down")
    a_baseline(indicator, 60, margin=3)
    a_measurement(indicator, 20, margin=4)

    assert standing(indicator).change.verdict == "better"


def test_without_margins_we_cannot_tell(lab):
    indicator = an_indicator(lab)
    a_baseline(indicator, 10)
    a_measurement(indicator, 90)

    assert standing(indicator).change.margin is None
    assert standing(indicator).change.verdict == "unclear"


def test_a_number_about_four_people_stays_in_the_team(lab):
    indicator = an_indicator(lab)
    a_measurement(indicator, 41, people_count=4)

    assert [one.is_withheld for one in standing(indicator, Role.MODERATOR).measured] == [False]
    assert [one.is_withheld for one in standing(indicator).measured] == [True]
    assert standing(indicator).here == []


def test_what_was_measured_before_the_start_counts_as_before(lab):
    indicator = an_indicator(lab)
    begins = today_of(lab) - timedelta(days=10)
    early = a_measurement(indicator, 30, begins - timedelta(days=1))
    late = a_measurement(indicator, 50)

    change = standing(indicator, since=begins).change

    assert (change.before, change.now) == (early, late)


def test_places_are_kept_apart(lab):
    here, there = a_municipality(), a_municipality("0114", name="Upplands Väsby")
    indicator = an_indicator(lab)
    a_baseline(indicator, 41, municipality=here)
    mine = a_measurement(indicator, 68, municipality=here)
    other = a_measurement(indicator, 44, municipality=there)

    found = standing(indicator, municipality=here)

    assert found.change.now == mine
    assert found.elsewhere == {there: [other]}


def test_the_drawing_stays_in_its_box_and_writes_numbers_with_a_point(lab, settings):
    indicator = an_indicator(lab)
    for days, value in ((300, 12.5), (200, 80), (100, 0), (1, 99.5)):
        a_measurement(indicator, value, today_of(lab) - timedelta(days=days), margin=30, is_baseline=days == 300)

    drawn = charts(standing(indicator), began=today_of(lab) - timedelta(days=250))

    assert len(drawn) == 2
    for chart in drawn:
        paths = " ".join([chart.before, chart.since, *(path for _kind, path in chart.bands)])
        numbers = [
            Decimal(part)
            for part in paths.replace("M", " ").replace("L", " ").replace("V", " ").replace("z", " ").split()
            if "h" not in part
        ]
        assert "," not in paths
        assert all(0 <= number <= 760 for number in numbers)


def test_one_value_is_no_line(lab):
    indicator = an_indicator(lab)
    a_measurement(indicator)

    assert charts(standing(indicator)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_two_queries_for_one_and_for_three(lab, number, django_assert_num_queries):
    for _ in range(number):
        a_measurement(an_indicator(lab), municipality=a_municipality())
    reader = an_actor(lab, "public")

    with django_assert_num_queries(2):
        found = [queries.standing_of(row, reader=reader).municipality.name for row in queries.indicators_of(lab)]

    assert found == ["Eskilstuna"] * number
