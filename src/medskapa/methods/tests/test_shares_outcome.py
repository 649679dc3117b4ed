"""Each outcome says why: how a project was paid, what others lacked, what each group got, and who could complain."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medskapa.methods.errors import MethodError
from medskapa.methods.shares.completion import COMPLETIONS
from medskapa.methods.shares.election import Election, election_of
from medskapa.methods.shares.equal_shares import equal_shares
from medskapa.methods.shares.groups import groups_of
from medskapa.methods.shares.justified import Complaint, complaints
from medskapa.methods.shares.ledger import PaidBy
from medskapa.methods.shares.outcome import RULES, Loser, Winner, outcome_of
from medskapa.methods.tests.elections import elections, satisfactions


@given(election=elections(("small", "fractions", "far apart")), satisfaction=satisfactions)
@settings(max_examples=120)
def test_equal_shares_is_justified_to_every_group(election, satisfaction):
    assert complaints(election, equal_shares(election, satisfaction), satisfaction) == []


@given(election=elections(("small", "fractions"), most_voters=6), satisfaction=satisfactions, data=st.data())
@settings(max_examples=100)
def test_a_complaint_is_found_exactly_where_some_group_has_one(election, satisfaction, data):
    chosen = data.draw(st.lists(st.sampled_from(election.projects), unique=True))
    left_out = set(election.projects) - set(chosen)
    worths = {project: election.worth(project, satisfaction) for project in election.projects}
    has = [sum(worths[one] for one in chosen if voter in election.supporters[one]) for voter in range(election.voters)]

    complained = {
        project
        for project in left_out
        for size in range(1, election.count(project) + 1)
        for group in combinations(election.supporters[project].tolist(), size)
        if max(has[voter] for voter in group) + worths[project] <= size * election.share / election.costs[project] * worths[project]
    }

    assert {complaint.project for complaint in complaints(election, chosen, satisfaction)} == complained


def test_a_group_passed_over_says_how_large_it_is_what_it_gets_and_what_it_deserves():
    election = election_of(4, {"a": 1, "b": 1, "c": 2}, [["a", "b"], ["a", "b"], ["c"], ["c"]])

    assert complaints(election, ["a", "b"]) == [Complaint("c", group=2, gets=Fraction(0), deserves=Fraction(2))]
    assert complaints(election, ["a", "c"]) == [Complaint("b", group=2, gets=Fraction(1), deserves=Fraction(2))]


def test_what_costs_nothing_and_was_left_out_is_a_complaint():
    election = election_of(4, {"b": 0, "a": 4}, [["b", "a"], ["a"]])

    assert complaints(election, ["a"], "cardinality") == [Complaint("b", group=1, gets=Fraction(1), deserves=Fraction(2))]


def test_by_equal_shares_it_says_who_paid_and_what_others_lacked():
    election = election_of(9, {"a": 6, "b": 5, "c": 1, "d": 9}, [["a", "b"], ["a", "b"], ["d"]])
    found = outcome_of(election, completion="none")

    paid = PaidBy(paid_in_full=2, payment=Fraction(3), paid_the_rest=0, paid_nothing=0)
    assert found.winners == (Winner("a", Fraction(6), 2, "equal-shares", Fraction(2), paid),)
    assert found.losers == (
        Loser("b", Fraction(5), 2, had=Fraction(0), lacks=Fraction(5), over=Fraction(2)),
        Loser("d", Fraction(9), 1, had=Fraction(3), lacks=Fraction(6), over=Fraction(6)),
        Loser("c", Fraction(1), 0, had=Fraction(0), lacks=Fraction(1), over=Fraction(0)),
    )
    assert (found.cost, found.endowment, found.without_any, found.is_reached) == (6, 3, 1, True)


def test_what_was_added_greedily_and_what_costs_nothing_are_told_apart():
    election = election_of(9, {"a": 6, "b": 3, "free": 0}, [["a", "free"], ["a"], ["b"], []])
    found = outcome_of(election, completion="greedy")

    assert [(one.project, one.by, one.effectiveness) for one in found.winners] == [
        ("free", "equal-shares", None),
        ("a", "greedy", 2),
        ("b", "greedy", 1),
    ]


def test_by_phragmen_it_says_when_its_supporters_had_earned_enough():
    found = outcome_of(election_of(3, {"park": 2, "lamp": 1, "pool": 2}, [["park", "lamp"], ["park"], ["pool"]]), "phragmen")

    assert [(one.project, one.moment) for one in found.winners] == [("lamp", 1), ("park", Fraction(3, 2))]
    assert [(one.project, one.had, one.lacks) for one in found.losers] == [("pool", 2, 0)]
    assert (found.completion, found.endowment) == ("none", None)


def test_by_votes_nobody_has_money_of_their_own():
    election = election_of(4, {"lamp": 1, "park": 4}, [["park"], ["park"], ["lamp"]])

    for found in (outcome_of(election, "greedy"), outcome_of(election, completion="add1-comparison")):
        assert [(one.project, one.by) for one in found.winners] == [("park", "greedy")]
        assert [(one.project, one.had, one.lacks, one.over) for one in found.losers] == [("lamp", None, None, 1)]


def test_phragmen_with_greedy_spends_what_is_left():
    election = election_of(4, {"a": 2, "b": 4, "c": 2}, [["a"], ["a"], ["b"], ["b"], ["b"], ["c"]])

    assert [one.project for one in outcome_of(election, "phragmen").winners] == ["a"]
    assert [(one.project, one.by) for one in outcome_of(election, "phragmen", completion="greedy").winners] == [
        ("a", "phragmen"),
        ("c", "greedy"),
    ]


@pytest.mark.parametrize("rule", RULES)
@given(election=elections(), satisfaction=satisfactions)
@settings(max_examples=25)
def test_every_project_is_a_winner_or_a_loser(rule, election, satisfaction):
    found = outcome_of(election, rule, satisfaction)

    assert sorted(one.project for one in (*found.winners, *found.losers)) == list(election.projects)
    assert sum(one.cost for one in found.winners) == found.cost <= found.budget


def test_a_vote_of_nobody_and_a_completion_of_another_rule_are_refused():
    with pytest.raises(MethodError, match="nobody voted, expected at least one ballot"):
        outcome_of(election_of(4, {"a": 1}, []))
    for completion in COMPLETIONS[1:3]:
        with pytest.raises(MethodError, match=f"the completion {completion} is one of Equal Shares, expected none or greedy with phragmen"):
            outcome_of(election_of(4, {"a": 1}, [["a"]]), "phragmen", completion=completion)


def a_vote_by(groups, name="age"):
    """Everybody votes, those whose group is 16 for the one project."""
    election = election_of(9, {"a": 6}, [["a"] if group == "16" else [] for group in groups])
    return Election(election.budget, election.costs, election.supporters, election.voters, {name: groups})


def told(groups, name="age"):
    found = groups_of(a_vote_by(groups, name), ["a"])
    return [(group.group, group.voters, group.projects, group.satisfaction, group.without_any) for group in found.get(name, [])]


def test_ages_come_in_bands():
    assert told(["16"] * 5 + ["18"] * 5 + ["66"] * 4 + ["99"]) == [
        ("16–19", 10, 0.5, 3.0, 5),
        ("65–", 5, 0.0, 0.0, 5),
    ]


def test_small_groups_are_put_together_until_they_are_five():
    assert [kind for kind, *_rest in told(["16"] * 5 + ["x"] * 3 + ["y", ""], "place")] == ["16", "not said, x, y"]
    assert [kind for kind, *_rest in told(["16"] * 5 + ["x"], "place")] == ["16, x"]
    assert [kind for kind, *_rest in told(["16"] * 5 + ["about 30"] * 5)] == ["16–19", "about 30"]


def test_a_column_that_says_who_somebody_is_is_left_out():
    assert told([str(number) for number in range(41)], "house") == []
    assert told(["16"] * 4) == []
    assert told([], "place") == []


@given(groups=st.lists(st.sampled_from(["16", "b", "c", "d", ""]), max_size=30))
def test_no_group_is_smaller_than_five_and_none_is_forgotten(groups):
    found = told(groups, "place")

    assert all(voters >= 5 for _kind, voters, *_rest in found)
    assert sum(voters for _kind, voters, *_rest in found) in (0, len(groups))
