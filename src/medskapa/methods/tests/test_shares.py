"""Equal Shares, Phragmén's rule and the greedy rule choose as the papers say, and as other people's program does."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen

from medskapa.methods.errors import MethodError
from medskapa.methods.shares.election import Election, election_of
from medskapa.methods.shares.equal_shares import equal_shares
from medskapa.methods.shares.greedy import greedy
from medskapa.methods.shares.ledger import Ledger, PaidBy
from medskapa.methods.shares.phragmen import phragmen
from medskapa.methods.tests.elections import THEIRS, ballots_of, elections, satisfactions, theirs

RULES = {
    "equal shares": equal_shares,
    "phragmen": lambda election, satisfaction: list(phragmen(election).bought),
    "greedy": greedy,
}
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


def test_supporters_pay_alike_and_who_has_less_pays_all_of_it():
    election = election_of(12, {"a": 6, "b": 5, "c": 2}, [["a", "b"], ["a"], ["b", "c"]])
    ledger = Ledger(election, election.share)

    assert equal_shares(election) == ["a", "b"]
    assert ledger.buy("a") == PaidBy(paid_in_full=2, payment=Fraction(3), paid_the_rest=0, paid_nothing=0)
    assert ledger.buy("b") == PaidBy(paid_in_full=1, payment=Fraction(4), paid_the_rest=1, paid_nothing=0)
    assert (ledger.left("a"), ledger.left("b"), ledger.payment("c")) == (1, 0, None)


def test_the_first_example_of_equalshares_net():
    """11 voters and 1100: the bike path takes all that its seven supporters have; equalshares.net, Explanation, example 1."""
    bike, gym, park, playground, library = [1, 2, 3, 4, 5, 6, 11], [1, 2, 3, 4, 5, 6], [2, 4, 5, 7, 10], [7, 8, 9, 10], [7, 9, 10]
    election = a_printed_election(bike, gym, park, playground, library)
    ledger = Ledger(election, election.share)

    assert equal_shares(election) == ["bike", "playground", "library"]
    assert [float(ledger.buy(project).payment) for project in ("bike", "playground", "library")] == pytest.approx([100, 50, 33.3], abs=0.05)
    assert float(ledger.left("library")) == pytest.approx(3 * 16.7, abs=0.15)


def test_the_second_example_of_equalshares_net():
    """One voter approves the gym instead: the park counts as 4.1 supporters, then the playground as 3.2 (example 2 there)."""
    bike, gym, park, playground, library = [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 11], [2, 4, 5, 7, 10], [7, 8, 9, 10], [7, 9, 10]
    election = a_printed_election(bike, gym, park, playground, library)
    ledger = Ledger(election, election.share)

    assert equal_shares(election) == ["gym", "park", "playground"]
    paid = {project: ledger.buy(project) for project in ("gym", "park", "playground")}
    assert float(paid["gym"].payment) == pytest.approx(57.14, abs=0.005)
    assert (paid["park"].paid_in_full, paid["park"].paid_the_rest) == (2, 3)
    assert [float(election.costs[one] / paid[one].payment) for one in ("park", "playground")] == pytest.approx([4.1, 3.2], abs=0.15)


def a_printed_election(*supporters):
    costs = {"bike": 700, "gym": 400, "park": 250, "playground": 200, "library": 100}
    ballots = [[project for project, voters in zip(costs, supporters, strict=True) if voter in voters] for voter in range(1, 12)]
    return election_of(1100, costs, ballots)


def test_the_example_of_lackner_and_skowron_with_twelve_voters():
    """Example 11 of Multi-winner voting with approval preferences (2023): four of eight are chosen; each voter begins with 1/3."""
    ballots = [*["ab"] * 3, *["ac"] * 3, *["ad"] * 2, "bcf", "e", "f", "g"]
    election = election_of(4, dict.fromkeys("abcdefgh", 1), ballots)
    ledger = Ledger(election, election.share)

    assert equal_shares(election, "cardinality") == ["a"]
    assert ledger.buy("a").payment == Fraction(1, 8)
    assert (ledger.left("a"), ledger.left("f")) == (8 * Fraction(5, 24), 2 * Fraction(1, 3))


def test_the_example_of_lackner_and_skowron_with_eight_voters():
    """Example 12 of the same book: three of four are chosen; the second costs 13/40, and two supporters pay what they have left."""
    election = election_of(3, dict.fromkeys("abcd", 1), ["cd", "cd", "cd", "ab", "ab", "ac", "ac", "bd"])
    ledger = Ledger(election, election.share)

    assert equal_shares(election, "cardinality") == ["c", "a"]
    assert ledger.buy("c").payment == Fraction(1, 5)
    assert ledger.buy("a") == PaidBy(paid_in_full=2, payment=Fraction(13, 40), paid_the_rest=2, paid_nothing=0)
    assert phragmen(election).bought == {"c": Fraction(1, 5), "b": Fraction(1, 3), "d": Fraction(29, 60)}


@given(election=elections(("small", "fractions", "nearly the same")), satisfaction=satisfactions)
@settings(max_examples=120)
def test_equal_shares_buys_what_pabutools_buys_in_the_same_order(election, satisfaction):
    assert equal_shares(election, satisfaction) == theirs(method_of_equal_shares, election, sat_class=THEIRS[satisfaction])


@given(election=elections(("small", "fractions")), satisfaction=satisfactions)
@settings(max_examples=60)
def test_greedy_is_that_of_pabutools_but_for_what_nobody_approved(election, satisfaction):
    assert greedy(election, satisfaction) == theirs(greedy_utilitarian_welfare, election, sat_class=THEIRS[satisfaction])


@given(election=elections(("small", "fractions", "nearly the same")))
@settings(max_examples=100)
def test_phragmen_is_that_of_pabutools(election):
    assert sorted(phragmen(election).bought) == sorted(theirs(sequential_phragmen, election))


def test_phragmen_ends_where_one_of_those_that_are_next_does_not_fit():
    election = election_of(4, {"a": 2, "b": 4, "c": 9, "z": 1}, [["a"], ["b"], ["b"], ["c"], ["z"]])
    found = phragmen(election)

    assert (found.bought, found.end) == ({"z": 1}, 2)
    assert found.saved == {"a": 2, "b": 4, "c": 2}


@every_rule
@given(election=elections(("small", "fractions", "far apart")), satisfaction=satisfactions)
@settings(max_examples=50)
def test_no_outcome_costs_more_than_the_budget(rule, election, satisfaction):
    assert election.cost_of(rule(election, satisfaction)) <= election.budget


@every_rule
@given(election=elections(), satisfaction=satisfactions, data=st.data())
@settings(max_examples=40)
def test_the_order_of_voters_and_projects_does_not_matter(rule, election, satisfaction, data):
    ballots = data.draw(st.permutations(ballots_of(election)))
    again = election_of(election.budget, dict(data.draw(st.permutations(list(election.costs.items())))), ballots)

    assert rule(again, satisfaction) == rule(election, satisfaction)


@every_rule
@given(election=elections(), satisfaction=satisfactions, data=st.data())
@settings(max_examples=50)
def test_a_voter_who_also_approves_a_chosen_project_does_not_hurt_it(rule, election, satisfaction, data):
    before = rule(election, satisfaction)
    ballots = ballots_of(election)
    outside = [(voter, project) for project in before for voter, ballot in enumerate(ballots) if project not in ballot]
    if outside:
        voter, project = data.draw(st.sampled_from(outside))
        ballots[voter] = [*ballots[voter], project]
        assert project in rule(election_of(election.budget, election.costs, ballots), satisfaction)


def test_one_more_voter_for_a_project_can_keep_it_out():
    """Here Equal Shares promises nothing: each voter more makes all shares smaller, and this one spends some on something else."""
    costs = {"pool": 10, "lamp": 3}

    assert equal_shares(election_of(10, costs, [["pool"]]), "cardinality") == ["pool"]
    assert equal_shares(election_of(10, costs, [["pool"], ["pool", "lamp"]]), "cardinality") == ["lamp"]


def test_what_costs_nothing_is_chosen_first_if_anybody_wants_it():
    election = election_of(4, {"b": 0, "a": 4, "c": 0}, [["b", "a"], ["a"]])

    assert [rule(election, "cost") for rule in RULES.values()] == [["b", "a"]] * 3


def test_without_voters_nothing_is_chosen():
    election = election_of(4, {"a": 1}, [])

    assert [rule(election, "cost") for rule in RULES.values()] == [[]] * 3


def test_one_voter_and_everybody_alike_buy_what_the_budget_holds():
    costs = {"a": 3, "b": 2, "c": 6}

    assert equal_shares(election_of(5, costs, [["a", "b", "c"]]), "cardinality") == ["b", "a"]
    assert equal_shares(election_of(5, costs, [["a", "b", "c"]] * 40)) == ["a", "b"]


@pytest.mark.parametrize(
    ("budget", "costs", "supporters", "fault"),
    [
        (Fraction(-1), {"a": Fraction(1)}, {"a": np.array([0])}, "an amount is below 0"),
        (Fraction(1), {"a": Fraction(-1)}, {"a": np.array([0])}, "an amount is below 0"),
        (Fraction(1), {"a": Fraction(1), "b": Fraction(1, 10**101)}, {"a": np.array([0])}, "the costs lie too far apart"),
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
