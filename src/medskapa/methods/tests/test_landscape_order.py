"""In which order statements are asked: everybody is asked each once, and what needs answers comes sooner."""

from statistics import fmean

from hypothesis import given
from hypothesis import strategies as st

from medskapa.methods.landscape.order import order, weight

ANSWERS = st.dictionaries(st.text(min_size=1, max_size=12), st.integers(0, 10_000), max_size=40)
SEEDS = [f"person {number}" for number in range(2_000)]


@given(answers=ANSWERS, seed=st.text(max_size=20))
def test_each_statement_stands_in_the_order_exactly_once(answers, seed):
    assert sorted(order(answers, seed=seed)) == sorted(answers)


@given(answers=ANSWERS, seed=st.text(max_size=20))
def test_who_is_asked_one_card_after_the_other_has_in_the_end_seen_each_exactly_once(answers, seed):
    left, seen = dict(answers), []
    while left:
        seen.append(order(left, seed=seed)[0])
        del left[seen[-1]]

    assert seen == order(answers, seed=seed)


@given(answers=ANSWERS.filter(bool), seed=st.text(max_size=20))
def test_a_new_statement_moves_no_other(answers, seed):
    before = order(answers, seed=seed)

    after = order(answers | {"a statement that came later": 0}, seed=seed)

    assert [one for one in after if one != "a statement that came later"] == before


def test_a_few_more_answers_of_others_leave_the_card_that_somebody_has_before_them():
    assert order({"a": 8, "b": 16, "c": 4}, seed="x") == order({"a": 15, "b": 31, "c": 7}, seed="x")


def test_with_as_many_answers_each_is_as_often_the_first():
    firsts = [order({"a": 3, "b": 3, "c": 3, "d": 3}, seed=seed)[0] for seed in SEEDS]

    assert all(abs(firsts.count(one) - 500) < 100 for one in "abcd")


def test_statements_with_fewer_answers_come_earlier_on_average():
    answers = {"none": 0, "one": 1, "some": 6, "many": 40}
    orders = [order(answers, seed=seed) for seed in SEEDS]

    places = [fmean(found.index(one) for found in orders) for one in answers]

    assert places == sorted(places)
    assert places[0] < 0.7 < 2.6 < places[-1]


def test_what_comes_first_is_drawn_in_proportion_to_the_weights():
    answers = {"none": 0, "one": 1, "two": 2}
    firsts = [order(answers, seed=seed)[0] for seed in SEEDS]

    assert [weight(count) for count in answers.values()] == [1, 1 / 2, 1 / 4]
    assert abs(firsts.count("none") / len(SEEDS) - 4 / 7) < 0.04
