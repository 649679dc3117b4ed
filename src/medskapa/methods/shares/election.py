"""An election in which people approve projects: costs, budget and ballots, and how much a project satisfies its supporters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.errors import MethodError

Satisfaction = Literal["cost", "cardinality"]
SATISFACTIONS: tuple[Satisfaction, ...] = ("cost", "cardinality")
MOST_IN_A_WORD = 2**62
WIDEST = 10**100  # the dearest project may cost so many times what the cheapest does


@dataclass(frozen=True)
class Election:
    """Who approved what. Money is exact.

    budget      what may be spent
    costs       project → its cost, at least 0
    supporters  project → (supporters,) the numbers of the voters who approved it, rising
    voters      how many people voted, numbered from 0
    groups      name of a column → (voters,) what stands there for each voter; empty where nothing is said

    Raises MethodError for an amount below 0, costs that lie too far apart, or a number that is no voter's.
    """

    budget: Fraction
    costs: Mapping[str, Fraction]
    supporters: Mapping[str, NDArray[np.int64]]
    voters: int
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.budget < 0 or any(cost < 0 for cost in self.costs.values()):
            raise MethodError("an amount is below 0, expected a budget and costs of at least 0")
        paid = [cost for cost in self.costs.values() if cost]
        if paid and max(paid) > min(paid) * WIDEST:
            raise MethodError(f"the costs lie too far apart, expected none more than 1e{len(str(WIDEST)) - 1} times another")
        if set(self.costs) != set(self.supporters):
            raise MethodError("costs and supporters are about other projects, expected the same ones")
        if any(len(found) and not 0 <= found[0] <= found[-1] < self.voters for found in self.supporters.values()):
            raise MethodError(f"a ballot is from nobody, expected voters numbered from 0 to {self.voters - 1}")

    @cached_property
    def projects(self) -> tuple[str, ...]:
        """All projects, by id as text: the order that settles every tie."""
        return tuple(sorted(self.costs))

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """The projects that somebody approved, in the same order."""
        return tuple(project for project in self.projects if self.count(project))

    @cached_property
    def free(self) -> tuple[str, ...]:
        """Those of them that cost nothing."""
        return tuple(project for project in self.wanted if not self.costs[project])

    @cached_property
    def share(self) -> Fraction:
        """An equal share of the budget for each voter; 0 if nobody voted."""
        return self.budget / self.voters if self.voters else Fraction(0)

    @cached_property
    def unit(self) -> int:
        """So many units of account make 1 of the currency: the fewest that make the budget and every cost whole."""
        return lcm(self.budget.denominator, *(cost.denominator for cost in self.costs.values()))

    @cached_property
    def whole_costs(self) -> dict[str, int]:
        """Project → its cost in units of account."""
        return {project: int(self.costs[project] * self.unit) for project in self.projects}

    @cached_property
    def dearest(self) -> Fraction:
        """The largest cost; 1 if nothing costs anything."""
        return max(self.costs.values(), default=Fraction(0)) or Fraction(1)

    @cached_property
    def near_costs(self) -> list[float]:
        """What each of ``projects`` costs, in floating point, in units of the dearest."""
        return [float(self.costs[project] / self.dearest) for project in self.projects]

    @cached_property
    def counts(self) -> list[int]:
        """How many voters approved each of ``projects``."""
        return [self.count(project) for project in self.projects]

    @cached_property
    def least_payments(self) -> list[float]:
        """What each supporter of each of ``projects`` pays if all of them can, in the same units; 0 where there are none."""
        return [cost / count if count else 0.0 for cost, count in zip(self.near_costs, self.counts, strict=True)]

    @cached_property
    def whole_budget(self) -> int:
        """The budget in units of account."""
        return int(self.budget * self.unit)

    def count(self, project: str) -> int:
        """How many voters approved a project."""
        return len(self.supporters[project])

    def worth(self, project: str, satisfaction: Satisfaction) -> Fraction:
        """How much one supporter gets from a project: its cost, or 1."""
        return self.costs[project] if satisfaction == "cost" else Fraction(1)

    def cost_of(self, projects: Sequence[str]) -> Fraction:
        """What these projects cost together."""
        return Fraction(sum(self.whole_costs[project] for project in projects), self.unit)

    def left_out_that_fits(self, chosen: Sequence[str]) -> list[str]:
        """Which projects with supporters could still be paid out of what is left of the budget."""
        left, taken = self.whole_budget - sum(self.whole_costs[project] for project in chosen), set(chosen)
        return [project for project in self.wanted if project not in taken and self.whole_costs[project] <= left]

    def gains(self, chosen: Sequence[str], satisfaction: Satisfaction) -> NDArray[np.int64]:
        """(voters,) what each voter gets from the chosen projects: the units of account that those cost which they approved, or their
        number."""
        fits = satisfaction == "cardinality" or sum(self.whole_costs.values()) < MOST_IN_A_WORD
        found = np.zeros(self.voters, dtype=np.int64 if fits else object)
        for project in chosen:
            found[self.supporters[project]] += self.whole_costs[project] if satisfaction == "cost" else 1
        return found


def election_of(budget: float | Fraction, costs: Mapping[str, float | Fraction], ballots: Sequence[Sequence[str]]) -> Election:
    """An election from ballots, each a list of projects. Raises MethodError for a project that has no cost.

    >>> election = election_of(6, {"park": 2, "lamp": 1}, [["park", "lamp"], ["park"]])
    >>> election.count("park"), election.share
    (2, Fraction(3, 1))
    """
    found: dict[str, list[int]] = {project: [] for project in costs}
    for voter, ballot in enumerate(ballots):
        for project in dict.fromkeys(ballot):
            if project not in found:
                raise MethodError(f"voter {voter} approves {project}, expected a project that has a cost")
            found[project].append(voter)
    supporters = {project: np.array(voters, dtype=np.int64) for project, voters in found.items()}
    return Election(Fraction(budget), {project: Fraction(cost) for project, cost in costs.items()}, supporters, len(ballots))
