"""Elections for the tests of Equal Shares and its kin: invented ones, and those of pabutools."""

import warnings
from fractions import Fraction

from hypothesis import strategies as st
from pabutools.election import ApprovalBallot, ApprovalProfile, Cardinality_Sat, Cost_Sat, Instance, Project

from medskapa.methods.shares.election import election_of

THEIRS = {"cost": Cost_Sat, "cardinality": Cardinality_Sat}
AMOUNTS = {
    "small": st.integers(1, 12),
    "nearly the same": st.integers(10**12 - 1, 10**12 + 1),
    "fractions": st.fractions(Fraction(1, 7), 12, max_denominator=7),
    "far apart": st.integers(-12, 12).map(lambda power: Fraction(10) ** power),
}
satisfactions = st.sampled_from(("cost", "cardinality"))


@st.composite
def elections(draw, kinds=("small",), most_voters=9, most_projects=6):
    """An election of a few voters and projects."""
    amounts = AMOUNTS[draw(st.sampled_from(kinds))]
    costs = {f"p{number}": draw(amounts) for number in range(draw(st.integers(1, most_projects)))}
    ballots = draw(st.lists(st.lists(st.sampled_from(sorted(costs)), unique=True), min_size=1, max_size=most_voters))
    return election_of(Fraction(draw(st.integers(1, 25)), 10) * sum(costs.values()) / len(costs) * 2, costs, ballots)


def ballots_of(election):
    """Each voter's projects."""
    return [[project for project in election.projects if voter in election.supporters[project]] for voter in range(election.voters)]


def plainly(election, satisfaction, endowment):
    """What Equal Shares buys, in order, as the paper says it: every price of every project each time, in fractions."""
    money = [endowment] * election.voters
    bought = [project for project in election.wanted if not election.costs[project]]
    while True:
        prices = {project: _price(election, project, satisfaction, money) for project in election.wanted if project not in bought}
        prices = {project: price for project, price in prices.items() if price is not None}
        if not prices:
            return bought
        cheapest = min(prices, key=lambda project: (prices[project], project))
        for voter in election.supporters[cheapest].tolist():
            money[voter] -= min(money[voter], prices[cheapest] * election.worth(cheapest, satisfaction))
        bought.append(cheapest)


def _price(election, project, satisfaction, money):
    purses = sorted(money[voter] for voter in election.supporters[project].tolist())
    rest, payers = election.costs[project], len(purses)
    if sum(purses) < rest:
        return None
    for purse in purses:
        if purse * payers >= rest:
            return rest / payers / election.worth(project, satisfaction)
        rest, payers = rest - purse, payers - 1
    raise AssertionError


def their_election(election):
    """The same election, for pabutools."""
    projects = {project: Project(project, cost=election.costs[project]) for project in election.projects}
    ballots = [ApprovalBallot([projects[project] for project in ballot]) for ballot in ballots_of(election)]
    return Instance(projects.values(), budget_limit=election.budget), ApprovalProfile(ballots)


def theirs(rule, election, **options):
    """What a rule of pabutools chooses, in order, but for what nobody approved."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = rule(*their_election(election), **options)
    return [str(project) for project in found if election.count(str(project))]
