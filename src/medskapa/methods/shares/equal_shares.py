"""The Method of Equal Shares (Peters, Pierczyński, Skowron, 2021, Proportional participatory budgeting with additive utilities, NeurIPS).

Everybody gets the same share of the budget. A project can be bought with the money of those who approved it. Each time the project is
bought whose supporters pay least for one unit of satisfaction; they pay alike, and who has less pays all that is left. It ends when no
project can be bought any more.
"""

from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

from medskapa.methods.shares.election import Election, Satisfaction
from medskapa.methods.shares.purses import NEAR, Purses


@dataclass(frozen=True, slots=True)
class Purchase:
    """One project that was bought: the price of one unit of satisfaction, and how its supporters paid."""

    project: str
    price: float
    supporters: int
    paid_in_full: int  # supporters who paid the same, the largest payment
    payment: float  # of each of them
    paid_the_rest: int  # supporters who had less, and paid all of it


def equal_shares(election: Election, satisfaction: Satisfaction = "cost", *, endowment: Fraction | None = None) -> list[Purchase]:
    """What is bought, in order. Ties go to the project whose id comes first as text.

    endowment  what each voter begins with; an equal share of the budget if not said

    >>> from medskapa.methods.shares.election import election_of
    >>> election = election_of(6, {"park": 2, "lamp": 1, "bench": 2}, [["park", "lamp"], ["park"], ["lamp"], ["bench"]])
    >>> [purchase.project for purchase in equal_shares(election)]
    ['lamp', 'park']
    """
    if not election.voters:
        return []
    purses = Purses(election, satisfaction, election.budget / election.voters if endowment is None else endowment)
    free = [project for project in election.projects if not election.costs[project] and election.count(project)]
    done = [Purchase(project, 0.0, election.count(project), election.count(project), 0.0, 0) for project in free]
    waiting = _first_prices(election, satisfaction)
    while waiting:
        bought = _cheapest(purses, waiting)
        if bought is None:
            break
        done.append(_buy(purses, *bought))
    return done


def _first_prices(election: Election, satisfaction: Satisfaction) -> list[tuple[float, str]]:
    """Each project that somebody approved and that costs something, with the price if all its supporters had enough: it only rises."""
    prices = [
        (election.near_costs[project] / election.count(project) / election.near_worth(project, satisfaction), project)
        for project in election.projects
        if election.near_costs[project] and election.count(project)
    ]
    heapify(prices)
    return prices


def _cheapest(purses: Purses, waiting: list[tuple[float, str]]) -> tuple[str, float] | None:
    """Take the project out that has the smallest price, with that price; None if none can be bought any more.

    What waits does so at a price of some time ago, and prices only rise: as long as the smallest true price is not above the next one that
    waits, nothing else needs to be looked at. Who cannot pay now never can.
    """
    near: list[tuple[float, str]] = []
    while waiting and (not near or waiting[0][0] <= near[0][0] * (1 + NEAR)):
        _old, project = heappop(waiting)
        price = purses.price(project)
        if price is not None:
            heappush(near, (price, project))
    if not near:
        return None
    best = _first_of(purses, [one for one in near if one[0] <= near[0][0] * (1 + NEAR)])
    for one in near:
        if one != best:
            heappush(waiting, one)
    return best[1], best[0]


def _first_of(purses: Purses, tied: list[tuple[float, str]]) -> tuple[float, str]:
    """Among prices that are nearly the same: the smallest one exactly, then the id that comes first."""
    if len(tied) == 1:
        return tied[0]
    return min(tied, key=lambda one: (purses.exact_price(one[1]), one[1]))


def _buy(purses: Purses, project: str, price: float) -> Purchase:
    worth = purses.election.near_worth(project, purses.satisfaction)
    money = purses.money[purses.election.supporters[project]]
    full = int((money >= price * worth * (1 - NEAR)).sum())
    purses.buy(project, price)
    return Purchase(project, price, len(money), full, price * worth, len(money) - full)
