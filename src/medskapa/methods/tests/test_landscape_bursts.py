"""Answers that come in bursts: what is marked, what never is, and that nothing but answers and moments plays a part."""

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medskapa.methods.landscape.bursts import CHANCE, FEWEST, WINDOW, Person, bursts

HOUR, DAY = 3_600.0, 86_400.0


def honest(rng, count, *, begin=0.0, within=10 * DAY, statements=12, camps=2):
    """People of some camps, each of whom answers three in four statements like their camp."""
    lean = rng.choice([-1, 1], size=(camps, statements))
    found = []
    for _ in range(count):
        own = lean[rng.integers(camps)]
        said = np.where(rng.random(statements) < 0.75, own, rng.choice([-1, 0, 1], size=statements))
        found.append(Person(begin + rng.random() * within, dict(enumerate(said.tolist()))))
    return found


def copies(count, *, begin, within=WINDOW, statements=12):
    """As many who answer alike, one after the other."""
    return [Person(begin + number * within // count, dict.fromkeys(range(statements), 1)) for number in range(count)]


def numbered(*groups):
    return dict(enumerate(person for group in groups for person in group))


def test_by_hand_six_alike_in_ten_minutes_of_which_thirty_others_gave_none():
    others = [Person(DAY + HOUR * number, {1: -1}) for number in range(30)]
    six = [Person(60.0 * number, {1: 1}) for number in range(6)]

    (found,) = bursts(numbered(others, six))

    assert found.people == set(range(30, 36))
    assert found.began == (0.0, 300.0)
    assert found.chance == pytest.approx(1 / comb(36, 6))


def test_an_attack_of_a_tenth_fresh_people_voting_alike_is_marked_and_hardly_an_honest_one():
    marked, wronged, attackers, people = 0, 0, 0, 0
    for seed in range(10):
        rng = np.random.default_rng(seed)
        good, bad = honest(rng, 270), copies(30, begin=5 * DAY)
        found = frozenset().union(*(burst.people for burst in bursts(numbered(good, bad))))
        attackers, people = attackers + len(bad), people + len(good)
        marked += len(found & set(range(270, 300)))
        wronged += len(found & set(range(270)))

    assert marked / attackers >= 0.95
    assert wronged / people <= 0.01


def test_ninety_on_a_lab_day_in_two_minutes_are_not_marked_for_coming_together():
    for seed in range(10):
        rng = np.random.default_rng(seed)
        before, day = honest(rng, 60), honest(rng, 90, begin=20 * DAY, within=120.0)

        assert bursts(numbered(before, day)) == []
        assert bursts(numbered(day)) == []


def test_a_class_that_all_agree_is_not_marked_where_others_agree_as_well():
    others = [Person(DAY + HOUR * number, {1: 1, 2: 1, 3: 1 if number % 5 else -1}) for number in range(40)]
    class_of_25 = [Person(number, {1: 1, 2: 1, 3: 1}) for number in range(25)]

    assert bursts(numbered(others, class_of_25)) == []


def test_where_there_is_nobody_to_compare_with_nobody_is_marked():
    assert bursts(numbered(copies(90, begin=0.0))) == []


SOME = st.builds(
    Person,
    st.integers(0, 3 * int(WINDOW)).map(float),
    st.dictionaries(st.integers(0, 2), st.sampled_from([-1, 0, 1]), min_size=1, max_size=3),
)
CROWDS = st.tuples(st.lists(SOME, max_size=40), st.integers(0, 12)).map(
    lambda drawn: numbered(drawn[0], copies(drawn[1], begin=DAY, statements=3)) if drawn[1] else numbered(drawn[0])
)


@settings(max_examples=60)
@given(people=CROWDS)
def test_whoever_is_marked_began_with_four_others_within_the_window_and_answered_as_they_did(people):
    found = bursts(people)

    assert sum(len(burst.people) for burst in found) == len(frozenset().union(*(burst.people for burst in found)))
    for burst in found:
        assert len(burst.people) >= FEWEST
        assert burst.began[1] - burst.began[0] <= WINDOW
        assert len({frozenset(people[one].answers.items()) for one in burst.people}) == 1
        assert burst.chance < CHANCE


@settings(max_examples=60)
@given(people=CROWDS, later=st.integers(-1_000, 1_000), by=st.integers(1, 50))
def test_neither_ids_nor_the_moment_of_the_first_play_a_part(people, later, by):
    moved = {one + by: Person(person.began + later * WINDOW, person.answers) for one, person in people.items()}

    assert [{one - by for one in burst.people} for burst in bursts(moved)] == [burst.people for burst in bursts(people)]


@settings(max_examples=60)
@given(people=CROWDS)
def test_one_who_comes_alone_is_never_marked(people):
    alone = max(people, default=0) + 1

    found = bursts(people | {alone: Person(-10 * WINDOW, {0: 1, 1: 1, 2: 1})})

    assert all(alone not in burst.people for burst in found)
