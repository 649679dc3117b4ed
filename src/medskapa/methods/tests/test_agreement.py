"""Agreement of coders is what Krippendorff and Cohen say, also where codes are missing."""

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from medskapa.methods.agreement import alpha, disputed, kappas, read_codings
from medskapa.methods.errors import BadInput, MethodError

LEVELS = ("nominal", "ordinal", "interval")
KRIPPENDORFF_2011 = {  # section C: four observers, twelve units, some codes missing
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}


def rng():
    return np.random.default_rng(0)


def codings(of_coders):
    units: dict[str, dict[str, str]] = {}
    for coder, codes in of_coders.items():
        for number, code in enumerate(codes.split()):
            if code != ".":
                units.setdefault(f"u{number:02d}", {})[coder] = code
    return units


@st.composite
def some_codings(draw):
    units, coders = draw(st.integers(2, 8)), draw(st.integers(2, 4))
    table = [[draw(st.sampled_from(["1", "2", "3", "5", None])) for _coder in range(coders)] for _unit in range(units)]
    return {f"u{unit}": {f"c{coder}": code for coder, code in enumerate(row) if code} for unit, row in enumerate(table)}


@pytest.mark.parametrize(("level", "printed"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_example_that_krippendorff_printed(level, printed):
    found = alpha(codings(KRIPPENDORFF_2011), level, rng(), samples=50)

    assert round(found.value, 3) == printed
    assert (found.units, found.codes) == (11, 40)
    assert found.low < found.value < found.high


@given(found=some_codings(), level=st.sampled_from(LEVELS))
@settings(max_examples=150)
def test_alpha_is_that_of_the_package_krippendorff(found, level):
    coders = sorted({coder for codes in found.values() for coder in codes})
    table = [[float(codes.get(coder, "nan")) for codes in found.values()] for coder in coders]
    pairable = [code for codes in found.values() if len(codes) > 1 for code in codes.values()]
    if len(set(pairable)) < 2:
        return

    theirs = krippendorff.alpha(reliability_data=np.array(table), level_of_measurement=level)

    assert alpha(found, level, rng(), samples=1).value == pytest.approx(theirs)


@given(pairs=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=20))
@settings(max_examples=100)
def test_kappa_is_that_of_scikit_learn(pairs):
    found = kappas({f"u{number}": {"one": one, "other": other} for number, (one, other) in enumerate(pairs)}, rng(), samples=1)

    if len({code for pair in pairs for code in pair}) == 1:
        assert found[0].value is None
    else:
        theirs = cohen_kappa_score([one for one, _other in pairs], [other for _one, other in pairs])
        assert found[0].value == pytest.approx(theirs)


@given(found=some_codings(), data=st.data(), level=st.sampled_from(LEVELS))
def test_the_order_of_units_and_the_names_of_coders_do_not_matter(found, data, level):
    if not any(len(codes) > 1 for codes in found.values()):
        return
    shuffled = {
        unit: {f"x{coder}": code for coder, code in codes.items()} for unit, codes in data.draw(st.permutations(list(found.items())))
    }

    assert alpha(shuffled, level, rng(), samples=20) == alpha(found, level, rng(), samples=20)


def test_where_all_codes_are_the_same_there_is_no_alpha():
    found = alpha({"a": {"Ada": "x", "Bo": "x"}}, "nominal", rng())

    assert (found.value, found.low, found.high) == (None, None, None)


def test_only_pairs_of_coders_who_share_a_unit_have_a_kappa():
    found = kappas({"a": {"Ada": "x", "Bo": "y"}, "b": {"Ada": "y", "Bo": "y"}, "c": {"Cy": "x"}}, rng(), samples=100)

    assert [(kappa.one, kappa.other, kappa.value, kappa.units) for kappa in found] == [("Ada", "Bo", 0.0, 2)]


def test_the_most_disputed_units_come_first():
    found = {"a": {"Ada": "1", "Bo": "5"}, "b": {"Ada": "1", "Bo": "2", "Cy": "1"}, "c": {"Ada": "2", "Bo": "2"}, "d": {"Ada": "1"}}

    assert disputed(found, "interval") == [("a", 16.0), ("b", pytest.approx(2 / 3))]


@pytest.mark.parametrize(
    ("found", "level", "fault"),
    [
        ({"a": {"Ada": "1"}}, "nominal", "no unit is coded by two people"),
        ({"a": {"Ada": "1", "Bo": "x"}}, "interval", "the code 'x' is not a number"),
    ],
)
def test_what_cannot_be_compared_is_refused(found, level, fault):
    with pytest.raises(MethodError, match=fault):
        alpha(found, level, rng())


def test_a_file_may_leave_codes_out_and_holds_one_code_of_each_coder(tmp_path):
    path = tmp_path / "codings.csv"
    path.write_text("coder,unit,code\nAda,a,x\nBo,a,\nBo,b,y\n")
    assert read_codings(path) == {"a": {"Ada": "x"}, "b": {"Bo": "y"}}

    path.write_text("coder,unit,code\nAda,a,x\nAda,a,y\n")
    with pytest.raises(BadInput, match=r"codings\.csv:3: Ada codes a twice, expected one code of each coder for a unit"):
        read_codings(path)
