"""Everybody's purse while projects are bought with equal shares, exactly: whole numbers over one common denominator.

Voters who have the same are kept as one kind, so that a purchase costs as many steps as its supporters are of kinds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.shares.election import Election, Satisfaction

NEARLY_NOTHING = 5e-324  # the smallest floating point number above 0


@dataclass(frozen=True, slots=True)
class PaidBy:
    """How the supporters of a project paid for it with their shares.

    paid_in_full   how many paid the same, the largest payment
    payment        what each of them paid
    paid_the_rest  how many had less, and paid all of it
    paid_nothing   how many had nothing left
    """

    paid_in_full: int
    payment: Fraction
    paid_the_rest: int
    paid_nothing: int


class Ledger:
    """What each voter has, exactly.

    election   who approved what
    endowment  what each voter begins with
    bought     the projects that were bought so far, in order

    >>> from medskapa.methods.shares.election import election_of
    >>> ledger = Ledger(election_of(6, {"park": 5, "lamp": 1}, [["park", "lamp"], ["park"]]), Fraction(3))
    >>> str(ledger.buy("lamp").payment), ledger.left("park"), ledger.buy("park")
    ('1', Fraction(5, 1), PaidBy(paid_in_full=1, payment=Fraction(3, 1), paid_the_rest=1, paid_nothing=0))
    """

    def __init__(self, election: Election, endowment: Fraction) -> None:
        self.election = election
        self.bought: list[str] = []
        self._denominator = lcm(election.unit, endowment.denominator)
        self._amounts = [int(endowment * self._denominator)]  # of each kind
        self._kinds = np.zeros(election.voters, dtype=np.int64)  # which kind each voter is of

    def payment(self, project: str) -> Fraction | None:
        """What each supporter pays for a project, or all they have if that is less; None if they have not enough together."""
        rest, payers = self._whole(project), self.election.count(project)
        for amount, number in self._has(project):
            if amount * payers >= rest:
                return Fraction(rest, payers * self._denominator)
            rest, payers = rest - amount * number, payers - number
        return None if rest else Fraction(0)

    def price(self, project: str, satisfaction: Satisfaction) -> Fraction | None:
        """The payment for one unit of satisfaction; None if the supporters have not enough."""
        payment = self.payment(project)
        if payment is None or not payment:
            return payment
        return payment / self.election.worth(project, satisfaction)

    def buy(self, project: str) -> PaidBy:
        """Let the supporters of a project, who must have enough together, pay for it."""
        payment = self.payment(project)
        assert payment is not None, project  # noqa: S101  # what nobody can pay is never bought
        due = payment * self._denominator
        counts = [(number, amount, amount >= due) for amount, number in self._has(project)]
        self._take(self.election.supporters[project], payment)
        self.bought.append(project)
        return PaidBy(
            sum(number for number, _amount, is_full in counts if is_full),
            payment,
            sum(number for number, amount, is_full in counts if amount and not is_full),
            sum(number for number, amount, is_full in counts if not amount and not is_full),
        )

    def follow(self, projects: Sequence[str]) -> None:
        """Buy what was bought elsewhere and not yet here."""
        for project in projects[len(self.bought) :]:
            self.buy(project)

    def left(self, project: str) -> Fraction:
        """What the supporters of a project have together."""
        return Fraction(sum(amount * number for amount, number in self._has(project)), self._denominator)

    def near(self, scale: Fraction) -> NDArray[np.float64]:
        """(voters,) what each has, in units of ``scale``, to the nearest floating point number; 0 only where it is nothing."""
        above, below = scale.denominator, self._denominator * scale.numerator
        return np.array([max(amount * above / below, NEARLY_NOTHING) if amount else 0.0 for amount in self._amounts])[self._kinds]

    def _whole(self, project: str) -> int:
        """The cost of a project over the common denominator."""
        return self.election.whole_costs[project] * (self._denominator // self.election.unit)

    def _has(self, project: str) -> list[tuple[int, int]]:
        """What supporters have, rising, and how many of them have it."""
        counts = np.bincount(self._kinds[self.election.supporters[project]], minlength=len(self._amounts))
        return sorted((self._amounts[kind], int(counts[kind])) for kind in np.flatnonzero(counts))

    def _take(self, voters: NDArray[np.int64], payment: Fraction) -> None:
        """Everybody of these pays so much, or what they have."""
        factor = payment.denominator // gcd(payment.denominator, self._denominator)
        amounts, self._denominator = [amount * factor for amount in self._amounts], self._denominator * factor
        paid = payment.numerator * (self._denominator // payment.denominator)
        kinds = self._kinds.copy()
        kinds[voters] += len(amounts)  # a second row of kinds: those who paid
        amounts += [max(amount - paid, 0) for amount in amounts]
        used = np.flatnonzero(np.bincount(kinds, minlength=len(amounts)))
        numbers = {amount: number for number, amount in enumerate(sorted({amounts[kind] for kind in used}))}
        again = np.zeros(len(amounts), dtype=np.int64)
        again[used] = [numbers[amounts[kind]] for kind in used]
        self._amounts, self._kinds = list(numbers), again[kinds]
