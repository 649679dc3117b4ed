"""The Method of Equal Shares (Peters, Pierczyński, Skowron, 2021, Proportional participatory budgeting with additive utilities, NeurIPS).

Everybody gets the same share of the budget. A project can be bought with the money of those who approved it. Each time the project is
bought whose supporters pay least for one unit of satisfaction; they pay alike, and who has less pays all that is left. It ends when no
project can be bought any more.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush, heapreplace
from math import inf
from typing import NamedTuple

from medskapa.methods.shares.election import Election, Satisfaction
from medskapa.methods.shares.ledger import Ledger
from medskapa.methods.shares.purses import SAME, Offer, Purses


class Bought(NamedTuple):
    """A project that was bought: its number, a price of one unit of satisfaction that the true one is not above, and the true one where
    it had to be known."""

    project: int
    highest: float
    exact: Fraction | None


@dataclass(frozen=True, slots=True)
class Run:
    """What was bought with one endowment: first what costs nothing, then the rest in order."""

    election: Election
    satisfaction: Satisfaction
    endowment: Fraction
    bought: list[Bought] = field(default_factory=list)

    @property
    def projects(self) -> list[str]:
        """The ids of all that was bought, in order."""
        return [*self.election.free, *(self.election.projects[one.project] for one in self.bought)]


def equal_shares(election: Election, satisfaction: Satisfaction = "cost", *, endowment: Fraction | None = None) -> list[str]:
    """What is bought, in order. Ties go to the project whose id comes first as text.

    endowment  what each voter begins with; an equal share of the budget if not said

    >>> from medskapa.methods.shares.election import election_of
    >>> election = election_of(6, {"park": 2, "lamp": 1, "bench": 2}, [["park", "lamp"], ["park"], ["lamp"], ["bench"]])
    >>> equal_shares(election)
    ['lamp', 'park']
    """
    return run(election, satisfaction, election.share if endowment is None else endowment).projects


def run(election: Election, satisfaction: Satisfaction, endowment: Fraction) -> Run:
    """What is bought with this endowment, and at what prices.

    Floating point decides where its bounds tell prices apart; where they do not, whole numbers do.
    """
    found = Run(election, satisfaction, endowment)
    purses = Purses(election, satisfaction, endowment)
    market = Market(purses)
    ledger = Ledger(election, purses.endowment)
    while (best := market.take()) is not None:
        highest = purses.highest(market.offers[best])
        rivals = [best, *market.take_all(highest)]
        if len(rivals) == 1 and highest < inf:
            found.bought.append(Bought(best, highest, None))
            purses.buy(market.offers[best])
        else:
            prices = _exact(purses, market, ledger, rivals, found)
            if not prices:
                continue
            best = min(prices, key=lambda project: (prices[project], project))
            market.put_back(set(prices) - {best})
            found.bought.append(Bought(best, float(prices[best] / purses.price_unit) * SAME, prices[best]))
            _buy(purses, market.offers[best], ledger, found)
        market.bought += 1
    return found


def same_with(found: Run, endowment: Fraction) -> Run | None:
    """The same run with a larger endowment, if it is sure that with every endowment from one to the other the same is bought in the same
    order; else None.

    Why it is enough to look at both ends. Let the same projects be bought in the same order with a larger endowment. Then, one purchase
    after the other, no purse is smaller than it was, no payment larger, and so no price of any project higher. So between the two
    endowments each price lies between its values at both. If at each purchase what is bought costs less with the smaller endowment than
    everything else does with the larger one, it is bought with any between; likewise if at the end nothing else can be paid with
    the larger.
    """
    again = Run(found.election, found.satisfaction, endowment)
    purses = Purses(found.election, found.satisfaction, endowment)
    market = Market(purses)
    for before in found.bought:
        market.gone.add(before.project)
        rivals = market.take_all(before.highest)
        if not all(_comes_later(purses, market.offers[rival], before) for rival in rivals):
            return None
        market.put_back(rivals)
        offer = purses.offer(before.project)
        if offer is None or (highest := purses.highest(offer)) == inf:
            return None
        again.bought.append(Bought(before.project, highest, purses.alike(offer) if rivals else None))
        purses.buy(offer)
        market.bought += 1
    return again if market.take() is None else None


class Market:
    """What waits to be bought.

    A project's price only rises while others are bought, because its supporters only lose money. So each waits at a price of some time ago,
    and only what might be cheap enough is worked out again.

    offers  project → what it cost when it was last worked out
    bought  how much was bought so far: what was worked out since then is as true as can be
    gone    what is not to be taken any more
    """

    def __init__(self, purses: Purses) -> None:
        self.offers: dict[int, Offer] = {}
        self.bought = 0
        self.gone: set[int] = set()
        self._purses = purses
        self._waiting = [(low, -1, project) for low, project in purses.first_lows()]
        heapify(self._waiting)

    def take(self, price: float = inf) -> int | None:
        """Take out the project that has the lowest price, if that may be as low as this."""
        while self._waiting and self._waiting[0][0] <= price:
            low, at, project = self._waiting[0]
            if at == self.bought or project in self.gone:
                heappop(self._waiting)
                if project not in self.gone:
                    return project
                continue
            offer = self._purses.offer(project)
            if offer is None:
                heappop(self._waiting)
                continue
            offer.low = max(low, offer.low)
            self.offers[project] = offer
            heapreplace(self._waiting, (offer.low, self.bought, project))
        return None

    def take_all(self, price: float) -> list[int]:
        """Take out all projects whose price may be as low as this."""
        found = []
        while (project := self.take(price)) is not None:
            found.append(project)
        return found

    def put_back(self, projects: set[int] | list[int]) -> None:
        """Let projects wait again that were taken out since the last purchase."""
        for project in projects:
            heappush(self._waiting, (self.offers[project].low, self.bought, project))


def _exact(purses: Purses, market: Market, ledger: Ledger, rivals: list[int], found: Run) -> dict[int, Fraction]:
    """The true price of each of these that can be paid."""
    alike = {project: purses.alike(market.offers[project]) for project in rivals}
    if None not in alike.values():
        return {project: price for project, price in alike.items() if price is not None}
    ledger.follow(found.projects)
    prices = {project: ledger.price(purses.election.projects[project], purses.satisfaction) for project in rivals}
    return {project: price for project, price in prices.items() if price is not None}


def _buy(purses: Purses, offer: Offer, ledger: Ledger, found: Run) -> None:
    """Buy what the ledger told, if it did, and go on from what it says."""
    if purses.highest(offer) < inf:
        purses.buy(offer)
    else:
        ledger.follow(found.projects)
        purses.take_over(ledger)


def _comes_later(purses: Purses, rival: Offer, bought: Bought) -> bool:
    """Whether a rival that may be as cheap is surely no cheaper, and loses the tie."""
    price = purses.alike(rival)
    return bought.exact is not None and price is not None and (price, rival.project) > (bought.exact, bought.project)
