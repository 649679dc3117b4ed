"""Rankings from pairs are the most likely ones, say how sure they are, and say openly what cannot be compared."""

import choix
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from medskapa.methods.errors import BadInput, MethodError
from medskapa.methods.ranking import rank, read_comparisons

BASEBALL = {  # home team: away team, games won by the home team and by the away team
    "Milwaukee": "Detroit 4 3, Toronto 4 2, New-York 4 3, Boston 6 1, Cleveland 4 2, Baltimore 6 0",
    "Detroit": "Milwaukee 3 3, Toronto 4 2, New-York 4 3, Boston 6 0, Cleveland 6 1, Baltimore 4 3",
    "Toronto": "Milwaukee 2 5, Detroit 4 3, New-York 2 4, Boston 4 3, Cleveland 4 2, Baltimore 6 0",
    "New-York": "Milwaukee 3 3, Detroit 5 1, Toronto 2 5, Boston 4 3, Cleveland 4 2, Baltimore 6 1",
    "Boston": "Milwaukee 5 1, Detroit 2 5, Toronto 3 3, New-York 4 2, Cleveland 5 2, Baltimore 6 0",
    "Cleveland": "Milwaukee 2 5, Detroit 3 3, Toronto 3 4, New-York 4 3, Boston 4 2, Baltimore 2 4",
    "Baltimore": "Milwaukee 2 5, Detroit 1 5, Toronto 1 6, New-York 2 4, Boston 1 6, Cleveland 3 4",
}


def games(wins):
    """``{("a", "b"): 3}``: a was preferred to b three times."""
    return [(one, other, 1.0) for (one, other), count in wins.items() for _time in range(count)]


def strengths(ranking):
    return {item.name: item.strength for item in ranking.items}


@st.composite
def connected(draw):
    """Comparisons among a few items, a circle of wins among them so that all are on one scale."""
    size = draw(st.integers(2, 6))
    circle = [(f"i{one}", f"i{(one + 1) % size}", 1.0) for one in range(size)]
    pairs = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(lambda pair: pair[0] != pair[1])
    return circle + [(f"i{one}", f"i{other}", 1.0) for one, other in draw(st.lists(pairs, max_size=40))]


def test_two_items_differ_by_the_log_of_their_odds():
    found = rank(games({("a", "b"): 30, ("b", "a"): 10}))

    assert strengths(found) == pytest.approx({"a": np.log(3) / 2, "b": -np.log(3) / 2})
    error = np.sqrt(1 / (40 * 0.75 * 0.25)) / 2  # of half the difference
    assert found.items[0].high - found.items[0].strength == pytest.approx(1.959964 * error)


def test_a_draw_is_half_a_win_for_each():
    drawn = rank([("a", "b", 0.5), ("a", "b", 0.5), ("a", "b", 1.0), ("b", "a", 1.0)])

    assert strengths(drawn) == pytest.approx({"a": 0, "b": 0})
    assert [(item.wins, item.compared) for item in drawn.items] == [(2, 4), (2, 4)]


def test_seven_baseball_teams_have_the_printed_strengths():
    # Games of 1987 in the Eastern Division of the American League, home team first: Agresti (2002), Categorical Data Analysis, 2nd edition,
    # section 10.6. Table 10.11 prints, against Baltimore: 1.58, 1.44, 1.29, 1.25, 1.11, 0.68, 0; and standard errors are about 0.3.
    comparisons = []
    for home, results in BASEBALL.items():
        for away, won, lost in (result.split() for result in results.split(", ")):
            comparisons += [(home, away, 1.0)] * int(won) + [(home, away, 0.0)] * int(lost)

    found = rank(comparisons)

    printed = {"Milwaukee": 1.58, "Detroit": 1.44, "Toronto": 1.29, "New-York": 1.25, "Boston": 1.11, "Cleveland": 0.68, "Baltimore": 0.0}
    against = strengths(found)["Baltimore"]
    assert {item.name: round(item.strength - against, 2) for item in found.items} == printed
    assert [item.name for item in found.items] == list(printed)


@given(comparisons=connected())
@settings(max_examples=80)
def test_strengths_are_those_of_choix(comparisons):
    found = strengths(rank(comparisons))
    names = sorted(found)
    theirs = choix.opt_pairwise(len(names), [(names.index(one), names.index(other)) for one, other, _won in comparisons], tol=1e-12)

    assert [found[name] for name in names] == pytest.approx(theirs - theirs.mean(), abs=1e-4)
    assert _likelihood(comparisons, found) >= _likelihood(comparisons, dict(zip(names, theirs, strict=True))) - 1e-9


def _likelihood(comparisons, found):
    return -sum(np.log1p(np.exp(found[other] - found[one])) for one, other, _won in comparisons)


@given(comparisons=connected(), data=st.data())
def test_the_order_of_comparisons_and_the_side_on_which_they_stood_do_not_matter(comparisons, data):
    turned = [
        (other, one, 1 - won) if data.draw(st.booleans()) else (one, other, won)
        for one, other, won in data.draw(st.permutations(comparisons))
    ]

    assert strengths(rank(turned)) == pytest.approx(strengths(rank(comparisons)), abs=1e-9)


@given(comparisons=connected())
def test_everybody_twice_as_often_gives_the_same_strengths_and_narrower_intervals(comparisons):
    once, twice = rank(comparisons), rank(comparisons * 2)

    assert strengths(twice) == pytest.approx(strengths(once), abs=1e-8)
    for item in twice.items:
        before = next(other for other in once.items if other.name == item.name)
        assert (item.high - item.low) * np.sqrt(2) == pytest.approx(before.high - before.low, rel=1e-6)


def test_what_never_lost_stands_above_without_a_strength_of_its_own():
    found = rank(games({("best", "a"): 2, ("a", "b"): 1, ("b", "a"): 1, ("b", "worst"): 1}))

    assert [(item.name, item.group, item.strength) for item in found.items] == [
        ("best", 0, None),
        ("a", 1, 0.0),
        ("b", 1, 0.0),
        ("worst", 2, None),
    ]
    assert (found.above, found.is_connected) == (((0, 1), (1, 2)), False)


def test_one_order_of_all_is_offered_by_an_imagined_draw_for_each():
    found = rank(games({("best", "a"): 2, ("a", "b"): 1, ("b", "a"): 1, ("b", "worst"): 1}))

    def unlikely(theta):
        best, a, b, worst = theta
        apart = np.array([best - a, best - a, a - b, b - a, b - worst])
        return np.log1p(np.exp(-apart)).sum() + (np.log1p(np.exp(-theta)) + np.log1p(np.exp(theta))).sum() / 2

    likeliest = minimize(unlikely, np.zeros(4), tol=1e-12).x
    assert [item.pulled for item in found.items] == pytest.approx(list(likeliest - likeliest.mean()), abs=1e-5)
    assert {item.pulled for item in rank(games({("a", "b"): 1, ("b", "a"): 1})).items} == {None}


def test_many_that_stand_all_one_above_the_other_are_put_in_their_order():
    found = rank([(f"i{one:03d}", f"i{other:03d}", 1.0) for one in range(200) for other in range(one + 1, 200)])

    assert [item.name for item in found.items] == [f"i{one:03d}" for one in range(200)]
    assert [item.group for item in found.items] == list(range(200))
    assert [item.pulled for item in found.items] == sorted((item.pulled for item in found.items), reverse=True)


def test_what_was_never_compared_even_by_way_of_others_stands_in_groups_of_which_none_is_above():
    found = rank(games({("a", "b"): 1, ("b", "a"): 1, ("c", "d"): 1, ("d", "c"): 1}))

    assert ({item.name: item.group for item in found.items}, found.above) == ({"a": 0, "b": 0, "c": 1, "d": 1}, ())


def test_strengths_far_apart_are_found_too():
    found = rank(games({("a", "b"): 1000, ("b", "a"): 1, ("b", "c"): 1000, ("c", "b"): 1}))

    assert strengths(found) == pytest.approx({"a": np.log(1000), "b": 0, "c": -np.log(1000)}, abs=1e-6)


@pytest.mark.parametrize(
    ("comparisons", "fault"),
    [([], "there are no comparisons, expected at least one"), ([("a", "a", 1.0)], "a is compared with itself, expected two")],
)
def test_what_cannot_be_ranked_is_refused(comparisons, fault):
    with pytest.raises(MethodError, match=fault):
        rank(comparisons)


def test_a_file_names_the_winner_or_nobody(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("left,right,winner\na,b,a\na,b,b\na,b,\na,b,tie\n")

    assert read_comparisons(path) == [("a", "b", 1.0), ("a", "b", 0.0), ("a", "b", 0.5), ("a", "b", 0.5)]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("a,a,a", "pairs.csv:2: a is compared with itself, expected two different ones"),
        ("a,b,c", "pairs.csv:2: the winner is 'c', expected a, b, or nothing for a draw"),
        (",b,b", "pairs.csv:2: left is empty, expected a value"),
        ("a,b", "pairs.csv:2: there are 2 cells, expected 3, one for each column"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, fault):
    path = tmp_path / "pairs.csv"
    path.write_text(f"left,right,winner\n{line}\n")

    with pytest.raises(BadInput) as refused:
        read_comparisons(path)

    assert fault in str(refused.value)
