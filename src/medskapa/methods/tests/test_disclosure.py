"""Small numbers are withheld so that nobody who reads the rest can tell them, whatever the tables are."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from medskapa.methods.disclosure.attacker import Attacker, Interval, attack
from medskapa.methods.disclosure.figures import TOTAL, Contradiction, Figures, read_figures, up_to, with_totals
from medskapa.methods.disclosure.protection import protect
from medskapa.methods.errors import BadInput, MethodError

COUNTS = st.one_of(st.integers(0, 8), st.integers(0, 40))


@st.composite
def tables(draw, shapes=((2, 2), (3, 2), (3, 4), (2, 2, 2), (3, 2, 2), (5,))):
    """Figures by one to three columns, with all their totals."""
    shape = draw(st.sampled_from(shapes))
    kinds = list(product(*([f"{column}{value}" for value in range(size)] for column, size in zip("abc", shape, strict=False))))
    counts = draw(st.lists(COUNTS, min_size=len(kinds), max_size=len(kinds)))
    return with_totals("abc"[: len(shape)], dict(zip(kinds, counts, strict=True)))


@st.composite
def linked(draw):
    """Two tables that share a column, places by ages and places by languages, whose common detail is never published."""
    whole = draw(tables(shapes=((3, 2, 2), (2, 3, 2))))
    return Figures(whole.columns, {key: count for key, count in whole.counts.items() if TOTAL in key[1:]})


def plain(columns, rows):
    """A table by two columns, as one reads it."""
    return with_totals(columns, {(row, column): count for row, line in rows.items() for column, count in line.items()})


AGES = {"A": {"young": 3, "old": 9}, "B": {"young": 7, "old": 8}}


def test_a_small_figure_takes_three_others_with_it_in_a_table_of_four():
    found = protect(plain(["place", "age"], AGES))

    assert found.shown == {("A", TOTAL): 12, ("B", TOTAL): 15, (TOTAL, "young"): 10, (TOTAL, "old"): 17, (TOTAL, TOTAL): 27}
    assert [(one.key, one.interval, one.is_protected) for one in found.small] == [(("A", "young"), Interval(1, 9), True)]
    assert found.complement == (("A", "old"), ("B", "old"), ("B", "young"))
    assert found.told == ()


def test_the_small_ones_alone_are_told_by_subtraction():
    figures = plain(["place", "age"], AGES)

    assert attack(figures, [("A", "young")]) == {("A", "young"): Interval(3, 3)}
    assert attack(figures, [("A", "young"), ("B", "young")])["A", "young"] == Interval(3, 3)


def test_the_first_table_of_gauss_suppression():
    """Small counts and zeros, at most 1: the vignette of the R package withholds young and old in Iceland and Portugal (its table 1)."""
    counts = {"young": {"Iceland": 2, "Portugal": 0, "Spain": 5}, "old": {"Iceland": 3, "Portugal": 4, "Spain": 6}}
    found = protect(plain(["age", "geo"], counts), threshold=2, zeros=True)

    assert [one.key for one in found.small] == [("young", "Portugal")]
    assert found.complement == (("old", "Iceland"), ("old", "Portugal"), ("young", "Iceland"))


@given(figures=st.one_of(tables(), linked()), threshold=st.sampled_from((2, 3, 5)), zeros=st.booleans())
@settings(max_examples=80)
def test_no_small_figure_can_be_told_closer_than_the_threshold(figures, threshold, zeros):
    found = protect(figures, threshold, zeros=zeros)

    assert found.told == ()
    for key, (low, high) in by_linprog(figures, found, least=0 if zeros else 1).items():
        assert high - low >= threshold
        assert low <= figures.counts[key] < threshold <= high


def by_linprog(figures, found, least):
    """What another attacker can tell: people in parts, without our code."""
    kinds = list(product(*(sorted({key[place] for key in figures.counts} - {TOTAL}) for place in range(len(figures.columns)))))
    sums = np.array([[up_to(kind, [value != TOTAL for value in key]) == key for kind in kinds] for key in figures.counts], dtype=float)
    shown = np.array([key in found.shown for key in figures.counts])
    counts = np.array(list(figures.counts.values()))
    seen = {"A_eq": sums[shown], "b_eq": counts[shown], "A_ub": -sums[~shown], "b_ub": np.full((~shown).sum(), -least)}
    told = {}
    for one in found.small:
        row = sums[list(figures.counts).index(one.key)]
        ends = [linprog(sign * row, **seen, bounds=(0, 10_000)).fun * sign for sign in (1, -1)]
        told[one.key] = (round(ends[0], 6), round(ends[1], 6))
    return told


@given(figures=st.one_of(tables(), linked()))
@settings(max_examples=40)
def test_what_is_shown_is_true_and_zeros_and_large_tables_stay(figures):
    found = protect(figures)

    assert found.shown == {key: count for key, count in figures.counts.items() if key not in found.withheld}
    assert all(figures.counts[key] > 0 for key in found.withheld)
    assert {one.key for one in found.small} == {key for key, count in figures.counts.items() if 0 < count < 5}
    if not found.small:
        assert found.withheld == ()


@given(figures=tables(), data=st.data())
@settings(max_examples=20)
def test_the_order_of_figures_does_not_matter(figures, data):
    counts = dict(data.draw(st.permutations(list(figures.counts.items()))))

    assert protect(Figures(figures.columns, counts)) == protect(figures)


@given(figures=tables(shapes=((2, 2), (2, 3))), data=st.data())
@settings(max_examples=20)
def test_an_attacker_tells_exactly_what_all_possible_tables_have_in_common(figures, data):
    """Every table is tried in which no kind has more people than a total allows."""
    counts = {key: min(count, 2) for key, count in figures.counts.items() if TOTAL not in key}
    figures = with_totals(figures.columns, counts)
    withheld = [key for key, count in figures.counts.items() if count and TOTAL not in key and data.draw(st.booleans())]

    ranges = [range(1, 6) if key in withheld else (count,) for key, count in counts.items()]
    possible = [table for table in product(*ranges) if with_totals_shown(figures, dict(zip(counts, table, strict=True)))]

    told = attack(figures, withheld)
    for key in withheld:
        values = [table[list(counts).index(key)] for table in possible]
        assert told[key] == Interval(min(values), max(values))


def with_totals_shown(figures, counts):
    sums = with_totals(figures.columns, counts).counts
    return all(sums[key] == count for key, count in figures.counts.items() if TOTAL in key)


def test_linked_tables_are_protected_together():
    """By itself each table would be safe with fewer withheld; together they share the totals of places."""
    ages, tongues = {"A": (3, 20), "B": (9, 20), "C": (9, 20)}, {"A": (11, 12), "B": (14, 15), "C": (2, 27)}
    counts = {(place, age, TOTAL): count for place, pair in ages.items() for age, count in zip(("young", "old"), pair, strict=True)}
    counts |= {(place, TOTAL, tongue): count for place, pair in tongues.items() for tongue, count in zip(("sv", "ar"), pair, strict=True)}
    counts |= {(place, TOTAL, TOTAL): sum(pair) for place, pair in ages.items()}
    figures = Figures(("place", "age", "language"), counts)
    found = protect(figures)

    assert {one.key for one in found.small} == {("A", "young", TOTAL), ("C", TOTAL, "sv")}
    assert found.complement == (("A", "old", TOTAL), ("C", TOTAL, "ar"))
    assert found.told == ()


def test_a_figure_that_is_public_already_is_not_withheld_and_what_it_tells_is_said():
    counts = {("A", "young"): 3, ("A", "old"): 9, ("B", "young"): 7, ("B", "old"): 8}
    figures = with_totals(["place", "age"], counts, frozenset({("A", "old"), ("A", TOTAL)}))

    with pytest.raises(MethodError, match="place=C, age=old is public and has no count"):
        Figures(figures.columns, figures.counts, frozenset({("C", "old")}))
    assert [one.key for one in protect(figures).told] == [("A", "young")]
    alone = with_totals(["place", "age"], counts, frozenset({("A", "young")}))
    assert [(one.key, one.interval) for one in protect(alone).told] == [(("A", "young"), Interval(3, 3))]
    assert protect(alone).withheld == ()


def test_newcomers_between_two_dates_are_protected_by_what_is_published_later():
    """In spring 12 and 30 were published; in autumn, 14 and 33 would tell that 2 and 3 came."""
    spring, autumn = {"A": 12, "B": 30}, {"A": 14, "B": 40}
    counts = {(place, "until spring"): count for place, count in spring.items()}
    counts |= {(place, "since"): autumn[place] - spring[place] for place in spring} | {(place, TOTAL): autumn[place] for place in spring}
    figures = Figures(("place", "when"), counts, frozenset((place, "until spring") for place in spring))
    found = protect(figures)

    assert found.withheld == (("A", TOTAL), ("A", "since"))
    assert found.told == ()


def test_where_everything_is_small_everything_is_withheld():
    figures = plain(["place", "age"], {"A": {"young": 1, "old": 1}, "B": {"young": 1, "old": 0}})
    found = protect(figures)

    assert found.shown == {("B", "old"): 0}
    assert {one.interval for one in found.small} == {Interval(1, None), Interval(2, None), Interval(3, None)}


def test_parts_of_places_may_have_a_column_of_their_own():
    """District and place: only combinations that are listed exist."""
    counts = {("north", "A"): 3, ("north", "B"): 9, ("south", "C"): 20, ("south", "D"): 30}
    totals = {("north", TOTAL): 12, ("south", TOTAL): 50, (TOTAL, TOTAL): 62}
    found = protect(Figures(("district", "place"), counts | totals))

    assert found.withheld == (("north", "A"), ("north", "B"))


def test_one_column_and_one_figure_are_tables_too():
    assert protect(with_totals(["age"], {("young",): 3, ("old",): 9})).withheld == (("old",), ("young",))
    assert protect(with_totals(["age"], {("young",): 3})).withheld == (("",), ("young",))
    assert protect(with_totals(["age"], {("young",): 0})).withheld == ()


@pytest.mark.parametrize("threshold", [1, 1001])
def test_a_threshold_that_is_none_is_refused(threshold):
    with pytest.raises(MethodError, match=f"the threshold is {threshold}, expected a number from 2 to 1000"):
        protect(with_totals(["age"], {("young",): 3}), threshold)


@pytest.mark.parametrize(
    ("columns", "counts", "fault"),
    [
        (("place",), {("A",): -1}, "a count is below 0"),
        (("place",), {}, "keys of another length"),
        (("place",), {("A", "young"): 2}, "keys of another length, expected figures by place"),
        (("place",), {("A",): 2, ("B",): 3, (TOTAL,): 6}, "place=total is 6, expected 5, the sum by place"),
        (
            ("place", "age"),
            {("A", TOTAL): 2, (TOTAL, "old"): 3},
            "place=total, age=total is 3 as the sum by age, expected 2, the sum by place",
        ),
    ],
)
def test_figures_that_do_not_fit_together_are_refused(columns, counts, fault):
    with pytest.raises(MethodError, match=fault):
        Figures(columns, counts)


def test_tables_of_which_no_people_can_be_counted_are_refused():
    """Three tables of a cube whose totals agree, and which still contradict each other."""
    counts = {("0", "0", TOTAL): 1, ("1", "1", TOTAL): 1, ("0", "1", TOTAL): 0, ("1", "0", TOTAL): 0}
    counts |= {("0", TOTAL, "0"): 1, ("1", TOTAL, "1"): 1, ("0", TOTAL, "1"): 0, ("1", TOTAL, "0"): 0}
    counts |= {(TOTAL, "0", "1"): 1, (TOTAL, "1", "0"): 1, (TOTAL, "0", "0"): 0, (TOTAL, "1", "1"): 0}

    with pytest.raises(MethodError, match="no people can be counted like this"):
        Attacker(Figures(("a", "b", "c"), counts), zeros=True)


def test_too_many_combinations_are_refused():
    counts = {(f"a{number}", f"b{number}", f"c{number}"): 1 for number in range(30)}

    with pytest.raises(MethodError, match="the columns have 27000 combinations, expected at most 20000"):
        protect(with_totals("abc", counts))


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "table.csv"
        path.write_text(content)
        return path

    return write


def test_a_file_without_totals_gets_them_all(file):
    figures = read_figures(file("place;age;count\nA;young;3\nA;old;9\nB;young;7\nB;old;8\n"))

    assert figures == plain(["place", "age"], AGES)


@pytest.mark.parametrize("total", ["total", "Totalt", "", "ALL"])
def test_a_total_is_written_in_several_ways(file, total):
    figures = read_figures(file(f"place,count,public\nA,3,no\nB,9,\n{total},12,yes\n"))

    assert figures == Figures(("place",), {("A",): 3, ("B",): 9, (TOTAL,): 12}, frozenset({(TOTAL,)}))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("place,number\nA,3\n", "table.csv:1: the column count is missing"),
        ("count\n3\n", "table.csv:1: there is only a count, expected a column that says who is counted, such as place"),
        ("place,count\nA,3\nA,4\n", "table.csv:3: this figure stands in line 2, too, expected each figure once"),
        ("place,count\nA,few\n", "table.csv:2: count is 'few', expected a whole number of at least 0"),
        ("place,count\nA,-1\n", "table.csv:2: count is -1, expected a whole number of at least 0"),
        ("place,count,public\nA,1,perhaps\n", "table.csv:2: public is 'perhaps', expected yes or no"),
        ("place,count\nA,3\nB,4\ntotal,8\n", "table.csv:4: place=total is 8, expected 7, the sum by place"),
        (
            "place,age,count\nA,total,3\ntotal,old,4\n",
            "table.csv:2: place=total, age=total is 4 as the sum by age, expected 3, the sum by place",
        ),
    ],
)
def test_each_fault_is_named_with_its_line(file, content, fault):
    with pytest.raises(BadInput) as refused:
        read_figures(file(content))

    assert fault in str(refused.value)
    assert not isinstance(refused.value, Contradiction)
