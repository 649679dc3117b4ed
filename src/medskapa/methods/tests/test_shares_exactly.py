"""No result of Equal Shares hangs on rounding, and steps are left out only where nothing changes."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pabutools.rules import completion_by_rule_combination, greedy_utilitarian_welfare, method_of_equal_shares

from medskapa.methods.errors import MethodError
from medskapa.methods.shares.completion import COMPLETIONS, Comparison, completed
from medskapa.methods.shares.election import Election, election_of
from medskapa.methods.shares.equal_shares import equal_shares, run, same_with
from medskapa.methods.shares.ledger import Ledger
from medskapa.methods.shares.purses import SAME, Purses
from medskapa.methods.tests.elections import AMOUNTS, THEIRS, elections, plainly, satisfactions, theirs


@given(election=elections(tuple(AMOUNTS), most_voters=14, most_projects=8), satisfaction=satisfactions)
@settings(max_examples=250)
def test_what_is_bought_is_what_fractions_say(election, satisfaction):
    assert equal_shares(election, satisfaction) == plainly(election, satisfaction, election.share)


@given(seed=st.integers(0, 2**32), satisfaction=satisfactions)
@settings(max_examples=25)
def test_so_it_is_with_many_voters(seed, satisfaction):
    rng = np.random.default_rng(seed)
    costs = {f"p{number}": Fraction(int(rng.integers(1, 40)), int(rng.integers(1, 4))) for number in range(12)}
    ballots = [rng.choice(sorted(costs), rng.integers(0, 5), replace=False) for _voter in range(60)]
    election = election_of(Fraction(int(rng.integers(20, 200))), costs, ballots)

    assert equal_shares(election, satisfaction) == plainly(election, satisfaction, election.share)


@given(election=elections(tuple(AMOUNTS), most_voters=14), satisfaction=satisfactions)
@settings(max_examples=100)
def test_purses_and_prices_are_no_more_wrong_than_they_say(election, satisfaction):
    purses, ledger = Purses(election, satisfaction, election.share), Ledger(election, election.share)
    for one in run(election, satisfaction, election.share).bought:
        offer, project = purses.offer(one.project), election.projects[one.project]
        price = ledger.price(project, satisfaction) / purses.price_unit
        assert offer.low <= price <= min(purses.highest(offer), one.highest)
        assert purses.alike(offer) in (None, price * purses.price_unit)
        if offer.payers:
            purses.buy(offer)
            ledger.buy(project)
        else:
            ledger.buy(project)
            purses.take_over(ledger)
        assert abs(purses.money - ledger.near(election.dearest)).sum() <= purses.wrong * SAME + 1e-300
        assert not ledger.near(election.dearest)[purses.money == 0].any()


def test_where_money_is_exactly_enough_it_is_enough():
    third = Fraction(1, 3)
    election = Election(third * 3, {"a": third * 2, "b": third}, {"a": np.array([0, 1]), "b": np.array([2])}, 3)

    assert equal_shares(election) == ["a", "b"]


def test_where_a_trifle_is_missing_it_is_not_enough():
    trifle = Fraction(1, 10**30)
    election = election_of(3, {"a": 2 + trifle, "b": 1}, [["a"], ["a"], ["b"]])

    assert equal_shares(election) == ["b"]


def test_a_tie_that_only_fractions_see_goes_to_the_id_that_comes_first():
    ballots = [["b", "x"], ["b", "x"], ["b", "x"], ["a"], ["a"], ["a"], ["x"]]
    election = election_of(Fraction(7, 10) * 7, {"x": Fraction(1, 3), "a": Fraction(1), "b": Fraction(1)}, ballots)

    assert equal_shares(election, "cardinality") == ["x", "a", "b"]


def test_a_price_that_is_a_trifle_lower_wins_over_the_id():
    trifle = Fraction(1, 10**30)
    election = election_of(4, {"a": 1, "b": 1 - trifle}, [["a"], ["b"], ["a", "b"]])

    assert equal_shares(election, "cardinality") == ["b", "a"]


@given(election=elections(), factor=st.integers(2, 10**12), satisfaction=satisfactions)
@settings(max_examples=60)
def test_in_another_currency_the_same_is_chosen(election, factor, satisfaction):
    costs = {project: cost * factor / 7 for project, cost in election.costs.items()}
    again = Election(election.budget * factor / 7, costs, election.supporters, election.voters)

    assert equal_shares(again, satisfaction) == equal_shares(election, satisfaction)


@given(election=elections(tuple(AMOUNTS)), satisfaction=satisfactions, parts=st.lists(st.fractions(0, 1), min_size=3, max_size=3))
@settings(max_examples=150)
def test_where_it_is_proven_that_the_same_is_bought_it_is(election, satisfaction, parts):
    low = election.share
    high = low * (1 + parts[0] / 4)
    found = run(election, satisfaction, low)

    later = same_with(found, high)
    if later is not None:
        for part in parts:
            assert plainly(election, satisfaction, low + (high - low) * part) == found.projects
        assert later.projects == found.projects


@given(election=elections(("small", "fractions")), satisfaction=satisfactions, finer=st.integers(1, 40), fits=st.booleans())
@settings(max_examples=80)
def test_with_steps_left_out_add1_is_what_it_is_step_by_step(election, satisfaction, finer, fits):
    step = Fraction(1, finer)
    number, outcome = 0, plainly(election, satisfaction, election.share)
    while election.left_out_that_fits(outcome):
        following = plainly(election, satisfaction, election.share + (number + 1) * step)
        if election.cost_of(following) > election.budget:
            break
        number, outcome = number + 1, following
    found = completed(election, satisfaction, "add1", step=step)

    assert (found.bought, found.steps, found.endowment) == (outcome, number, election.share + number * step)


def test_thousands_of_steps_are_worked_out_in_a_few_runs():
    costs = {f"p{number:02}": 1_000_000 + 37_411 * number for number in range(20)}
    ballots = [[f"p{(voter * 7 + more * more) % 20:02}" for more in range(3)] for voter in range(50)]
    found = completed(election_of(8_000_000, costs, ballots), completion="add1")

    assert found.is_reached
    assert found.steps > 20_000 > 50 * found.runs


@given(election=elections(), satisfaction=satisfactions)
@settings(max_examples=40)
def test_with_a_completion_it_is_what_pabutools_chooses(election, satisfaction):
    ours = {name: completed(election, satisfaction, name).projects for name in ("add1", "greedy", "add1+greedy")}
    sat, more = {"sat_class": THEIRS[satisfaction]}, {"voter_budget_increment": 1}

    assert ours["add1"] == theirs(method_of_equal_shares, election, **sat, **more)
    assert sorted(ours["greedy"]) == their_completion(election, sat, sat)
    assert sorted(ours["add1+greedy"]) == their_completion(election, sat | more, sat)


def their_completion(election, *options):
    rules = [method_of_equal_shares, greedy_utilitarian_welfare]
    return sorted(theirs(completion_by_rule_combination, election, rule_sequence=rules, rule_params=list(options)))


@given(election=elections(("small", "fractions")), satisfaction=satisfactions, completion=st.sampled_from(COMPLETIONS))
@settings(max_examples=80)
def test_no_completion_costs_more_than_the_budget(election, satisfaction, completion):
    assert election.cost_of(completed(election, satisfaction, completion).projects) <= election.budget


def test_add1_that_does_not_come_to_its_end_says_so_and_a_larger_step_does():
    election = election_of(1000, {"a": 600, "b": 390}, [["a"], ["b"], []])

    found = completed(election, completion="add1", step=Fraction(1, 10), most_runs=4)
    assert (found.is_reached, found.bought) == (False, [])
    found = completed(election, completion="add1", step=Fraction(50))
    assert (found.bought, found.is_reached, found.steps) == (["a", "b"], True, 6)


def test_a_project_that_add1_chose_can_be_lost_by_more_support():
    """With a completion Equal Shares promises nothing: now the lamp is paid, too, both cost too much, and so neither counts."""
    costs, ballots = {"a park": 4, "lamp": 3}, [["a park"], ["lamp"], ["lamp", "a park"]]

    assert completed(election_of(5, costs, [*ballots, []]), completion="add1").projects == ["a park"]
    assert completed(election_of(5, costs, [*ballots, ["a park"]]), completion="add1").projects == []


def test_add1_with_comparison_begins_at_a_whole_number_and_goes_on_when_nothing_more_fits():
    election = election_of(3, {"a": 3, "b": 1}, [["a", "b"], []])
    plain, compared = (completed(election, completion=name) for name in ("add1", "add1-comparison"))

    assert (plain.projects, plain.endowment, plain.steps) == (["b"], Fraction(3, 2), 0)
    assert (compared.projects, compared.endowment, compared.steps) == (["a"], 3, 2)
    assert compared.comparison == Comparison(prefer_equal_shares=0, prefer_greedy=0)


def test_where_more_voters_got_more_by_votes_that_outcome_counts():
    costs, ballots = {"lamp": 1, "park": 4}, [["park"], ["park"], ["lamp"]]
    by_votes = completed(election_of(4, costs, ballots), completion="add1-comparison")
    as_many = completed(election_of(4, costs, [["park"], ["lamp"], ["lamp"]]), completion="add1-comparison")

    assert (by_votes.bought, by_votes.added) == ([], ["park"])
    assert by_votes.comparison == Comparison(prefer_equal_shares=1, prefer_greedy=2)
    assert (as_many.bought, as_many.added, as_many.comparison.is_greedy_better) == (["lamp"], [], False)


@pytest.mark.parametrize("step", [0, -1])
def test_a_step_that_gives_nothing_is_refused(step):
    with pytest.raises(MethodError, match=f"the step is {step}, expected an amount above 0"):
        completed(election_of(1, {"a": 1}, [["a"]]), step=Fraction(step))
