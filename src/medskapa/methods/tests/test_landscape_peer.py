"""Beside red-dwarf: the same places for the same people, groups as good as many starts find, and for the same groups the same lists."""

import warnings

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from medskapa.methods.landscape.axes import axes, positions
from medskapa.methods.landscape.finding import landscape
from medskapa.methods.landscape.groups import groupings
from medskapa.methods.landscape.kmeans import best_means
from medskapa.methods.landscape.stability import compared
from medskapa.methods.landscape.statements import bridging, consensus, representative, tallies
from medskapa.methods.tests.conversations import a_conversation

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what it warns of itself while it is imported
    from reddwarf.implementations.polis import run_pipeline
    from reddwarf.utils.consensus import select_consensus_statements
    from reddwarf.utils.stats import calculate_comment_statistics_dataframes, select_representative_statements

INSTANCES = [
    {"people": people, "statements": statements, "camps": camps, "loyal": loyal, "seen": seen, "seed": seed, "out": out}
    for seed, (people, statements, camps, loyal, seen, out) in enumerate(
        [
            (24, 20, 2, 0.8, 0.6, ()),
            (60, 30, 3, 0.75, 0.5, (4, 11)),
            (150, 70, 4, 0.8, 0.3, (0,)),
            (90, 12, 2, 0.7, 0.9, ()),
        ]
    )
]


def theirs(said, out):
    rows = [
        {"participant_id": person, "statement_id": statement, "vote": value}
        for person, statement, value in zip(
            np.repeat(said.people, said.given).tolist(), said.columns.tolist(), said.values.tolist(), strict=True
        )
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return run_pipeline(votes=rows, mod_out_statement_ids=list(out), random_state=0)


@pytest.fixture(params=INSTANCES, ids=lambda instance: f"{instance['people']} people")
def both(request):
    said, _camp = a_conversation(**request.param)
    return said, theirs(said, request.param["out"])


def test_people_lie_in_the_same_places_and_the_same_people_are_grouped(both):
    said, peer = both
    on, found = axes(said), landscape(said, rng=np.random.default_rng(0))

    assert [str(statement) for statement in said.statements] == [str(statement) for statement in peer.statements_df.index]
    assert on.explained == pytest.approx(peer.reducer.explained_variance_ratio_, abs=1e-3)
    where, at = positions(said, on), peer.participants_df[["x", "y"]].to_numpy()
    signs = np.sign((where * at).sum(axis=0))
    assert where * signs == pytest.approx(at, abs=1e-6)
    assert (said.given >= 7).tolist() == peer.participants_df["to_cluster"].tolist()
    assert found.placed == peer.participants_df["to_cluster"].sum()


def test_groups_are_as_good_as_fifty_starts_find_for_every_number(both):
    said, _peer = both
    points = positions(said, axes(said))[said.given >= 7]
    for k in range(2, 6):
        ours = best_means(points, np.ones(len(points)), k, rng=np.random.default_rng(0))

        fifty = KMeans(k, n_init=50, random_state=0).fit(points)
        assert ours.inertia <= 1.001 * fifty.inertia_
        assert compared(fifty.labels_, ours.labels(points)).agreement == pytest.approx(
            adjusted_rand_score(fifty.labels_, ours.labels(points))
        )


def test_silhouettes_are_theirs(both):
    said, _peer = both
    where = positions(said, axes(said))
    for found in groupings(said, axes(said), where, said.given >= 7, rng=np.random.default_rng(0)):
        placed = found.labels >= 0
        assert found.separation == pytest.approx(silhouette_score(where[placed], found.labels[placed]))


def test_for_the_same_groups_the_lists_are_the_same(both):
    said, peer = both
    labels = peer.participants_df["cluster_id"].fillna(-1).astype(int).to_numpy()
    groups = int(labels.max()) + 1
    inside = tallies(said, labels, groups)

    assert [
        [(one.statement, one.position, one.said, one.voted) for one in representative(said, inside)[group]] for group in range(groups)
    ] == [[(one["tid"], one["repful-for"], one["n-success"], one["n-trials"]) for one in peer.repness[group]] for group in range(groups)]
    for ours, listed in zip(representative(said, inside), peer.repness.values(), strict=True):
        for one, other in zip(ours, listed, strict=True):
            values = (other["p-success"], other["repness"], other["repness-test"], other["p-test"])
            assert (one.share, one.ratio, one.z, one.share_z) == pytest.approx(values, abs=1e-5)

    shared = consensus(said, inside, tuple(range(groups)))
    wanted = [(position, one) for position in ("agree", "disagree") for one in peer.consensus[position]]
    assert [(one.position, round(one.share * one.z, 6)) for one in shared] == [
        (position, round(one["p-success"] * one["p-test"], 6)) for position, one in wanted
    ]
    for one in bridging(said, inside, tuple(range(groups))):
        assert one.product == pytest.approx(peer.group_aware_consensus[one.position][one.statement], abs=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_for_any_groups_the_lists_are_the_same(seed):
    said, _camp = a_conversation(people=30, statements=12, camps=3, loyal=0.7, seen=0.7, seed=seed, out=(1,))
    labels = np.random.default_rng(seed).integers(0, 3, 30)
    inside = tallies(said, labels, 3)
    table = theirs(said, ()).raw_vote_matrix

    stats, _shared = calculate_comment_statistics_dataframes(table, labels)
    lists = select_representative_statements(stats, mod_out_statement_ids=[1])
    assert [[(one.statement, one.position) for one in group] for group in representative(said, inside)] == [
        [(one["tid"], one["repful-for"]) for one in lists[group]] for group in range(3)
    ]
    wanted = select_consensus_statements(table, mod_out_statement_ids=[1])
    for position in ("agree", "disagree"):
        ours = {one.statement: one.share for one in consensus(said, inside, (1, 2, 3)) if one.position == position}
        assert sorted(ours.values()) == pytest.approx(sorted(one["p-success"] for one in wanted[position]))
