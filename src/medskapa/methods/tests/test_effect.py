"""An effect is what other people's programs say, with an interval that holds what it promises, and "too few to tell" where it cannot."""

from math import comb

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW, ttest_ind

from medskapa.methods.effect.autoregression import autoregressive, newey_west
from medskapa.methods.effect.before_after import before_after, paired
from medskapa.methods.effect.chance import dealt, dealt_shares, most_telling, turned, wilson
from medskapa.methods.effect.did import Unit, difference_in_differences
from medskapa.methods.effect.its import Series, interrupted
from medskapa.methods.effect.reading import read_before_after, read_paired, read_series, read_units
from medskapa.methods.errors import BadInput, MethodError, ShapeError

SLEEP = ([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
MONTHS = [50, 60, 45, 47, 50, 55, 53, 51, 48, 50, 47, 48, 55, 60, 63, 67, 65, 69, 72, 68, 74, 71, 76, 70]

numbers = st.lists(st.integers(-20, 20).map(float), min_size=4, max_size=12)


def rng():
    return np.random.default_rng(0)


def ends(effect):
    return effect.low, effect.high


def shares(hits, total):
    return [1.0] * hits + [0.0] * (total - hits)


def months(values=MONTHS, before=12):
    times = np.arange(len(values))
    return Series(times, np.array(values, dtype=float), times >= before)


def noise(seed, points, near):
    """Values of which each resembles the one before."""
    drawn = np.random.default_rng(seed).normal(size=points + 50)
    for point in range(1, points + 50):
        drawn[point] += near * drawn[point - 1]
    return drawn[50:]


# Two sets of people


def test_two_soporific_drugs_give_the_printed_intervals():
    # Student (1908), data `sleep` of R; R prints for t.test -3.3654832 to 0.2054832 (Welch, p = 0.07939) and, paired, -2.4598858 to
    # -0.7001142, the first drug minus the second.
    other_people, same_people = before_after(*SLEEP), paired(*SLEEP, rng())

    assert (round(-other_people.high, 7), round(-other_people.low, 7)) == (-3.3654832, 0.2054832)
    assert (round(other_people.by_chance, 5), other_people.verdict) == (0.07939, "not clear")
    assert (round(-same_people.high, 7), round(-same_people.low, 7)) == (-2.4598858, -0.7001142)
    assert (round(same_people.estimate, 2), same_people.verdict) == (1.58, "higher")


def test_two_shares_give_the_printed_intervals():
    # Newcombe (1998), Statistics in Medicine 17, 873-890, method 10: 56/70 less 48/80 from 0.0524 to 0.3339, 9/10 less 3/10 from 0.1705 to
    # 0.8090.
    many = before_after(shares(48, 80), shares(56, 70), is_share=True)
    few = before_after(shares(3, 10), shares(9, 10), is_share=True)

    assert (round(many.low, 4), round(many.high, 4)) == (0.0524, 0.3339)
    assert (round(few.low, 4), round(few.high, 4)) == (0.1705, 0.8090)


@given(one=numbers, other=numbers, confidence=st.sampled_from([0.8, 0.95, 0.99]))
@settings(max_examples=80)
def test_means_are_compared_as_in_statsmodels(one, other, confidence):
    found = before_after(one, other, confidence=confidence)

    if np.std(one) or np.std(other):
        theirs = CompareMeans(DescrStatsW(other), DescrStatsW(one)).tconfint_diff(1 - confidence, usevar="unequal")
        assert ends(found) == pytest.approx(theirs)
        assert found.by_chance == pytest.approx(ttest_ind(one, other, usevar="unequal")[1])
    assert [part.estimate for part in found.parts] == pytest.approx([np.mean(one), np.mean(other)])
    if np.std(one):
        assert (found.parts[0].low, found.parts[0].high) == pytest.approx(DescrStatsW(one).tconfint_mean(1 - confidence))


@given(data=st.data(), totals=st.tuples(st.integers(4, 60), st.integers(4, 60)), confidence=st.sampled_from([0.8, 0.95]))
@settings(max_examples=80)
def test_shares_are_compared_as_in_statsmodels(data, totals, confidence):
    hits = tuple(data.draw(st.integers(0, total)) for total in totals)

    found = before_after(shares(hits[0], totals[0]), shares(hits[1], totals[1]), is_share=True, confidence=confidence)

    theirs = confint_proportions_2indep(hits[1], totals[1], hits[0], totals[0], method="newcomb", alpha=1 - confidence)
    assert ends(found) == pytest.approx(theirs)
    for part, hit, total in zip(found.parts, hits, totals, strict=True):
        assert (part.low, part.high) == pytest.approx(proportion_confint(hit, total, 1 - confidence, method="wilson"))


def test_shares_dealt_out_are_those_of_fishers_test_where_both_sides_are_as_many():
    assert dealt_shares((2, 9), (12, 12)) == pytest.approx(fisher_exact([[2, 10], [9, 3]])[1])
    assert dealt_shares((5, 5), (10, 10)) == 1


@given(one=numbers, other=numbers)
@settings(max_examples=60)
def test_before_and_after_turned_around_give_the_opposite(one, other):
    found, back = before_after(one, other), before_after(other, one)

    assert back.estimate == -found.estimate
    assert back.low == pytest.approx(-found.high)
    assert {found.verdict, back.verdict} in ({"higher", "lower"}, {"not clear"})


@given(one=numbers, other=numbers, shift=st.integers(-100, 100), data=st.data())
@settings(max_examples=60)
def test_neither_a_shift_of_all_values_nor_their_order_changes_the_difference(one, other, shift, data):
    moved = before_after([value + shift for value in data.draw(st.permutations(one))], [value + shift for value in other])

    assert ends(moved) == pytest.approx(ends(before_after(one, other)), abs=1e-9)


@pytest.mark.parametrize(("one", "other"), [(3, 3), (2, 5), (1, 30), (2, 4)])
def test_where_even_the_clearest_data_could_be_chance_there_are_too_few(one, other):
    found = before_after([1.0] * one, [9.0] * other)

    assert found.estimate == 8
    assert (found.verdict == "too few to tell") is (one == 1 or most_telling(one, other) > 0.05)


def test_four_and_four_are_the_least():
    assert before_after([1, 2, 1, 2], [8, 9, 8, 9]).verdict == "higher"
    assert before_after([1, 2, 1], [8, 9, 8]).verdict == "too few to tell"
    assert before_after([1], [8] * 40).verdict == "too few to tell"
    assert most_telling(3, 3) == 2 / comb(6, 3)


def test_values_that_do_not_vary_at_all_leave_no_doubt():
    assert (before_after([2] * 5, [2] * 5).verdict, before_after([2] * 5, [3] * 5).verdict) == ("not clear", "higher")


def test_one_side_without_values_is_refused():
    with pytest.raises(MethodError, match="there are 0 values before and 2 after, expected some of both"):
        before_after([], [1, 2])


def test_the_words_say_what_was_found_and_what_it_does_not_show():
    found = before_after(shares(48, 80), shares(56, 70), is_share=True)

    assert found.words == (
        "Before, it was 48 of 80 (60%); after, it was 56 of 70 (80%).",
        "After is 20 percentage points higher; with 95% confidence that lies between 5 and 33 percentage points higher.",
        "It is clearly higher: chance alone makes a difference at least as large in about 13 of 1,000 such comparisons.",
        "It does not show why: whatever else changed at the same time is in it, too.",
    )
    assert before_after([3, 4, 5], [6, 7]).words[1:3] == (
        "After is 2.50 higher.",
        "That is too few to tell: with fewer than four before and four after, even the clearest difference could be chance.",
    )
    assert before_after(*SLEEP).words[:2] == (
        "Before, the mean of 10 was 0.8; after, the mean of 10 was 2.3.",
        "After is 1.6 higher; with 95% confidence that lies between 0.2 lower and 3.4 higher.",
    )
    assert before_after([5, 6, 5, 6] * 9, [1, 2, 1, 2] * 9).words[2] == (
        "It is clearly lower: chance alone makes a difference at least as large in less than 1 of 1,000 such comparisons."
    )


def test_a_close_call_is_called_one():
    found = before_after(shares(1, 60), shares(8, 60), is_share=True, confidence=0.99)

    assert (found.verdict, 0.01 < found.by_chance <= 0.05, found.low < 0) == ("not clear", True, True)
    assert found.words[2] == (
        "It is a close call, and not clear: chance alone makes a difference at least as large in about 32 of 1,000 such comparisons, "
        "but the interval still holds no change."
    )


# The same people twice


@given(pairs=st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=6, max_size=12))
@settings(max_examples=60)
def test_pairs_are_compared_as_in_statsmodels_and_checked_by_every_way_to_turn_them(pairs):
    before, after = ([float(pair[side]) for pair in pairs] for side in (0, 1))
    changes = np.array(after) - np.array(before)

    found = paired(before, after, rng())

    if changes.std():
        assert ends(found) == pytest.approx(DescrStatsW(changes).tconfint_mean())
    signs = np.array(np.meshgrid(*[[-1, 1]] * len(changes))).reshape(len(changes), -1)
    assert found.by_chance == pytest.approx((np.abs(changes @ signs) >= abs(changes.sum()) - 1e-9).mean())


def test_many_pairs_are_turned_at_random_and_give_about_the_same():
    changes = np.random.default_rng(4).normal(0.25, 1, 17)

    exact, drawn = turned(changes, rng()), turned(np.concatenate([changes, np.zeros(3)]), rng())

    assert drawn == pytest.approx(exact, abs=0.01)
    assert turned(np.concatenate([changes, np.zeros(3)]), rng()) == drawn


def test_fewer_than_six_pairs_are_too_few_and_missing_values_are_left_out():
    found = paired([1, 2, 3, 4, 5, np.nan], [2, 3, 4, 5, 6, 7], rng())

    assert (found.verdict, found.estimate, found.low) == ("too few to tell", 1, None)
    assert found.warnings == ("1 pair lacks a value and is left out.",)
    assert found.words[0] == "5 were measured twice: 5 went up, 0 went down, 0 stayed."


def test_a_mean_that_one_pair_makes_is_not_clear_though_every_pair_goes_up():
    found = paired([0] * 7, [0, 0, 0, 0, 0, 1, 9], rng())

    assert found.verdict == "not clear"
    assert found.by_chance == 0.5


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [([1], [1, 2], ShapeError), ([np.nan], [1], MethodError), ([], [], MethodError)],
)
def test_pairs_that_are_none_are_refused(before, after, fault):
    with pytest.raises(fault):
        paired(before, after, rng())


# With and without a pilot


def units(with_pilot, without, people=1):
    """Units that change by so much, from 0."""
    made = [("p", True, change) for change in with_pilot] + [("c", False, change) for change in without]
    return [Unit(f"{side}{number}", has, (0.0,) * people, (float(change),) * people) for number, (side, has, change) in enumerate(made)]


def test_the_difference_of_changes_by_hand():
    # Changes 2, 3, 4, 3 with and 0, 1, 2, 1 without: means 3 and 1, variances 2/3 each, error sqrt(2 × (2/3) / 4), 6 degrees of freedom.
    found = difference_in_differences(units([2, 3, 4, 3], [0, 1, 2, 1]), rng())

    assert found.estimate == 2
    assert ends(found) == pytest.approx((2 - 2.446912 * 0.57735, 2 + 2.446912 * 0.57735), abs=1e-5)
    assert found.by_chance == pytest.approx(4 / 70)  # of 70 ways to deal out four pilots: this one and the next, and both turned around
    assert [part.estimate for part in found.parts] == [3, 1]


def test_calcium_against_a_placebo_gives_the_printed_changes():
    # Lyle and others (1987), as printed in Moore, McCabe, Craig: Introduction to the practice of statistics, 9th edition, table 7.4 and
    # example 7.18: the mean decrease is 5.000 with calcium and -0.273 with a placebo, 5.273 more, and no clear difference.
    calcium = zip((107, 110, 123, 129, 112, 111, 107, 112, 136, 102), (100, 114, 105, 112, 115, 116, 106, 102, 125, 104), strict=True)
    placebo = zip(
        (123, 109, 112, 102, 98, 114, 119, 114, 110, 117, 130), (124, 97, 113, 105, 95, 119, 114, 112, 121, 118, 133), strict=True
    )
    people = [(True, values) for values in calcium] + [(False, values) for values in placebo]
    made = [Unit(f"u{number:02d}", has, (float(begin),), (float(end),)) for number, (has, (begin, end)) in enumerate(people)]

    found = difference_in_differences(made, rng())

    assert [round(-part.estimate, 3) for part in found.parts] == [5.000, -0.273]
    assert (round(-found.estimate, 3), found.verdict) == (5.273, "not clear")


@pytest.mark.parametrize("seed", range(5))
def test_with_as_many_answers_everywhere_it_is_regression_with_clustered_errors(seed):
    drawn = np.random.default_rng(seed)
    each, people = 6, 4
    values = drawn.normal(size=(2 * each, 2, people)) + drawn.normal(size=(2 * each, 1, 1))
    made = [Unit(f"u{number:02d}", number < each, tuple(values[number, 0]), tuple(values[number, 1])) for number in range(2 * each)]
    unit, after, _person = np.indices(values.shape).reshape(3, -1)
    design = np.column_stack([np.ones(len(unit)), unit < each, after, (unit < each) * after]).astype(float)
    theirs = sm.OLS(values.ravel(), design).fit(cov_type="cluster", cov_kwds={"groups": unit, "use_correction": False})

    found = difference_in_differences(made, rng())

    assert found.estimate == pytest.approx(theirs.params[3])
    changes = [np.array([one.change for one in made if one.has_pilot is has]) for has in (True, False)]
    assert ends(found) == pytest.approx(CompareMeans.from_data(*changes).tconfint_diff(usevar="unequal"))
    error = np.sqrt(sum(side.var(ddof=1) / each for side in changes))
    assert error * np.sqrt((each - 1) / each) == pytest.approx(theirs.bse[3])  # theirs divides by the number of units, not by one less


def test_few_units_are_named_and_too_few_get_no_interval():
    few = difference_in_differences(units([5, 6, 5, 6], [0, 1, 0, 1]), rng())
    too_few = difference_in_differences(units([5, 6], [0, 1, 0]), rng())

    said = "There are only 4 units with a pilot and 4 without: the interval rests on changes that spread evenly around their mean."
    assert few.warnings == (said,)
    assert few.verdict == "higher"
    assert (too_few.verdict, too_few.low, round(too_few.estimate, 3)) == ("too few to tell", None, 5.167)
    assert too_few.words[2] == (
        "That is too few to tell: however the pilots had been dealt out to so few units, even the clearest difference could be chance."
    )


def test_a_single_pilot_is_compared_by_how_much_other_units_change_by_themselves():
    without = [0, 1, 2, 1, 0, 2, 1, 1, 0, 2, 1, 0, 1, 2, 1, 1, 0, 2, 1]

    found = difference_in_differences(units([9], without), rng())

    error = np.std(without, ddof=1) * np.sqrt(1 + 1 / 19)
    assert ends(found) == pytest.approx((8 - 2.100922 * error, 8 + 2.100922 * error), abs=1e-5)
    assert (found.by_chance, found.verdict) == (0.05, "higher")
    assert found.warnings == ("One side is a single unit: how much units change by themselves is taken from the other side.",)
    assert difference_in_differences(units([1], [1] * 19), rng()).verdict == "not clear"


def test_a_unit_without_a_value_before_or_after_is_left_out():
    made = [*units([5, 6, 5, 6], [0, 1, 0, 1]), Unit("x", True, (1.0,), ()), Unit("y", False, (), (2.0,))]

    found = difference_in_differences(made, rng())

    assert found.estimate == 5
    assert found.warnings[0] == "2 units without a value before or after are left out."
    with pytest.raises(MethodError, match="1 units with a pilot and 0 without have values before and after, expected some of both"):
        difference_in_differences([made[0], made[-1]], rng())


def test_shares_of_units_are_said_in_percentage_points():
    made = [
        Unit(f"{has}{number}", has, tuple(shares(8 + number, 20)), tuple(shares(9 + number + 6 * has + number % 2, 20)))
        for has in (True, False)
        for number in range(4)
    ]

    found = difference_in_differences(made, rng(), is_share=True)

    assert found.words[0].startswith("4 units with a pilot: after is on average")
    assert found.words[1].startswith(
        "The change with a pilot is 30 percentage points higher than without; with 95% confidence that lies between"
    )


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_the_order_of_units_does_not_matter(data):
    changes = data.draw(st.lists(st.integers(-9, 9), min_size=8, max_size=8))
    made = units(changes[:4], changes[4:])

    assert difference_in_differences(data.draw(st.permutations(made)), rng()) == difference_in_differences(made, rng())


def test_many_units_are_dealt_out_at_random():
    one, other = np.random.default_rng(1).normal(size=(2, 12))

    found = dealt(one, other + 0.9, rng())

    assert found == pytest.approx(ttest_ind(one, other + 0.9)[1], abs=0.01)


# A series


def test_a_series_of_24_months_gives_the_printed_regression():
    # Green, Global Health Research: Designs and Methods, in the notes "Interrupted time series" of R_Book_QuasiExperiments. R prints for
    # lm: month -0.3427, post 9.6876, monthpost 1.7832, where monthpost counts from 1, so that the change at once is post and one monthpost.
    effects, _covariance = newey_west(months().design(), months().values)

    assert (round(effects[1], 4), round(effects[3], 4)) == (-0.3427, 1.7832)
    assert effects[2] - effects[3] == pytest.approx(9.6876, abs=5e-5)


def test_newey_west_errors_are_those_of_statsmodels():
    for seed, points in ((1, 24), (2, 40), (3, 90)):
        series = months(noise(seed, points, 0.4), points // 2)
        theirs = sm.OLS(series.values, series.design()).fit(
            cov_type="HAC", cov_kwds={"maxlags": int(4 * (points / 100) ** (2 / 9)), "use_correction": True}, use_t=True
        )
        found = interrupted(series)
        weights = series.questions()["mean over the time after"]

        assert newey_west(series.design(), series.values)[1] == pytest.approx(theirs.cov_params())
        beside = found.parts[-1]
        assert (beside.estimate, beside.low, beside.high) == pytest.approx(
            (float(theirs.params @ weights), *theirs.t_test(weights).conf_int()[0])
        )


@pytest.mark.parametrize("times", [np.arange(24), np.array([*range(9), *range(11, 20), 25, *range(30, 35)])])
def test_the_interval_is_that_of_generalised_least_squares_over_all_correlations(times):
    series = Series(times, np.array(MONTHS, dtype=float), np.arange(24) >= 12)
    weights = series.questions()["mean over the time after"]
    fit = autoregressive(series.design(), series.values, times)
    for step in (3, 20, 40, 60):
        factor = -1 + 2 * (step + 0.5) / 64
        theirs = sm.GLS(series.values, series.design(), sigma=factor ** np.abs(times[:, None] - times[None, :])).fit()

        assert fit.effects[step] == pytest.approx(theirs.params)
        assert fit.covariances[step] == pytest.approx(theirs.cov_params(), rel=1e-6)
    low, high = fit.interval(weights, 0.9)
    assert (fit.below(weights, low), fit.below(weights, high)) == pytest.approx((0.05, 0.95))


def test_the_interval_holds_what_it_promises_where_neighbours_resemble_each_other():
    held = {"ours": 0, "Newey-West": 0}
    for seed in range(150):
        found = interrupted(months(noise(seed, 20, 0.5), 10))
        held["ours"] += found.low <= 0 <= found.high
        held["Newey-West"] += found.parts[-1].low <= 0 <= found.parts[-1].high

    assert held["ours"] / 150 > 0.9
    assert held["Newey-West"] / 150 < 0.8


@given(level=st.integers(-50, 50), slope=st.integers(-5, 5), scale=st.sampled_from([0.001, 1, 1000]))
@settings(max_examples=30, deadline=None)
def test_a_trend_added_to_all_changes_nothing_and_another_unit_changes_the_unit(level, slope, scale):
    plain = interrupted(months())
    moved = interrupted(months([scale * (value + level + slope * month) for month, value in enumerate(MONTHS)]))

    assert (moved.estimate, *ends(moved)) == pytest.approx((scale * plain.estimate, *(scale * end for end in ends(plain))), rel=1e-6)


def test_what_came_after_is_said_in_words():
    found = interrupted(months())

    assert [part.name for part in found.parts][:3] == ["change at once", "change of slope", "slope before"]
    assert (found.verdict, found.words[0][:64]) == ("higher", "12 points before, 12 after. After, the values are on average 21 ")
    assert found.words[2] == "It does not show why: whatever else came at the same time is in it, too. Seasons are not taken out."


@pytest.mark.parametrize("change", [0, 5])
def test_a_series_without_any_noise_leaves_no_doubt(change):
    found = interrupted(months([3.0 + month + change * (month >= 12) for month in range(24)]))

    assert (found.estimate, found.low, found.high) == pytest.approx((change, change, change), abs=1e-6)


def test_a_series_of_one_value_shows_no_change():
    assert interrupted(months([4.0] * 24)).verdict == "not clear"


def test_fewer_than_eight_points_on_a_side_are_too_few():
    found = interrupted(months(MONTHS[5:], 7))

    assert (found.verdict, found.low) == ("too few to tell", None)
    assert found.estimate == pytest.approx(np.mean(MONTHS[12:]) - np.mean(MONTHS[5:12]))
    assert found.words[1] == "That is too few to tell: a trend needs at least 8 points before and 8 after."


@pytest.mark.parametrize(
    ("times", "is_after", "fault"),
    [
        ([0, 1, 1], [False, True, True], "the times do not rise"),
        ([0, 1, 2], [False, True, False], "do not change once from before to after"),
        ([0, 1, 2], [True, True, True], "do not change once"),
        ([0, 1], [False, True, True], "the lengths differ: times 2, values 3, is_after 3"),
    ],
)
def test_a_series_that_is_none_is_refused(times, is_after, fault):
    with pytest.raises(MethodError, match=fault):
        Series(np.array(times), np.zeros(3), np.array(is_after))


# Files


@pytest.fixture
def file(tmp_path):
    """Writes a text to a file and gives its path."""

    def written(text):
        path = tmp_path / "data.csv"
        path.write_text(text)
        return path

    return written


def test_yes_and_no_are_shares_and_so_are_0_and_1(file):
    assert read_before_after(file("when,value\nbefore,yes\nafter,No\nAfter,true\n")) == ([1], [0, 1], True)
    assert read_before_after(file("when,value\nbefore,1\nafter,0\n")) == ([1], [0], True)
    assert read_before_after(file("when;value\nbefore;1,5\nafter;0\n")) == ([1.5], [0], False)


def test_pairs_come_in_the_order_of_their_units_and_may_lack_a_value(file):
    before, after, is_share = read_paired(file("unit,before,after\nb,2,\na,1,3\n"))

    assert (before, after[0], np.isnan(after[1]), is_share) == ([1, 2], 3, True, False)
    assert read_paired(file("unit,before,after\na,no,yes\n")) == ([0], [1], True)


def test_units_hold_their_values(file):
    text = "unit,group,when,value\nnorth,pilot,before,1\nnorth,Pilot,after,3\nnorth,pilot,after,5\nsouth,comparison,before,2\n"

    assert read_units(file(text)) == ([Unit("north", True, (1,), (3, 5)), Unit("south", False, (2,), ())], False)
    assert read_units(file("unit,group,when,value\nn,pilot,before,yes\n"))[1] is True


@pytest.mark.parametrize(
    ("times", "steps"),
    [
        (("3", "1", "2"), [0, 1, 2]),
        (("2010", "2000", "2005"), [0, 1, 2]),
        (("2026-02", "2025-11", "2025-12"), [0, 1, 3]),
        (("2026-03-01", "2026-01-01", "2026-02-01"), [0, 1, 2]),
        (("2026-01-22", "2026-01-01", "2026-01-08"), [0, 1, 3]),
    ],
)
def test_times_are_numbers_months_or_days(file, times, steps):
    rows = [f"{time},{when},1\n" for time, when in zip(times, ("after", "before", "after"), strict=True)]

    series = read_series(file("time,when,value\n" + "".join(rows)))

    assert (series.times.tolist(), series.is_after.tolist()) == (steps, [False, True, True])


def test_steps_without_a_value_are_said():
    series = Series(np.array([*range(12), *range(14, 26)]), np.array(MONTHS, dtype=float), np.arange(24) >= 12)

    assert interrupted(series).warnings == ("2 steps have no value; it is allowed for.",)


@pytest.mark.parametrize(
    ("read", "text", "fault"),
    [
        (read_before_after, "when,value\nlater,1\n", ":2: when is 'later', expected before or after"),
        (read_before_after, "when,value\nbefore,2\nafter,yes\n", ":3: value is 'yes', expected a number, as elsewhere in the file"),
        (read_before_after, "when,value\nbefore,much\n", ":2: value is 'much', expected a number"),
        (read_paired, "unit,before,after\na,1,2\na,1,2\n", ":3: a stands there twice (before in line 2), expected each unit once"),
        (read_paired, "unit,before,after\na,1,2\nb,no,2\n", ":3: before is 'no', expected a number, as elsewhere in the file"),
        (read_units, "unit,group,when,value\na,other,before,1\n", ":2: group is 'other', expected pilot or comparison"),
        (
            read_units,
            "unit,group,when,value\na,pilot,before,1\na,comparison,after,1\n",
            ":3: a is in comparison, before it was in pilot, expected one group for each unit",
        ),
        (read_units, "unit,group,when,value\na,pilot,before,3\na,pilot,after,no\n", ":3: value is 'no', expected a number"),
        (read_series, "time,when,value\n1,before,1\n1,after,1\n", ":3: 1 stands there twice (before in line 2), expected each time once"),
        (read_series, "time,when,value\n1,after,1\n2,before,1\n", ":3: 2 is before, but 1 is after already, expected all before and then"),
        (read_series, "time,when,value\nMay,before,1\n", ":2: time is 'May', expected a whole number"),
        (read_series, "time,when,value\n2026-13,before,1\n", ":2: time is '2026-13', expected a whole number, or a date such as 2026-11"),
        (read_series, "time,when,value\n2026-12,before,1\n7,after,1\n", ":3: time is '7', expected a whole number, or a date"),
        (
            read_series,
            "time,when,value\n2026-12,before,1\n2026-12-24,after,1\n",
            ":2: time is '2026-12', elsewhere it is written in another way, expected all times written alike",
        ),
    ],
)
def test_a_bad_line_is_named(file, read, text, fault):
    with pytest.raises(BadInput) as refused:
        read(file(text))

    assert f"data.csv{fault}" in str(refused.value)


def test_a_share_of_none_and_of_all_has_an_interval_on_one_side():
    assert wilson(0, 10, 0.95)[0] == pytest.approx(0, abs=1e-12)
    assert wilson(10, 10, 0.95)[1] == pytest.approx(1)
