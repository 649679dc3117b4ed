"""Equal Shares and its kin choose as the papers say, exactly, and as other people's program does."""

import warnings
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pabutools.election import ApprovalBallot, ApprovalProfile, Cardinality_Sat, Cost_Sat, Instance, Project
from pabutools.rules import BudgetAllocation, greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen

from medskapa.methods.errors import MethodError
from medskapa.methods.shares.completion import COMPLETIONS, completed, greedy, phragmen
from medskapa.methods.shares.election import Election, election_of
from medskapa.methods.shares.equal_shares import equal_shares
from medskapa.methods.shares.justified import complaints
from medskapa.methods.shares.purses import Purses
from medskapa.methods.shares.reasons import losers, satisfaction_of_groups

SATISFACTIONS = ("cost", "cardinality")
THEIRS = {"cost": Cost_Sat, "cardinality": Cardinality_Sat}


def chosen(election, satisfaction="cost", **options):
    return [purchase.project for purchase in equal_shares(election, satisfaction, **options)]


@st.composite
def elections(draw, most_cost=12, most_voters=9):
    costs = {f"p{number}": draw(st.integers(1, most_cost)) for number in range(draw(st.integers(1, 6)))}
    ballots = draw(st.lists(st.lists(st.sampled_from(sorted(costs)), unique=True), min_size=1, max_size=most_voters))
    return election_of(draw(st.integers(1, 30)), costs, ballots)


def ballots_of(election):
    return [[project for project in election.projects if voter in election.supporters[project]] for voter in range(election.voters)]


def their_election(election):
    projects = {project: Project(project, cost=election.costs[project]) for project in election.projects}
    ballots = [ApprovalBallot([projects[project] for project in ballot]) for ballot in ballots_of(election)]
    return Instance(projects.values(), budget_limit=election.budget), ApprovalProfile(ballots)


def theirs(rule, election, satisfaction, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        instance, profile = their_election(election)
        return sorted(str(project) for project in rule(instance, profile, sat_class=THEIRS[satisfaction], **options))


def test_supporters_pay_alike_and_who_has_less_pays_all_of_it():
    election = election_of(12, {"a": 6, "b": 5, "c": 2}, [["a", "b"], ["a"], ["b", "c"]])

    first, second = equal_shares(election, "cost", endowment=Fraction(4))

    assert (first.project, first.price, first.payment, first.paid_in_full, first.paid_the_rest) == ("a", 1 / 2, 3, 2, 0)
    assert (second.project, second.price, second.payment, second.paid_in_full, second.paid_the_rest) == ("b", 4 / 5, 4, 1, 1)
    purses = Purses(election, "cost", Fraction(4))
    purses.buy("a", 1 / 2)
    purses.buy("b", 4 / 5)
    assert purses.money.tolist() == [0, 1, 0]
    assert purses.price("c") is None


def test_the_example_of_lackner_and_skowron_with_twelve_voters():
    """Example 11 of Multi-winner voting with approval preferences (2023): four of eight are chosen; each voter begins with 1/3."""
    ballots = [*["ab"] * 3, *["ac"] * 3, *["ad"] * 2, "bcf", "e", "f", "g"]
    election = election_of(4, dict.fromkeys("abcdefgh", 1), ballots)
    purses = Purses(election, "cardinality", Fraction(4, 12))

    assert purses.exact_price("a") == Fraction(1, 8)
    assert chosen(election, "cardinality") == ["a"]
    purses.buy("a", 1 / 8)
    assert purses.money == pytest.approx([5 / 24] * 8 + [1 / 3] * 4)


def test_the_example_of_lackner_and_skowron_with_eight_voters():
    """Example 12 of the same book: three of four are chosen; the second costs 13/40, and two supporters pay what they have left."""
    election = election_of(3, dict.fromkeys("abcd", 1), ["cd", "cd", "cd", "ab", "ab", "ac", "ac", "bd"])

    first, second = equal_shares(election, "cardinality")

    assert (first.project, first.price) == ("c", pytest.approx(1 / 5))
    assert (second.project, second.price, second.paid_in_full, second.paid_the_rest) == ("a", pytest.approx(13 / 40), 2, 2)
    assert phragmen(election) == [("c", Fraction(1, 5)), ("b", Fraction(1, 3)), ("d", Fraction(29, 60))]


@given(election=elections(), satisfaction=st.sampled_from(SATISFACTIONS))
@settings(max_examples=150)
def test_what_is_chosen_is_what_pabutools_chooses(election, satisfaction):
    assert sorted(chosen(election, satisfaction)) == theirs(method_of_equal_shares, election, satisfaction)


@given(election=elections(), satisfaction=st.sampled_from(SATISFACTIONS))
@settings(max_examples=60)
def test_with_add1_and_greedy_it_is_what_pabutools_chooses(election, satisfaction):
    found = completed(election, satisfaction, "add1")
    assert sorted(found.projects) == theirs(method_of_equal_shares, election, satisfaction, voter_budget_increment=1)

    before = BudgetAllocation(Project(project, cost=election.costs[project]) for project in found.projects)
    with_greedy = theirs(greedy_utilitarian_welfare, election, satisfaction, initial_budget_allocation=before)
    supported = [project for project in with_greedy if election.count(project)]
    assert sorted(completed(election, satisfaction, "add1+greedy").projects) == sorted(supported)


@given(election=elections(), satisfaction=st.sampled_from(SATISFACTIONS))
@settings(max_examples=60)
def test_greedy_is_that_of_pabutools_but_for_what_nobody_approved(election, satisfaction):
    theirs_found = theirs(greedy_utilitarian_welfare, election, satisfaction)

    assert sorted(greedy(election, satisfaction)) == [project for project in theirs_found if election.count(project)]


@given(election=elections())
@settings(max_examples=60)
def test_phragmen_is_that_of_pabutools(election):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = sorted(str(project) for project in sequential_phragmen(*their_election(election)))

    assert sorted(project for project, _moment in phragmen(election)) == [project for project in found if election.count(project)]


@given(election=elections(), satisfaction=st.sampled_from(SATISFACTIONS), completion=st.sampled_from(COMPLETIONS))
@settings(max_examples=100)
def test_no_outcome_costs_more_than_the_budget(election, satisfaction, completion):
    assert election.cost_of(completed(election, satisfaction, completion).projects) <= election.budget
    assert election.cost_of(greedy(election, satisfaction)) <= election.budget
    assert election.cost_of([project for project, _moment in phragmen(election)]) <= election.budget


@given(election=elections(), satisfaction=st.sampled_from(SATISFACTIONS), data=st.data())
@settings(max_examples=100)
def test_the_order_of_voters_and_projects_does_not_matter(election, satisfaction, data):
    ballots = data.draw(st.permutations(ballots_of(election)))
    again = election_of(election.budget, dict(data.draw(st.permutations(list(election.costs.items())))), ballots)

    assert completed(again, satisfaction, "add1+greedy") == completed(election, satisfaction, "add1+greedy")
    assert phragmen(again) == phragmen(election)


@given(election=elections(), satisfaction=st.sampled_from(SATISFACTIONS))
@settings(max_examples=150)
def test_equal_shares_is_justified_to_every_group(election, satisfaction):
    assert complaints(election, chosen(election, satisfaction), satisfaction) == []


@given(election=elections(most_voters=6), satisfaction=st.sampled_from(SATISFACTIONS), data=st.data())
@settings(max_examples=100)
def test_a_complaint_is_found_exactly_where_some_group_has_one(election, satisfaction, data):
    outcome = data.draw(st.lists(st.sampled_from(election.projects), unique=True))
    has = [
        sum(election.worth(project, satisfaction) for project in outcome if voter in election.supporters[project])
        for voter in range(election.voters)
    ]

    complained = set()
    for project in set(election.projects) - set(outcome):
        gives = election.worth(project, satisfaction)
        for size in range(1, election.count(project) + 1):
            for group in combinations(election.supporters[project].tolist(), size):
                if max(has[voter] for voter in group) + gives <= size * election.budget / election.voters / election.costs[project] * gives:
                    complained.add(project)

    assert {complaint.project for complaint in complaints(election, outcome, satisfaction)} == complained


@given(election=elections(), factor=st.integers(2, 10**12), satisfaction=st.sampled_from(SATISFACTIONS))
@settings(max_examples=80)
def test_in_another_currency_the_same_is_chosen(election, factor, satisfaction):
    costs = {project: cost * factor / 7 for project, cost in election.costs.items()}
    again = Election(election.budget * factor / 7, costs, election.supporters, election.voters)

    assert chosen(again, satisfaction) == chosen(election, satisfaction)


@given(election=elections(), satisfaction=st.sampled_from(SATISFACTIONS))
@settings(max_examples=80)
def test_prices_in_floating_point_are_those_in_fractions(election, satisfaction):
    purses = Purses(election, satisfaction, election.budget / election.voters)
    for purchase in equal_shares(election, satisfaction):
        assert purses.price(purchase.project) == pytest.approx(float(purses.exact_price(purchase.project)))
        purses._is_unclear[:] = True  # as if nothing could be told without fractions
        assert purses.price(purchase.project) == pytest.approx(float(purses.exact_price(purchase.project)))
        purses.buy(purchase.project, purchase.price)


def test_where_money_is_exactly_enough_it_is_enough():
    third = Fraction(1, 3)
    election = Election(third * 3, {"a": third * 2, "b": third}, {"a": np.array([0, 1]), "b": np.array([2])}, 3)

    assert chosen(election) == ["a", "b"]


def test_a_tie_that_only_fractions_see_goes_to_the_id_that_comes_first():
    ballots = [["b", "x"], ["b", "x"], ["b", "x"], ["a"], ["a"], ["a"], ["x"]]
    election = election_of(Fraction(7, 10) * 7, {"x": Fraction(1, 3), "a": Fraction(1), "b": Fraction(1)}, ballots)

    assert chosen(election, "cardinality") == ["x", "a", "b"]


def test_one_more_voter_for_a_project_can_keep_it_out():
    """Here Equal Shares promises nothing: each voter more makes all shares smaller, and this one spends some on something else."""
    costs = {"pool": 10, "lamp": 3}

    assert chosen(election_of(10, costs, [["pool"]]), "cardinality") == ["pool"]
    assert chosen(election_of(10, costs, [["pool"], ["pool", "lamp"]]), "cardinality") == ["lamp"]


RULES_THAT_PROMISE_IT = {
    "equal shares": lambda election: chosen(election, "cardinality"),
    "phragmen": lambda election: [project for project, _moment in phragmen(election)],
    "greedy": lambda election: greedy(election, "cardinality"),
}


@pytest.mark.parametrize("rule", RULES_THAT_PROMISE_IT.values(), ids=RULES_THAT_PROMISE_IT)
@given(election=elections(), data=st.data())
@settings(max_examples=60)
def test_a_voter_who_also_approves_a_chosen_project_does_not_hurt_it(rule, election, data):
    before = rule(election)
    ballots = ballots_of(election)
    outside = [(voter, project) for project in before for voter, ballot in enumerate(ballots) if project not in ballot]
    if outside:
        voter, project = data.draw(st.sampled_from(outside))
        ballots[voter] = [*ballots[voter], project]
        assert project in rule(election_of(election.budget, election.costs, ballots))


def test_add1_that_does_not_come_to_its_end_says_so_and_a_larger_step_does():
    election = election_of(1000, {"a": 600, "b": 390}, [["a"], ["b"], []])

    assert not completed(election, completion="add1", most_steps=20).is_reached
    found = completed(election, completion="add1", step=Fraction(50))
    assert (found.projects, found.is_reached, found.steps) == (["a", "b"], True, 6)


def test_add1_with_comparison_goes_on_past_an_outcome_into_which_nothing_more_fits():
    election = election_of(10, {"a": 3, "b": 5, "c": 6}, [["a", "b"], ["a"], ["b", "c"], ["c"], ["c"]])
    outcomes = [chosen(election, endowment=Fraction(2) + step) for step in range(6)]
    allowed = outcomes[: next(number for number, outcome in enumerate(outcomes) if election.cost_of(outcome) > 10)]

    assert election.cost_of(completed(election, completion="add1-comparison").projects) == max(election.cost_of(one) for one in allowed)


def test_what_costs_nothing_is_chosen_first_if_anybody_wants_it():
    election = election_of(4, {"b": 0, "a": 4, "c": 0}, [["b", "a"], ["a"]])

    assert chosen(election) == ["b", "a"]
    assert [complaint.project for complaint in complaints(election, ["a"])] == ["b"]


def test_without_voters_nothing_is_chosen():
    election = election_of(4, {"a": 1}, [])

    assert completed(election, completion="add1").projects == []
    assert greedy(election) == []


def test_why_a_project_was_not_chosen():
    election = election_of(9, {"a": 6, "b": 6, "c": 1, "d": 9}, [["a", "b"], ["a", "b"], ["d"]])

    found = {loser.project: loser for loser in losers(election, ["a"])}

    assert (found["b"].lacking, found["b"].missed_by, str(found["b"])) == (0, 3, "its supporters spent their shares on other projects")
    assert (found["d"].lacking, str(found["d"])) == (6, "the shares of its supporters lack 6.00 of its cost")
    assert str(found["c"]) == "nobody approved it"


def test_small_groups_are_not_told_apart():
    election = election_of(9, {"a": 6}, [["a"]] * 6 + [[]] * 4)
    ages = ["16"] * 5 + ["17", "18", "18", "", ""]
    grouped = Election(election.budget, election.costs, election.supporters, 10, {"age": ages, "name": [str(n) for n in range(10)]})

    found = satisfaction_of_groups(grouped, ["a"])

    assert [(group.group, group.voters, group.mean) for group in found["age"]] == [("16", 5, 1.0), ("fewer than 5 each", 5, 0.2)]
    assert [(group.voters, group.mean) for group in found["name"]] == [(10, 0.6)]
    assert (
        satisfaction_of_groups(Election(Fraction(9), election.costs, election.supporters, 10, {"age": ages[:7] + ["16"] * 3}), ["a"])[
            "age"
        ][1].mean
        is None
    )


@pytest.mark.parametrize(
    ("budget", "costs", "supporters", "fault"),
    [
        (Fraction(-1), {"a": Fraction(1)}, {"a": np.array([0])}, "an amount is below 0"),
        (Fraction(1), {"a": Fraction(-1)}, {"a": np.array([0])}, "an amount is below 0"),
        (Fraction(1), {"a": Fraction(1)}, {"b": np.array([0])}, "about other projects"),
        (Fraction(1), {"a": Fraction(1)}, {"a": np.array([1])}, "a ballot is from nobody"),
    ],
)
def test_an_election_that_does_not_fit_together_is_refused(budget, costs, supporters, fault):
    with pytest.raises(MethodError, match=fault):
        Election(budget, costs, supporters, 1)


def test_a_ballot_for_a_project_that_is_not_there_is_refused():
    with pytest.raises(MethodError, match="voter 0 approves b, expected a project that has a cost"):
        election_of(1, {"a": 1}, [["b"]])
