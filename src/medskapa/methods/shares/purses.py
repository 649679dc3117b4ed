"""Everybody's purse while projects are bought with equal shares: fast in floating point, exact wherever a decision hangs on it.

Amounts are first worked out in floating point. Their relative error stays below 10⁻¹¹ (each purse is the difference of at most a few
hundred payments, each sum is pairwise), so two prices that differ by more than 10⁻⁹ of themselves are in the right order. Nearer ones,
and money that is nearly enough, are worked out again in fractions from the start.
"""

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.shares.election import Election, Satisfaction

NEAR = 1e-9
ROUNDING = 1e-15


@dataclass
class Purses:
    """What each voter still has, and what was bought so far.

    election      who approved what
    satisfaction  what a supporter gets from a project
    endowment     what each voter began with
    money         (voters,) what each has now, in floating point
    bought        the projects that were bought, in order
    """

    election: Election
    satisfaction: Satisfaction
    endowment: Fraction
    money: NDArray[np.float64] = field(init=False)
    bought: list[str] = field(init=False, default_factory=list)
    _is_unclear: NDArray[np.bool_] = field(init=False)  # (voters,) who once had so nearly what they paid that only fractions tell
    _prices: dict[int, Fraction] = field(init=False, default_factory=dict)
    _exact: dict[tuple[int, ...], Fraction] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.money = np.full(self.election.voters, float(self.endowment))
        self._is_unclear = np.zeros(self.election.voters, dtype=bool)

    def price(self, project: str) -> float | None:
        """The price of one unit of satisfaction, at which supporters who have enough pay alike and the others all they have; None if
        their money is not enough."""
        money = self.money[self.election.supporters[project]]
        cost, worth = self.election.near_costs[project], self.election.near_worth(project, self.satisfaction)
        total = float(np.add.reduce(money))
        if total < cost * (1 + NEAR) and (total < cost * (1 - NEAR) or not self.can_pay(project)):
            return None
        share = cost / len(money)
        while True:  # who has less than the share pays all of it, which makes the share of the others larger
            is_poor = money < share
            poor = int(np.count_nonzero(is_poor))
            if poor == len(money):
                return float(money.max()) / worth
            larger = (cost - float(np.add.reduce(money[is_poor]))) / (len(money) - poor) if poor else share
            if larger <= share * (1 + ROUNDING):
                return larger / worth
            share = larger

    def buy(self, project: str, price: float) -> None:
        """Let the supporters of a project pay for it."""
        supporters = self.election.supporters[project]
        money, payment = self.money[supporters], price * self.election.near_worth(project, self.satisfaction)
        self.money[supporters] = money - np.minimum(money, payment)
        self._is_unclear[supporters[np.abs(money - payment) <= payment * NEAR]] = True
        self.bought.append(project)

    def can_pay(self, project: str) -> bool:
        """Whether the supporters of a project have its cost together, exactly."""
        return (
            sum((amount * count for amount, count in self._amounts(project, len(self.bought))), Fraction(0)) >= self.election.costs[project]
        )

    def exact_price(self, project: str, at: int | None = None) -> Fraction:
        """The price of one unit of satisfaction before the purchase of this number (now), exactly. The supporters must be able to pay."""
        rest, count = self.election.costs[project], self.election.count(project)
        if at is None and (alike := self._who_pay_alike(project)):
            return rest / alike / self.election.worth(project, self.satisfaction)
        for amount, number in sorted(self._amounts(project, len(self.bought) if at is None else at)):
            if amount * count >= rest:
                break
            rest, count = rest - amount * number, count - number
        return rest / count / self.election.worth(project, self.satisfaction) if count else Fraction(0)

    def _who_pay_alike(self, project: str) -> int:
        """How many would pay the same, if it is clear without fractions that all others have nothing; else 0."""
        supporters = self.election.supporters[project]
        money = self.money[supporters]
        money = money[money > 0]
        if not len(money) or self._is_unclear[supporters].any():
            return 0
        return len(money) if self.election.near_costs[project] / len(money) * (1 + NEAR) < money.min() else 0

    def _amounts(self, project: str, at: int) -> list[tuple[Fraction, int]]:
        """What the supporters of a project have before a purchase, exactly: each amount with how many have it."""
        supporters = self.election.supporters[project]
        paid = np.array([np.isin(supporters, self.election.supporters[one], assume_unique=True) for one in self.bought[:at]], dtype=bool)
        if not len(paid):
            return [(self.endowment, len(supporters))]
        kinds, counts = np.unique(np.packbits(paid, axis=0), axis=1, return_counts=True)
        which = np.unpackbits(kinds, axis=0, count=at).astype(bool)
        return [(self._amount(tuple(np.flatnonzero(which[:, kind]).tolist())), int(counts[kind])) for kind in range(len(counts))]

    def _amount(self, purchases: tuple[int, ...]) -> Fraction:
        """What somebody has who took part in these purchases, exactly."""
        if not purchases:
            return self.endowment
        if purchases not in self._exact:
            before, last = self._amount(purchases[:-1]), purchases[-1]
            if last not in self._prices:
                self._prices[last] = self.exact_price(self.bought[last], last) * self.election.worth(self.bought[last], self.satisfaction)
            self._exact[purchases] = before - min(before, self._prices[last])
        return self._exact[purchases]
