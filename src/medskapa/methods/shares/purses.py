"""Everybody's purse while projects are bought with equal shares: in floating point, with a bound on how wrong all purses are together.

Why the bound holds. Let d be the sum, over all voters, of the difference between a purse and its true amount. What a project costs each
of its supporters is the x for which the sum of min(purse, x) is its cost; purses and truth give sums that differ by at most d for any x.
With r supporters who have x or more, x is therefore wrong by at most d / r. A purchase splits each difference into one below x and one
above it, of the same sign: the lower ones move x by what they are together, the upper ones stay. So d does not grow by a purchase, but
only by the rounding of its sums, which is counted in ``ROUNDING``, whatever the order in which they are added up.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import inf

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.shares.election import Election, Satisfaction
from medskapa.methods.shares.ledger import NEARLY_NOTHING, Ledger

ROUNDING = 2.0**-53  # of one operation, relative
SAME = 1 + 8 * ROUNDING
PIECE = 8192  # of a sum; larger ones are parted among threads, which wait for each other longer than they work


@dataclass(slots=True)
class Offer:
    """What a project costs its supporters as purses are.

    project  its number among the projects of the purses
    payment  of each supporter who has so much, nearly
    off      how wrong the payment is at most
    payers   how many have so much
    money    (supporters,) what each has
    low      no price for one unit of satisfaction below this is true
    """

    project: int
    payment: float
    off: float
    payers: int
    money: NDArray[np.float64]
    low: float


class Purses:
    """What each voter has, in units of the dearest cost, nearly. Projects are numbered in the order of their ids."""

    def __init__(self, election: Election, satisfaction: Satisfaction, endowment: Fraction) -> None:
        self.election, self.satisfaction = election, satisfaction
        self.endowment = min(endowment, Fraction(sum(election.whole_costs.values()), election.unit))  # who has more can pay all, too
        self.costs = election.near_costs
        self.worths = self.costs if satisfaction == "cost" else [1.0] * len(self.costs)
        self.price_unit = Fraction(1) if satisfaction == "cost" else election.dearest
        self.supporters = [election.supporters[project] for project in election.projects]
        # how wrong the sum of all payments for a project can be
        self._roundings = [(4 * count + 64) * ROUNDING * cost for count, cost in zip(election.counts, self.costs, strict=True)]
        self._full = float(self.endowment / election.dearest)
        self.money = np.full(election.voters, self._full)
        self.wrong = election.voters * self._full * ROUNDING  # all purses together, at most
        self._begun_at = list(election.least_payments)

    def first_lows(self) -> list[tuple[float, int]]:
        """For each project that costs something and that its supporters can pay in the beginning: the price, from below, and its number."""
        above, below = self.endowment.numerator * self.election.unit, self.endowment.denominator
        return [
            (least / self.worths[project] / SAME, project)
            for project, (name, count, least) in enumerate(zip(self.election.projects, self.election.counts, self._begun_at, strict=True))
            if least and count * above >= self.election.whole_costs[name] * below
        ]

    def offer(self, project: int) -> Offer | None:
        """What a project costs its supporters now; None if they surely have not enough.

        Newton's method, which begins at the last payment, because payments only rise: who has less than the payment pays all of it, which
        makes the payment of the others larger, until nobody more has less.
        """
        money, payment = self.money[self.supporters[project]], self._begun_at[project]
        cost, people, before = self.costs[project], len(money), -1
        while True:
            is_poor = money < payment
            payers = people - int(np.count_nonzero(is_poor))
            if payers == before:
                break
            if not payers:
                return self._last_offer(project, money)
            larger = (cost - _sum_of(money, is_poor)) / payers if payers < people else cost / payers
            if larger <= payment * SAME:
                break
            payment, before = larger, payers
        if payers * 2 < people:
            money = self._without_empty(project, money)
        self._begun_at[project] = payment
        off = (self.wrong + self._roundings[project]) / payers
        return Offer(project, payment, off, payers, money, (payment - off) / self.worths[project] / SAME)

    def _last_offer(self, project: int, money: NDArray[np.float64]) -> Offer | None:
        """An offer that takes all that supporters have; None if even that is surely not enough."""
        if float(money.sum()) + self.wrong + self._roundings[project] < self.costs[project]:
            return None
        return Offer(project, self._begun_at[project], inf, 0, money, 0.0)

    def highest(self, offer: Offer) -> float:
        """The true price of an offer is not above this; infinite if it is not sure that its supporters can pay."""
        bound = offer.payment + 3 * offer.off
        payers = int(np.count_nonzero(offer.money >= bound)) if offer.payers else 0
        return bound / self.worths[offer.project] * SAME if payers * 3 > offer.payers * 2 else inf

    def alike(self, offer: Offer) -> Fraction | None:
        """The exact price of an offer where it is sure that all supporters who have anything pay the same; else None."""
        sure = int(np.count_nonzero(offer.money > offer.payment + 3 * offer.off + self.wrong)) if offer.payers else 0
        if not sure or sure != int(np.count_nonzero(offer.money)):
            return None
        name = self.election.projects[offer.project]
        return self.election.costs[name] / sure / self.election.worth(name, self.satisfaction)

    def buy(self, offer: Offer) -> None:
        """Let the supporters pay what was offered. Who surely had less has nothing then; who may have had less, nearly nothing."""
        money, people = offer.money, self.supporters[offer.project]
        left = np.maximum(money - offer.payment, NEARLY_NOTHING)
        left[money < offer.payment - offer.off - self.wrong] = 0.0
        self.money[people] = left
        self.wrong += self._roundings[offer.project] + len(people) * self._full * ROUNDING

    def take_over(self, ledger: Ledger) -> None:
        """Go on from what everybody has exactly."""
        self.money = ledger.near(self.election.dearest)
        self.wrong = self.election.voters * self._full * ROUNDING
        self._begun_at = list(self.election.least_payments)

    def _without_empty(self, project: int, money: NDArray[np.float64]) -> NDArray[np.float64]:
        """Forget supporters who have nothing left."""
        is_left = money > 0
        self.supporters[project] = self.supporters[project][is_left]
        return money[is_left]


def _sum_of(money: NDArray[np.float64], is_meant: NDArray[np.bool_]) -> float:
    if len(money) <= PIECE:
        return float(is_meant.dot(money))
    pieces = (slice(begin, begin + PIECE) for begin in range(0, len(money), PIECE))
    return sum(float(is_meant[piece].dot(money[piece])) for piece in pieces)
