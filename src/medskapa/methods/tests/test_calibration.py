"""Calibration makes a jury's scores comparable, says how sure the order is, and says openly what cannot be compared."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from medskapa.methods.calibration.calibrate import calibrate
from medskapa.methods.calibration.jury import jury_of, read_reviews
from medskapa.methods.errors import BadInput, MethodError

CATALYSTS = {
    "1": {"batch 1": 73, "batch 2": 74, "batch 4": 71},
    "2": {"batch 2": 75, "batch 3": 67, "batch 4": 72},
    "3": {"batch 1": 73, "batch 2": 75, "batch 3": 68},
    "4": {"batch 1": 75, "batch 3": 72, "batch 4": 75},
}


def calibrated(scores, **options):
    """``{("Ada", "north"): 3}``, one criterion; or whole scores."""
    if isinstance(scores, dict):
        scores = [(juror, application, "all", float(score)) for (juror, application), score in scores.items()]
    return calibrate(jury_of(scores), np.random.default_rng(0), **options)


def adjusted(found):
    return {one.name: one.adjusted for one in found.applications}


def against_mean(found):
    return {one.name: one.adjusted - np.mean([other.adjusted for other in found.applications]) for one in found.applications}


def invented(seed, *, applications=12, jurors=5, each=3, strictness=0.5, noise=0.5, stretch=0.0, worth=0.8):
    """Scores by the model: {(juror, application): score}, and what the applications are worth."""
    rng = np.random.default_rng(seed)
    worths, strict = rng.normal(0, worth, applications), rng.normal(0, strictness, jurors)
    wide = np.exp(rng.normal(0, stretch, jurors))
    scores = {}
    for application in range(applications):
        for juror in rng.permutation(jurors)[:each]:
            score = 3 + wide[juror] * (worths[application] - strict[juror] + rng.normal(0, noise))
            scores[f"juror {juror}", f"application {application:02d}"] = float(score)
    return scores, worths


@st.composite
def juries(draw):
    """Small juries that hang together: everybody read the first application, and one juror all of them."""
    jurors, applications = draw(st.integers(2, 4)), draw(st.integers(3, 5))
    pairs = {(f"j{juror}", "a0") for juror in range(jurors)} | {("j0", f"a{number}") for number in range(applications)}
    others = st.tuples(st.integers(0, jurors - 1), st.integers(0, applications - 1))
    pairs |= {(f"j{juror}", f"a{number}") for juror, number in draw(st.lists(others, min_size=3, max_size=20))}
    return {pair: float(draw(st.integers(1, 5))) for pair in sorted(pairs)}


def test_who_was_read_by_strict_jurors_comes_up_by_hand():
    # Ada is one point stricter than Bo on both that they share, so c would have got 4 from Bo and d 2 from Ada: 3.5 and 2.5 from both.
    found = calibrated(
        {("Ada", "a"): 2, ("Bo", "a"): 3, ("Ada", "b"): 1, ("Bo", "b"): 2, ("Ada", "c"): 3, ("Bo", "d"): 3}
        | {("Ada", "e"): 4, ("Bo", "e"): 5, ("Ada", "f"): 4, ("Bo", "f"): 5}
    )

    assert adjusted(found) == pytest.approx({"a": 2.5, "b": 1.5, "c": 3.5, "d": 2.5, "e": 4.5, "f": 4.5})
    assert [(one.name, one.raw_place, one.place) for one in found.applications if one.name in "cd"] == [("c", 3, 3), ("d", 3, 4)]
    assert [(juror.name, juror.severity) for juror in found.jurors] == [("Ada", pytest.approx(0.5)), ("Bo", pytest.approx(-0.5))]


def test_four_catalysts_in_four_batches_give_the_printed_analysis():
    # Data of Montgomery, Design and Analysis of Experiments. Printed by SAS in the notes of Terpstra's course Stat 462/662 (North Dakota
    # State University, tble5-22): raw means 74.0000, 72.6667, 72.0000, 71.3333; error 3.25 with 5 degrees of freedom, mean square 0.65;
    # batches beside catalysts P = 0.0010. Effects by the closed form for balanced blocks: k Q / (lambda a) = -9/8, -7/8, -4/8, 20/8.
    found = calibrated({(batch, catalyst): score for catalyst, row in CATALYSTS.items() for batch, score in row.items()})

    assert [(one.name, round(one.raw, 4)) for one in found.applications] == [("4", 74.0), ("3", 72.0), ("2", 71.3333), ("1", 72.6667)]
    assert adjusted(found) == pytest.approx({"1": 72.5 - 9 / 8, "2": 72.5 - 7 / 8, "3": 72.5 - 4 / 8, "4": 72.5 + 20 / 8})
    assert (round(found.chance_size**2, 4), round(found.severities_by_chance, 4)) == (0.65, 0.0010)
    assert found.order_changes
    assert found.efficiency == pytest.approx(8 / 9)  # lambda a / (k r)


@given(juries())
@settings(max_examples=40, deadline=None)
def test_scores_and_intervals_are_those_of_ordinary_least_squares(scores):
    found = calibrated(scores, confidence=0.9)
    if not found.is_adjusted or not found.chance_size:
        return
    jurors, applications = (sorted({pair[side] for pair in scores}) for side in (0, 1))
    design = np.zeros((len(scores), len(applications) + len(jurors) - 1))
    for row, (juror, application) in enumerate(scores):
        design[row, applications.index(application)] = 1
        number = jurors.index(juror)  # effects sum to 0: the last is minus the sum of the others
        design[row, len(applications) :] = -1 if number == len(jurors) - 1 else np.arange(len(jurors) - 1) == number
    theirs = sm.OLS(list(scores.values()), design).fit()

    for one in found.applications:
        place = applications.index(one.name)
        assert one.adjusted == pytest.approx(theirs.params[place])
        assert (one.low, one.high) == pytest.approx(tuple(theirs.conf_int(0.1)[place]))
    for one in found.applications:
        for other in found.applications[found.applications.index(one) + 1 :]:
            contrast = np.zeros(design.shape[1])
            contrast[applications.index(one.name)], contrast[applications.index(other.name)] = 1, -1
            low, high = theirs.t_test(contrast).conf_int(0.1)[0]
            if min(abs(low), abs(high)) > 1e-6:
                assert (other.name in one.alike) == (low < 0 < high)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_spread_of_applications_is_that_of_a_mixed_model(seed):
    scores, _worths = invented(seed, applications=20, each=4)
    found = calibrated(scores)
    jurors = sorted({pair[0] for pair in scores})
    design = np.array([[pair[0] == juror for juror in jurors] for pair in scores], dtype=float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = sm.MixedLM(list(scores.values()), design, groups=[pair[1] for pair in scores]).fit(reml=True)

    assert found.spread == pytest.approx(float(np.sqrt(theirs.cov_re[0, 0])), rel=1e-4)


def test_where_chance_explains_all_differences_the_spread_is_nothing():
    assert calibrated({(f"j{j}", f"a{a}"): (j + 2 * a) % 5 for j in range(5) for a in range(5)}).spread == 0


@given(scores=juries(), shift=st.integers(-50, 50), juror=st.integers(0, 1))
@settings(max_examples=60, deadline=None)
def test_a_juror_who_scores_everything_higher_by_the_same_changes_nothing(scores, shift, juror):
    shifted = {pair: score + shift * (pair[0] == f"j{juror}") for pair, score in scores.items()}

    before, after = calibrated(scores, top=2, draws=200), calibrated(shifted, top=2, draws=200)

    assert before.is_adjusted == after.is_adjusted
    if before.is_adjusted:
        assert against_mean(after) == pytest.approx(against_mean(before), abs=1e-8)
        assert {one.name: one.chance for one in after.applications} == pytest.approx(
            {one.name: one.chance for one in before.applications}, abs=0.011
        )
        assert [one.alike for one in after.applications] == [one.alike for one in before.applications]


@given(scores=juries(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_does_not_matter(scores, data):
    rows = [(juror, application, "all", score) for (juror, application), score in scores.items()]

    assert calibrated(data.draw(st.permutations(rows)), top=1, draws=50) == calibrated(rows, top=1, draws=50)


@given(worths=st.lists(st.integers(1, 5), min_size=3, max_size=6), missing=st.sets(st.tuples(st.integers(1, 3), st.integers(0, 5))))
@settings(max_examples=60, deadline=None)
def test_jurors_who_score_alike_leave_the_scores_as_they_are(worths, missing):
    scores = {
        (f"j{juror}", f"a{number}"): worth for juror in range(4) for number, worth in enumerate(worths) if (juror, number) not in missing
    }

    found = calibrated(scores)

    assert adjusted(found) == pytest.approx({one.name: one.raw for one in found.applications})
    assert not found.order_changes


@given(juries())
@settings(max_examples=40, deadline=None)
def test_chances_sum_to_the_number_of_places(scores):
    found = calibrated(scores, top=2, draws=100)

    if found.is_adjusted:
        assert sum(one.chance for one in found.applications) == pytest.approx(2)


def test_a_chance_means_what_it_says():
    """Over 60 juries: of those with a chance of about 30 %, about 30 % are among the best. And 95 % of intervals hold the truth."""
    told, true, held = [], [], []
    for seed in range(60):
        scores, worths = invented(seed)
        found = calibrated(scores, top=3, draws=500)
        best = {f"application {number:02d}" for number in np.argsort(-worths)[:3]}
        worth_of = {f"application {number:02d}": worth for number, worth in enumerate(worths)}
        told += [one.chance for one in found.applications]
        true += [one.name in best for one in found.applications]
        level = np.mean([one.adjusted - worth_of[one.name] for one in found.applications])
        held += [one.low <= worth_of[one.name] + level <= one.high for one in found.applications]
    told, true = np.array(told), np.array(true)

    for low, high in ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
        among = (told >= low) & (told < high)
        assert true[among].mean() == pytest.approx(told[among].mean(), abs=0.08)
    assert np.mean(held) > 0.94


def test_adjusting_comes_closer_to_the_truth_where_jurors_differ_in_strictness():
    off = {"raw": 0.0, "adjusted": 0.0}
    for seed in range(20):
        scores, worths = invented(seed, strictness=0.8)
        for way in off:
            values = np.array([getattr(one, way) for one in sorted(calibrated(scores).applications, key=lambda one: one.name)])
            off[way] += float(((values - values.mean() - worths + worths.mean()) ** 2).mean())

    assert off["adjusted"] < off["raw"] * 0.6


def test_use_of_the_scale_is_evened_out_only_where_the_data_bear_it():
    plain = [calibrated(invented(seed, each=5)[0]) for seed in range(25)]
    wide = [calibrated(invented(seed, each=5, stretch=0.5)[0]) for seed in range(25)]

    assert sum(found.uses_stretch for found in plain) <= 1
    assert sum(found.uses_stretch for found in wide) >= 18
    assert {juror.stretch for juror in next(found for found in plain if not found.uses_stretch).jurors} == {1.0}


def test_a_juror_who_uses_half_the_scale_is_stretched_and_the_scores_come_closer_to_the_truth():
    scores, worths = invented(5, applications=30, each=5, noise=0.3, strictness=0.3)
    narrow = {pair: 3 + (score - 3) / 2 if pair[0] == "juror 1" else score for pair, score in scores.items()}

    found = calibrated(narrow)

    stretch = {juror.name: juror.stretch for juror in found.jurors}
    assert np.prod(list(stretch.values())) == pytest.approx(1)
    assert stretch["juror 1"] / np.mean([stretch[name] for name in stretch if name != "juror 1"]) == pytest.approx(0.5, abs=0.1)
    values = np.array([one.adjusted for one in sorted(found.applications, key=lambda one: one.name)])
    assert np.corrcoef(values, worths)[0, 1] > 0.97


def test_a_juror_with_few_reviews_keeps_the_scale_as_it_is():
    scores, _worths = invented(7, applications=30, each=5, stretch=0.6)
    few = {pair: score for pair, score in scores.items() if pair[0] != "juror 0" or pair[1] < "application 05"}

    found = calibrated(few)

    assert found.uses_stretch
    assert {juror.name for juror in found.jurors if juror.stretch == 1} == {"juror 0"}


def test_a_juror_who_scores_at_random_is_unlike_the_others_and_a_single_odd_review_is_named():
    scores, _worths = invented(3, applications=20, jurors=6, each=6, noise=0.2)
    rng = np.random.default_rng(1)
    odd = {pair: float(rng.integers(1, 6)) if pair[0] == "juror 2" else score for pair, score in scores.items()}
    one_odd = scores | {("juror 4", "application 07"): scores["juror 4", "application 07"] + 3}

    assert [juror.name for juror in calibrated(scores).jurors if juror.is_unlike] == []
    found = calibrated(odd)
    assert [juror.name for juror in found.jurors if juror.is_unlike] == ["juror 2"]
    assert next(juror for juror in found.jurors if juror.is_unlike).infit > 2
    (surprise,) = calibrated(one_odd).surprises
    assert (surprise.juror, surprise.application) == ("juror 4", "application 07")
    assert surprise.score - surprise.expected == pytest.approx(3, abs=0.6)


def test_of_two_jurors_neither_is_called_unlike_the_other():
    found = calibrated({(juror, f"a{number}"): score for juror in "xy" for number, score in enumerate((1, 5, 2, 4, 3 + (juror == "x")))})

    assert {juror.is_unlike for juror in found.jurors} == {None}


def test_jurors_who_share_no_application_are_named_and_compared_with_wider_intervals():
    scores, _worths = invented(2, applications=12, jurors=4, each=4)
    apart = {pair: score for pair, score in scores.items() if (pair[0] in ("juror 0", "juror 1")) == (pair[1] < "application 06")}

    found, whole = calibrated(apart, top=3, draws=500), calibrated(scores)

    assert found.groups == (("juror 0", "juror 1"), ("juror 2", "juror 3"))
    assert found.warnings[0].startswith(
        "The jurors fall into 2 groups that share no application: juror 0, juror 1; juror 2, juror 3. Within a group"
    )
    assert sum(one.chance for one in found.applications) == pytest.approx(3)
    assert found.applications[0].high - found.applications[0].low > whole.applications[0].high - whole.applications[0].low


def test_within_a_group_applications_are_adjusted_as_if_the_other_group_were_not_there():
    scores, _worths = invented(4, applications=10, jurors=4, each=4)
    first = {pair: score for pair, score in scores.items() if pair[0] < "juror 2" and pair[1] < "application 05"}
    second = {pair: score for pair, score in scores.items() if pair[0] >= "juror 2" and pair[1] >= "application 05"}

    assert adjusted(calibrated(first | second)) == pytest.approx(adjusted(calibrated(first)) | adjusted(calibrated(second)))


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ({("Ada", "a"): 1, ("Ada", "b"): 2}, "There is one juror, so how strict a juror is cannot be told"),
        ({("Ada", "a"): 1, ("Bo", "a"): 2}, "There is one application, so"),
        (
            {("Ada", "a"): 1, ("Ada", "b"): 2, ("Bo", "b"): 3, ("Bo", "c"): 5},
            "4 reviews are too few for 3 applications and 2 jurors (at least 7 are needed, spread as these are), so",
        ),
        ({("Ada", "a"): 1, ("Bo", "b"): 2}, "2 reviews are too few for 2 applications and 2 jurors"),
    ],
)
def test_where_too_little_is_known_the_scores_stand_as_they_were_given(scores, said):
    found = calibrated(scores, top=1 if len({pair[1] for pair in scores}) > 1 else None)

    assert found.warnings[0].startswith(said)
    assert (found.is_adjusted, found.chance_size) == (False, None)
    assert {(one.adjusted == one.raw, one.low, one.chance) for one in found.applications} == {(True, None, None)}
    assert [len(one.alike) for one in found.applications] == list(range(len(found.applications)))[::-1]


def test_groups_are_named_where_too_little_is_known_too():
    found = calibrated({(f"j{number}", f"a{number}"): 1 for number in range(9)})

    assert found.warnings[1] == "The jurors fall into 9 groups that share no application: j0; j1; j2; j3; j4; j5; and 3 more groups."


def test_a_large_group_is_named_by_its_first():
    scores = {(f"j{juror}", f"a{number}"): juror * number % 4 for juror in range(8) for number in range(4)}
    other = {(f"k{juror}", f"b{number}"): juror * number % 3 for juror in range(2) for number in range(4)}

    assert "j0, j1, j2, j3, j4, j5 and 2 more; k0, k1." in calibrated(scores | other).warnings[0]


def test_all_scores_equal_leave_nothing_to_put_in_order():
    found = calibrated({(juror, name): 3 for juror in "xyz" for name in "abcd"}, top=1)

    assert {(one.place, one.chance) for one in found.applications} == {(1, 0.25)}
    assert [one.alike for one in found.applications] == [("b", "c", "d"), ("c", "d"), ("d",), ()]
    assert (found.chance_size, found.spread, found.reliability, found.order_changes) == (0, 0, None, False)
    assert found.warnings == ("But for how strict they are, the jurors agree wholly. So nothing shows how much chance is in the scores.",)


def test_jurors_who_agree_wholly_leave_no_doubt_but_say_so():
    worths = {"a": 1, "b": 2, "c": 3, "d": 3}

    found = calibrated(
        {("x", name): worth for name, worth in worths.items()} | {("y", name): worth + 1 for name, worth in worths.items()}, top=1
    )

    assert [(one.name, one.chance, one.alike) for one in found.applications] == [
        ("c", 0.5, ("d",)),
        ("d", 0.5, ()),
        ("b", 0.0, ()),
        ("a", 0.0, ()),
    ]
    assert found.warnings[0].startswith("But for how strict they are, the jurors agree wholly.")


def test_who_comes_in_and_who_goes_out_is_named():
    found = calibrated({(batch, catalyst): score for catalyst, row in CATALYSTS.items() for batch, score in row.items()}, top=2)

    assert (found.comes_in, found.goes_out) == (("3",), ("1",))


def test_where_jurors_share_little_it_says_what_adjusting_costs():
    chain = {(f"j{number % 9}", f"a{number}"): number * 7 % 5 for number in range(9)}
    chain |= {(f"j{(number + 1) % 9}", f"a{number}"): number * 5 % 4 for number in range(9)}
    found = calibrated(chain | {("j0", "a3"): 2, ("j0", "a6"): 1, ("j4", "a8"): 3})

    assert found.efficiency < 0.5
    assert found.warnings[0].startswith("The jurors share so few applications that adjusting costs ")


def test_criteria_are_averaged_by_their_weights():
    jury = jury_of([("x", "a", "idea", 5), ("x", "a", "team", 1)], {"idea": 3, "team": 1})

    assert (jury.criteria, jury.scores.tolist(), jury.incomplete) == (("idea", "team"), [[4.0]], 0)


def test_a_review_that_leaves_out_a_criterion_is_put_on_the_scale_of_all():
    # Team gets one point less than idea from everybody; c has only an idea score of 4, which is 3.5 on the scale of both.
    scores = [(juror, name, "idea", 4.0) for juror in "xyz" for name in "abc"]
    scores += [(juror, name, "team", 3.0) for juror in "xyz" for name in "ab"]

    jury = jury_of(scores)
    found = calibrate(jury, np.random.default_rng(0))

    assert jury.weights.tolist() == [[1, 1, 1], [1, 1, 1], [0.5, 0.5, 0.5]]
    assert adjusted(found) == pytest.approx({"a": 3.5, "b": 3.5, "c": 3.5})
    assert {one.name: one.raw for one in found.applications}["c"] == 4
    assert found.warnings[-1] == "3 reviews leave out a criterion; each counts by the weight of those it scored."


def test_the_same_seed_gives_the_same_chances_and_none_are_given_unasked():
    scores, _worths = invented(1)

    assert calibrated(scores, top=3) == calibrated(scores, top=3)
    assert {one.chance for one in calibrated(scores).applications} == {None}
    assert replace(calibrated(scores, top=3), comes_in=(), goes_out=()).applications[0].chance > 0


@pytest.mark.parametrize("top", [0, 3, -1])
def test_as_many_best_as_there_are_applications_are_refused(top):
    with pytest.raises(MethodError, match=f"the best {top} are asked for, expected a number from 1 to 2"):
        calibrated({("x", "a"): 1, ("x", "b"): 2, ("y", "c"): 2}, top=top)


@pytest.mark.parametrize(
    ("scores", "fault"),
    [([], "there are no scores, expected at least one"), ([("x", "a", "c", 1.0)] * 2, "x scores a twice for c, expected once")],
)
def test_what_cannot_be_put_together_is_refused(scores, fault):
    with pytest.raises(MethodError, match=fault):
        jury_of(scores)


def test_a_file_holds_a_score_in_each_line_and_perhaps_weights(tmp_path):
    path = tmp_path / "reviews.csv"
    path.write_text("juror;application;criterion;score;weight\nx;a;idea;4,5;3\nx;a;team;2,5;1\n")

    assert read_reviews(path).scores.tolist() == [[4.0]]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("x,a,c,good,1", ":2: score is 'good', expected a number"),
        ("x,a,c,inf,1", ":2: score is 'inf', expected a finite number"),
        ("x,,c,3,1", ":2: application is empty, expected a value"),
        ("x,a,c,3,1\nx,a,c,3,1", ":3: x scores a twice for c (before in line 2), expected one score"),
        ("x,a,c,3,0", ":2: weight is 0, expected a number above 0"),
        ("x,a,c,3,1\ny,a,c,3,2", ":3: c has the weight 2, before it was 1, expected one weight for each criterion"),
    ],
)
def test_a_bad_line_is_named(tmp_path, lines, fault):
    path = tmp_path / "reviews.csv"
    path.write_text(f"juror,application,criterion,score,weight\n{lines}\n")

    with pytest.raises(BadInput) as refused:
        read_reviews(path)

    assert str(refused.value).endswith(f"reviews.csv{fault}")
