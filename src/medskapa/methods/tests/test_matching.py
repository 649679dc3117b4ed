"""Matchings keep capacities and wishes, are stable where they say so, and cost as little as they can."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.methods.errors import BadInput, MethodError
from medskapa.methods.matching import Market, blocking_pairs, least_cost, read_market, stable


def rng(seed=0):
    return np.random.default_rng(seed)


def gale_and_shapley_1962():
    """Example 1 of their paper: three men, three women, three stable sets of marriages."""
    men = {"α": {"A": 1, "B": 2, "C": 3}, "β": {"A": 3, "B": 1, "C": 2}, "γ": {"A": 2, "B": 3, "C": 1}}
    women = {"A": {"α": 3, "β": 1, "γ": 2}, "B": {"α": 2, "β": 3, "γ": 1}, "C": {"α": 1, "β": 2, "γ": 3}}
    return Market(men, women, dict.fromkeys(women, 1))


@st.composite
def markets(draw, ties=True):
    people, places = (
        [f"p{number}" for number in range(draw(st.integers(1, 5)))],
        [f"w{number}" for number in range(draw(st.integers(1, 3)))],
    )

    def wishes(of, least):
        wished = draw(st.lists(st.sampled_from(of), unique=True, min_size=least))
        return {one: draw(st.integers(1, 3)) if ties else place for place, one in enumerate(wished, start=1)}

    return Market(
        {person: wishes(places, 0) for person in people},
        {place: wishes(people, 0 if ties else 1) for place in places},
        {place: draw(st.integers(0, 2)) for place in places},
    )


def allowed(market):
    """Every matching that keeps wishes and capacities."""
    people = sorted(market.people)
    for places in product(*([None, *(place for place in market.people[person] if market.are_open(person, place))] for person in people)):
        if all(places.count(place) <= capacity for place, capacity in market.capacities.items()):
            yield {person: place for person, place in zip(people, places, strict=True) if place}


def cost(market, pairs):
    return sum(market.rank_by_person(person, place) + market.rank_by_place(place, person) for person, place in pairs.items())


def test_the_example_of_gale_and_shapley_is_best_for_whoever_proposes():
    market = gale_and_shapley_1962()

    assert stable(market, rng()).pairs == {"α": "A", "β": "B", "γ": "C"}
    assert stable(market, rng(), best_for="places").pairs == {"α": "C", "β": "A", "γ": "B"}
    assert sum(blocking_pairs(market, pairs) == () for pairs in allowed(market) if len(pairs) == 3) == 3


def test_a_place_takes_as_many_as_it_has_room_for_and_those_it_wishes_for_most():
    market = Market(
        {"Ada": {"north": 1}, "Bo": {"north": 1, "south": 2}, "Cy": {"north": 1}},
        {"north": {"Cy": 1, "Ada": 2, "Bo": 3}, "south": {}},
        {"north": 2, "south": 1},
    )

    found = stable(market, rng())

    assert (found.pairs, found.without, found.ranks) == ({"Ada": "north", "Bo": "south", "Cy": "north"}, (), {1: 2, 2: 1})


def test_the_least_cost_may_leave_a_pair_who_would_rather_have_each_other_and_names_it():
    market = Market(
        {"Ada": {"north": 1, "south": 2}, "Bo": {"north": 1}}, {"north": {"Ada": 1, "Bo": 2}, "south": {"Ada": 1}}, {"north": 1, "south": 1}
    )

    assert stable(market, rng()).pairs == {"Ada": "north"}
    found = least_cost(market, rng())
    assert (found.pairs, found.blocking) == ({"Ada": "south", "Bo": "north"}, (("Ada", "north"),))


def test_nobody_is_matched_where_nobody_is_wished_for():
    market = Market({"Ada": {}, "Bo": {"north": 1}}, {"north": {}}, {"north": 0})

    assert (
        stable(market, rng()).without
        == stable(market, rng(), best_for="places").without
        == least_cost(market, rng()).without
        == ("Ada", "Bo")
    )


@given(market=markets(), seed=st.integers(0, 3), best_for=st.sampled_from(["people", "places"]))
def test_a_stable_matching_is_allowed_and_has_no_blocking_pair(market, seed, best_for):
    found = stable(market, rng(seed), best_for=best_for)

    assert dict(found.pairs) in list(allowed(market))
    assert found.blocking == ()
    assert {*found.pairs, *found.without} == set(market.people)


@given(market=markets(ties=False))
def test_nobody_gets_a_better_place_in_any_stable_matching_than_when_people_propose(market):
    best = stable(market, rng()).pairs

    for pairs in allowed(market):
        if blocking_pairs(market, pairs) == ():
            assert set(pairs) == set(best)  # Roth: the same people get a place in all of them
            assert all(market.rank_by_person(one, best[one]) <= market.rank_by_person(one, pairs[one]) for one in best)


@given(market=markets(ties=False))
def test_whoever_proposes_the_same_people_get_places_and_the_same_places_stay_with_room(market):
    one, other = stable(market, rng()), stable(market, rng(), best_for="places")

    assert one.without == other.without
    assert sorted(one.pairs.values()) == sorted(other.pairs.values())


@given(market=markets(), seed=st.integers(0, 3))
def test_the_least_cost_matches_as_many_as_possible_for_as_little_as_possible(market, seed):
    found = least_cost(market, rng(seed)).pairs

    assert (-len(found), cost(market, found)) == min((-len(pairs), cost(market, pairs)) for pairs in allowed(market))


@given(market=markets(), seed=st.integers(0, 3), data=st.data())
def test_the_order_in_which_people_and_places_came_does_not_matter(market, seed, data):
    again = Market(*(dict(data.draw(st.permutations(list(part.items())))) for part in (market.people, market.places, market.capacities)))

    assert stable(again, rng(seed)) == stable(market, rng(seed))
    assert least_cost(again, rng(seed)) == least_cost(market, rng(seed))


@pytest.mark.parametrize(
    ("people", "places", "capacities", "fault"),
    [
        ({"Ada": {"east": 1}}, {}, {"north": 1}, "Ada wishes for east, expected a place that has a capacity"),
        ({"Ada": {}}, {"north": {"Bo": 1}}, {"north": 1}, "north wishes for Bo, expected a person who has wishes, too"),
        ({"Ada": {}}, {}, {"north": -1}, "north has a capacity of -1, expected at least 0"),
    ],
)
def test_a_market_that_does_not_fit_together_is_refused(people, places, capacities, fault):
    with pytest.raises(MethodError, match=fault):
        Market(people, places, capacities)


WISHES = "from,to,rank\nAda,north,1\nnorth,Ada,1\nBo,north,2\n"
ROOM = "place,capacity\nnorth,1\nsouth,2\n"


@pytest.fixture
def files(tmp_path):
    def write(wishes=WISHES, room=ROOM):
        (tmp_path / "wishes.csv").write_text(wishes)
        (tmp_path / "room.csv").write_text(room)
        return tmp_path / "wishes.csv", tmp_path / "room.csv"

    return write


def test_wishes_of_both_sides_stand_in_one_file(files):
    read = read_market(*files())

    assert read == Market({"Ada": {"north": 1}, "Bo": {"north": 2}}, {"north": {"Ada": 1}, "south": {}}, {"north": 1, "south": 2})


@pytest.mark.parametrize(
    ("wishes", "room", "fault"),
    [
        (WISHES + "Ada,north,2\n", ROOM, "wishes.csv:5: Ada ranks north twice, expected one rank"),
        (WISHES + "Ada,Bo,2\n", ROOM, "wishes.csv:5: Ada and Bo are two people, expected a person and a place of the capacities"),
        (WISHES + "north,south,2\n", ROOM, "wishes.csv:5: north and south are two places, expected a person and a place of the capacities"),
        (WISHES + "south,Cy,2\n", ROOM, "wishes.csv:5: Cy has no wishes, expected a person who wishes for a place, too"),
        (WISHES + "Ada,south,0\n", ROOM, "wishes.csv:5: rank is 0, expected a whole number of at least 1"),
        (WISHES + ",south,1\n", ROOM, "wishes.csv:5: from is empty, expected a value"),
        (WISHES, ROOM + "north,2\n", "room.csv:4: the place north stands there twice, expected each place once"),
        (WISHES, ROOM + "east,-1\n", "room.csv:4: capacity is -1, expected a whole number of at least 0"),
        (WISHES, "place\nnorth\n", "room.csv:1: the column capacity is missing"),
    ],
)
def test_bad_files_are_refused_with_their_line(files, wishes, room, fault):
    with pytest.raises(BadInput) as refused:
        read_market(*files(wishes, room))

    assert fault in str(refused.value)
