"""The landscape shows who answers alike, says how sure that is, and says nothing where there is too little to tell."""

from dataclasses import fields
from itertools import product
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medskapa.methods.errors import MethodError, ShapeError
from medskapa.methods.landscape import axes as axes_module
from medskapa.methods.landscape import coherence as coherence_module
from medskapa.methods.landscape import groups as groups_module
from medskapa.methods.landscape import kmeans, stability, votes
from medskapa.methods.landscape.axes import axes, positions
from medskapa.methods.landscape.coherence import ENOUGH, coherence
from medskapa.methods.landscape.finding import landscape, matched
from medskapa.methods.landscape.groups import Grouping, chosen, groupings
from medskapa.methods.landscape.kmeans import Means, TooFewPoints, best_means
from medskapa.methods.landscape.live import Live
from medskapa.methods.landscape.picture import Caution, Positions
from medskapa.methods.landscape.stability import Return, compared
from medskapa.methods.landscape.statements import Tally, interval, representative, tallies
from medskapa.methods.landscape.votes import AGREE, DISAGREE, PASS, votes_of
from medskapa.methods.tests.conversations import a_conversation, by_lot, dense


def rng(seed=0):
    return np.random.default_rng(seed)


def rows_of(found):
    return np.repeat(found.people, found.given), found.statements[found.columns], found.values


def plainly(found):
    """A landscape as nested tuples and lists, to be compared."""
    said = {field.name: getattr(found, field.name) for field in fields(found) if field.name != "positions"}
    return said | {"people": found.positions.people.tolist(), "xy": found.positions.xy.tolist(), "in": found.positions.groups.tolist()}


@st.composite
def conversations(draw):
    """Small conversations of any kind, some with statements that are out."""
    people, statements = draw(st.integers(1, 9)), draw(st.integers(1, 6))
    said = draw(st.lists(st.sampled_from([None, AGREE, PASS, DISAGREE]), min_size=people * statements, max_size=people * statements))
    given_ = [(place // statements, place % statements, value) for place, value in enumerate(said) if value is not None]
    out = draw(st.sets(st.integers(0, statements - 1), max_size=2))
    return votes_of(*zip(*(given_ or [(0, 0, AGREE)]), strict=True), out=sorted(out))


# where people lie


@given(found=conversations())
@settings(max_examples=150)
def test_the_axes_are_the_principal_components_of_votes_with_means_for_what_was_not_seen(found):
    table = np.where(found.is_out, 0.0, dense(found))
    table = np.where(np.isnan(table), np.nanmean(table, axis=0), table)
    centred = table - table.mean(axis=0)
    strengths = np.append(np.linalg.svd(centred, compute_uv=False) ** 2, [0.0, 0.0])[:2]

    on = axes(found)

    assert on.explained == pytest.approx(strengths / max(strengths.sum(), (centred**2).sum(), 1e-30), abs=1e-9)
    scaled = centred @ on.loadings * np.sqrt(len(found.statements) / (found.is_out | ~np.isnan(dense(found))).sum(axis=1))[:, None]
    assert positions(found, on) == pytest.approx(scaled, abs=1e-9)
    assert ((centred @ on.loadings) ** 2).sum(axis=0) == pytest.approx(np.where(on.explained > 1e-9, strengths, 0), abs=1e-9)


def test_many_statements_and_many_blocks_of_people_give_the_same_axes(monkeypatch):
    found, _camp = a_conversation(people=40, statements=20, seen=0.6)
    on = axes(found)

    monkeypatch.setattr(axes_module, "FEW", 5)
    monkeypatch.setattr(axes_module, "WIDEST", 10)
    monkeypatch.setattr(votes, "BLOCK", 7)
    again = axes(votes_of(*rows_of(found)))

    assert again.loadings == pytest.approx(on.loadings, abs=1e-8)
    assert again.explained == pytest.approx(on.explained, abs=1e-10)
    assert (on.loadings[np.abs(on.loadings).argmax(axis=0), [0, 1]] > 0).all()


def test_two_camps_that_never_waver_have_one_axis_and_the_same_to_the_last_bit_each_time():
    said, camp = a_conversation(people=40, statements=80, loyal=1.0)

    first, second = axes(said), axes(said)

    assert first.explained.tolist() == pytest.approx([1, 0], abs=1e-12)
    assert first.loadings.tolist() == second.loadings.tolist()
    assert len(np.unique(positions(said, first).round(9), axis=0)) == len(set(camp)) == 2


def test_a_statement_that_is_out_moves_nobody_and_counts_as_seen_by_all():
    found = votes_of([1, 1, 2, 2, 3], [1, 2, 1, 2, 1], [AGREE, AGREE, DISAGREE, DISAGREE, AGREE], out=[2])

    where = positions(found, axes(found))

    assert where[:, 0] == pytest.approx([2 / 3, -4 / 3, 2 / 3])  # less the mean of 1/3, both statements seen by everybody


# groups


@given(points=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=6, unique=True), k=st.integers(2, 3))
@settings(max_examples=100)
def test_the_best_groups_are_the_best_of_all_ways_to_part_few_people(points, k):
    spots = np.array(points, dtype=float)
    if k > len(points):
        with pytest.raises(TooFewPoints):
            best_means(spots, np.ones(len(spots)), k, rng=rng())
        return

    found = best_means(spots, np.ones(len(spots)), k, rng=rng())

    ways = (np.array(way) for way in product(range(k), repeat=len(points)) if len(set(way)) == k)
    best = min(sum(((spots[way == g] - spots[way == g].mean(axis=0)) ** 2).sum() for g in range(k)) for way in ways)
    assert found.inertia == pytest.approx(best, rel=1e-3, abs=1e-9)
    assert ((spots - found.centres[found.labels(spots)]) ** 2).sum() == pytest.approx(found.inertia, abs=1e-9)


def test_a_point_as_near_to_two_centres_belongs_to_the_first():
    means = kmeans.moved_means(np.array([[-1.0, 0.0], [0.0, 0.0], [1.0, 0.0]]), np.array([[1.0, 0.0], [-1.0, 0.0]]), steps=1)

    assert means.centres.tolist() == [[0.5, 0.0], [-1.0, 0.0]]


def test_a_centre_that_nobody_is_near_to_stays_where_it_is():
    means = kmeans.moved_means(np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([[0.0, 0.0], [9.0, 0.0]]), steps=3)

    assert means.centres.tolist() == [[0.5, 0.0], [9.0, 0.0]]


def test_two_ways_to_group_agree_as_published():
    # the example of scikit-learn's adjusted_rand_score: 0.57
    assert compared(np.array([0, 0, 1, 2]), np.array([0, 0, 1, 1])).agreement == pytest.approx(0.57, abs=0.005)
    assert compared(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0])) == Return(1.0, 1.0)
    assert compared(np.array([0, 0, 0]), np.array([0, 0, 0])) == Return(1.0, 1.0)
    assert compared(np.array([0]), np.array([1])) == Return(1.0, 1.0)


def a_grouping(k, sizes, separation, agreement):
    labels = np.repeat(np.arange(len(sizes)), sizes)
    return Grouping(k, labels, Means(np.zeros((k, 2)), 0.0), separation, Return(agreement, agreement))


@pytest.mark.parametrize(
    ("tried", "k"),
    [
        ([(2, (30, 30), 0.4, 0.9), (3, (20, 20, 20), 0.5, 0.6)], 3),  # furthest apart of those that come back
        ([(2, (30, 30), 0.4, 0.9), (3, (20, 20, 20), 0.5, 0.4)], 2),  # three are further apart, but do not come back
        ([(2, (30, 30), 0.4, 0.9), (3, (20, 20, 20), 0.404, 0.6)], 2),  # nearly as far apart: what comes back better
        ([(2, (30, 30), 0.4, 0.2), (3, (20, 20, 20), 0.3, 0.4)], 3),  # none comes back: what comes back best
        ([(2, (30, 30), 0.4, 0.9), (3, (28, 28, 4), 0.8, 0.9)], 2),  # no group that is too small to be named
        ([(2, (30, 30), 0.4, 0.9), (3, (20, 20, 20), 0.4, 0.9)], 2),  # of equals the smaller number
        ([(2, (56, 4), 0.4, 0.9)], None),
        ([], None),
    ],
)
def test_the_number_of_groups_is_one_that_comes_back(tried, k):
    found = chosen(tuple(a_grouping(*one) for one in tried))

    assert (found.k if found else None) == k


def test_camps_are_found_with_few_people_and_with_more_than_are_looked_at_one_by_one(monkeypatch):
    monkeypatch.setattr(kmeans, "FEW", 40)
    monkeypatch.setattr(groups_module, "EXACT", 40)
    monkeypatch.setattr(stability, "FEW", 40)
    monkeypatch.setattr(stability, "MOST", 100)
    monkeypatch.setattr(coherence_module, "MOST", 100)
    for people in (30, 300):
        said, camp = a_conversation(people=people, camps=3, statements=20, loyal=0.95)

        found = landscape(said, rng=rng())

        assert found.k == 3
        assert compared(camp, found.positions.groups - 1).agreement == 1
        assert found.stability == pytest.approx(1, abs=0.05)
        assert [group.size for group in found.groups] == [people // 3] * 3


def test_the_silhouette_of_cells_is_close_to_that_of_people(monkeypatch):
    said, _camp = a_conversation(people=400, camps=3, statements=20, seen=0.7)
    where = positions(said, axes(said))
    tried = {}
    for exact in (10_000, 0):
        monkeypatch.setattr(groups_module, "EXACT", exact)
        tried[exact] = groupings(said, axes(said), where, said.given >= 7, rng=rng())

    for one, other in zip(tried[10_000], tried[0], strict=True):
        assert one.separation == pytest.approx(other.separation, abs=0.01)


# how sure it is


def test_dice_seldom_hang_together_and_camps_do():
    by_chance = [coherence(by_lot(people=people, seed=seed), rng=rng()) for seed in range(30) for people in (12, 40)]
    camps = [coherence(a_conversation(people=people, seed=seed)[0], rng=rng()) for seed in range(10) for people in (20, 40)]

    assert sum(one > ENOUGH for one in by_chance) <= 6
    assert min(camps) > ENOUGH


def test_people_who_all_lie_equally_far_out_hang_together_and_one_person_does_not():
    two_sides = votes_of(np.repeat(range(6), 2), [1, 2] * 6, [AGREE] * 6 + [DISAGREE] * 6)

    assert coherence(two_sides, rng=rng()) > ENOUGH
    assert coherence(votes_of([1], [1], [AGREE]), rng=rng()) == 0


@pytest.mark.parametrize(
    ("said", "caution"),
    [
        (a_conversation(people=9)[0], "too few votes to tell: 9 people gave at least 7 votes, and two groups of 5 need 10"),
        (a_conversation(people=40, seen=0.2)[0], "too few votes to tell: 0 people gave at least 7 votes, and two groups of 5 need 10"),
        (by_lot(), "too few votes to tell: the answers hang together no more than answers by lot may"),
        (a_conversation(camps=1, loyal=1.0)[0], "everybody who voted on a statement said the same: there is nothing that could tell"),
    ],
)
def test_where_there_is_too_little_to_tell_no_groups_are_told_and_it_says_so(said, caution):
    found = landscape(said, rng=rng())

    assert (found.k, found.groups, found.bridging, found.stability) == (0, (), (), None)
    assert set(found.positions.groups.tolist()) == {-1}
    assert str(found.cautions[0]).startswith(caution)


@pytest.mark.parametrize(("third", "least", "most"), [(0.6, 0.98, 1.0), (0.8, 0.7, 0.85)])
def test_groups_come_back_less_often_where_a_third_direction_is_nearly_as_strong_as_the_second(third, least, most, monkeypatch):
    said = three_questions(third)

    found = landscape(said, rng=rng(), groups=4).stability
    monkeypatch.setattr(stability, "ROUGH", 1e-9)

    assert least <= found <= most
    assert found == pytest.approx(landscape(said, rng=rng(), groups=4).stability, abs=0.02)


def three_questions(third):
    """Votes of 1,000 people on 24 statements to each of three questions, on which everybody has a side."""
    draw, loyal = rng(1), np.repeat([0.9, 0.8, third], 24)
    sides = draw.choice([AGREE, DISAGREE], size=(1000, 3))[:, np.repeat(range(3), 24)]
    said = np.where(draw.random(sides.shape) < loyal, sides, -sides)
    return votes_of(np.repeat(range(1000), 72), np.tile(range(72), 1000), said.ravel())


def test_who_asks_for_groups_gets_them_with_the_same_caution():
    found = landscape(by_lot(), rng=rng(), groups=2)

    assert found.k == 2
    assert found.cautions[0].kind == "few_votes"


def test_more_groups_than_places_where_people_lie_are_refused():
    with pytest.raises(TooFewPoints) as refused:
        landscape(a_conversation(loyal=1.0)[0], rng=rng(), groups=3)

    assert str(refused.value) == "people lie in fewer than 3 different places, expected at least as many as groups"


def test_one_group_is_no_question():
    with pytest.raises(MethodError) as refused:
        landscape(a_conversation()[0], rng=rng(), groups=1)

    assert str(refused.value) == "1 groups are asked for, expected at least 2"


def test_when_every_number_of_groups_has_one_that_is_too_small_none_is_told():
    far = [(person, 7 + person, AGREE) for person in range(3)]
    rows = [(person, statement, AGREE if person < 3 else DISAGREE) for person in range(12) for statement in range(7)]
    found = landscape(votes_of(*zip(*rows, *far, strict=True)), rng=rng())

    assert (found.k, [caution.kind for caution in found.cautions]) == (0, ["no_number"])


def test_a_group_of_fewer_than_five_is_not_named_and_nobody_is_shown_in_it():
    camp = np.array([0] * 20 + [1] * 4 + [2] * 6)
    leaning = np.array([[1] * 8 + [1] * 8, [-1] * 8 + [1] * 8, [1] * 8 + [-1] * 8])
    found = landscape(votes_of(np.repeat(range(30), 16), [*range(16)] * 30, leaning[camp].ravel()), rng=rng(), groups=3)

    assert [(group.id, group.size) for group in found.groups] == [(1, 20), (2, 6)]
    assert found.positions.groups[20:24].tolist() == [-1] * 4
    assert (found.k, found.placed) == (3, 30)
    assert found.cautions == (Caution("small", (2, 6)), Caution("unnamed", (4, 5)))
    assert set(found.consensus[0].shares) == {1, 2}


# what groups say


def test_a_group_stands_for_what_it_says_unlike_the_others_worked_out_by_hand():
    # ten people on statement 1: five agree, five disagree, and two of the second group pass on statement 2
    said = votes_of([*range(10)] * 2, [1] * 10 + [2] * 10, [AGREE] * 5 + [DISAGREE] * 5 + [AGREE] * 8 + [PASS] * 2)

    first, second = representative(said, tallies(said, np.repeat([0, 1], 5), 2))

    assert [(one.statement, one.position, one.said, one.voted) for one in first] == [(1, "agree", 5, 5), (2, "agree", 5, 5)]
    one = first[0]
    assert (one.share, one.ratio) == pytest.approx((6 / 7, 6))
    assert one.share_z == pytest.approx(2 * sqrt(6) * (6 / 6 - 1 / 2))
    assert one.z == pytest.approx((6 / 6 - 1 / 6) / sqrt(7 / 12 * 5 / 12 * (1 / 6 + 1 / 6)))
    assert (first[1].ratio, first[1].z) == pytest.approx(((6 / 7) / (4 / 7), (1 - 4 / 6) / sqrt(10 / 12 * 2 / 12 * (1 / 6 + 1 / 6))))
    assert [(one.statement, one.position) for one in second] == [(1, "disagree")]


def test_two_shares_differ_by_the_published_z():
    # CliffsNotes, Test for Comparing Two Proportions: 16 of 25 and 57 of 72 differ by z = -1.518; here each count has one more
    votes_in, votes_out = [AGREE] * 15 + [DISAGREE] * 9, [AGREE] * 56 + [DISAGREE] * 15
    said = votes_of(range(95), [1] * 95, votes_in + votes_out)

    first, _second = representative(said, tallies(said, np.repeat([0, 1], [24, 71]), 2))

    agreeing = Tally(np.array([[[15.0], [56]], [[9], [15]]]), np.array([[24.0], [71]]))
    assert representative(said, agreeing)[0] == first
    assert [one.position for one in first] == ["disagree"]
    assert -first[0].z == pytest.approx((10 / 25 - 16 / 72) / sqrt(26 / 97 * 71 / 97 * (1 / 25 + 1 / 72)) * -1)


@pytest.mark.parametrize(
    ("said", "voted", "bounds"),
    [
        (0, 0, (0.025, 0.975)),  # nobody voted: every share is as likely as any other
        (5, 5, (0.025 ** (1 / 6), 0.975 ** (1 / 6))),  # Beta(6, 1)
        (4, 4, (0.478, 0.995)),  # four who agree do not show that more than half would, five do
    ],
)
def test_the_interval_of_a_share_is_the_middle_of_its_beta_distribution(said, voted, bounds):
    assert interval(said, voted) == pytest.approx(bounds, abs=5e-4)


def test_consensus_and_bridging_are_what_everybody_and_what_every_group_says():
    camp = np.repeat([0, 1], [20, 10])
    said = np.column_stack([np.where(camp, -1, 1)] * 6 + [np.ones(30, dtype=int), -np.ones(30, dtype=int)])
    found = landscape(votes_of(np.repeat(range(30), 8), [*range(8)] * 30, said.ravel(), out=[0]), rng=rng())

    assert [(one.statement, one.position) for one in found.bridging] == [(6, "agree"), (7, "disagree")]
    both = found.bridging[0]
    assert (both.share, both.product) == pytest.approx((31 / 32, 21 / 22 * 11 / 12))
    assert both.shares == pytest.approx({1: 21 / 22, 2: 11 / 12})
    assert both.interval[0] < both.share < both.interval[1]
    assert [one.statement for one in found.consensus] == [6, 1, 2, 3, 4, 7]  # 0 is out; two thirds agree with 1 to 5, of five the first
    assert 0 not in {one.statement for group in found.groups for one in group.representative}


def test_labels_of_other_people_are_refused():
    with pytest.raises(ShapeError):
        tallies(by_lot(), np.zeros(3, dtype=np.int64), 1)


# the same again


@given(shuffled=st.randoms(use_true_random=False), seed=st.integers(0, 3))
@settings(max_examples=10, deadline=None)
def test_the_order_of_people_statements_and_rows_does_not_matter(shuffled, seed):
    said, _camp = a_conversation(people=30, seen=0.8, seed=seed)
    rows = list(zip(*rows_of(said), strict=True))
    shuffled.shuffle(rows)

    assert plainly(landscape(votes_of(*zip(*rows, strict=True)), rng=rng(seed))) == plainly(landscape(said, rng=rng(seed)))


def test_progress_is_told_step_by_step():
    told = []

    landscape(a_conversation()[0], rng=rng(), progress=lambda done, steps: told.append((done, steps)))

    assert told == [(1, 4), (2, 4), (3, 4)]


# while it goes on


@pytest.mark.parametrize("at_once", [64, 5])
def test_a_live_picture_is_that_of_all_votes_so_far(monkeypatch, at_once):
    monkeypatch.setattr(axes_module, "FEW", at_once)
    said, _camp = a_conversation(people=60, seen=0.7)
    live = Live.begun(said, rng=rng())
    added = rng(5)
    for _vote in range(25):
        live = live.with_vote(int(added.integers(0, 64)), int(added.integers(0, 14)), int(added.integers(-1, 2)))

    on = axes(live.votes)
    signs = np.sign((on.loadings * live.frame.on.loadings).sum(axis=0))
    assert live.frame.on.loadings == pytest.approx(on.loadings * signs, abs=1e-3)
    assert live.frame.on.explained == pytest.approx(on.explained, abs=1e-6)
    assert live.landscape.k == 2
    again = landscape(live.votes, rng=rng(), groups=2)
    assert live.landscape.bridging == again.bridging
    assert compared(live.landscape.positions.groups + 1, again.positions.groups + 1).agreement > 0.9


def test_a_vote_leaves_the_picture_before_it_as_it_was():
    said, _camp = a_conversation(people=40)
    before = Live.begun(said, rng=rng())
    kept = plainly(before.landscape)

    after = before.with_vote(99, 0, AGREE)

    assert plainly(before.landscape) == kept
    assert (before.landscape.participants, after.landscape.participants) == (40, 41)


def test_groups_keep_their_ids_while_one_of_them_outgrows_the_other():
    said, camp = a_conversation(people=40, camps=2, loyal=0.95)
    live = Live.begun(said, rng=rng())
    ids = {int(live.landscape.positions.groups[np.flatnonzero(camp == side)[0]]): side for side in (0, 1)}
    second = {statement: value for who, statement, value in zip(*rows_of(said), strict=True) if who == 1}
    for person in range(100, 115):
        for statement, value in second.items():
            live = live.with_vote(person, int(statement), int(value))

    again = live.renewed(rng=rng(1)).landscape

    assert max(again.groups, key=lambda group: group.size).id == next(one for one, side in ids.items() if side == 1)
    shown = [int(again.positions.groups[again.positions.people == person][0]) for person in (0, 1)]
    assert [ids[one] for one in shown] == [0, 1]


def test_a_live_picture_without_groups_follows_too():
    live = Live.begun(by_lot(people=20), rng=rng()).with_vote(3, 50, AGREE)

    assert (live.landscape.k, live.landscape.statements) == (0, 13)
    assert live.landscape.positions.xy == pytest.approx(positions(live.votes, axes(live.votes)), abs=0.2)


@pytest.mark.parametrize(
    ("was", "now", "ids"),
    [
        ([1, 1, 1, 2, 2, 2], [1, 1, 1, 0, 0, 0], (2, 1)),
        ([1, 1, 1, 1, 2, 2], [0, 0, 1, 1, 2, 2], (1, 3, 2)),  # the part of a split group that is left gets an id of its own
        ([5, 5, 5, -1, -1, -1], [0, 0, 0, 1, 1, 1], (5, 6)),
        ([-1, -1, -1, -1, -1, -1], [0, 0, 0, 1, 1, 1], (1, 2)),
    ],
)
def test_a_group_is_known_again_by_its_members(was, now, ids):
    before = Positions(np.arange(6), np.zeros((6, 2)), np.array(was))
    k = max(now) + 1
    found = Grouping(k, np.array(now), Means(np.zeros((k, 2)), 0.0), 0.0, Return(1, 1))

    assert matched(before, np.arange(6), found) == ids
