"""An election in which people approve projects: costs, budget and ballots, and how much a project satisfies its supporters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.errors import MethodError

Satisfaction = Literal["cost", "cardinality"]


@dataclass(frozen=True)
class Election:
    """Who approved what. Money is exact.

    budget      what may be spent
    costs       project → its cost, at least 0
    supporters  project → (supporters,) the numbers of the voters who approved it, rising
    voters      how many people voted, numbered from 0
    groups      name of a column → (voters,) what stands there for each voter; empty where nothing is said

    Raises MethodError for an amount below 0, or a number that is no voter's.
    """

    budget: Fraction
    costs: Mapping[str, Fraction]
    supporters: Mapping[str, NDArray[np.int64]]
    voters: int
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.budget < 0 or any(cost < 0 for cost in self.costs.values()):
            raise MethodError("an amount is below 0, expected a budget and costs of at least 0")
        if set(self.costs) != set(self.supporters):
            raise MethodError("costs and supporters are about other projects, expected the same ones")
        if any(len(found) and not 0 <= found[0] <= found[-1] < self.voters for found in self.supporters.values()):
            raise MethodError(f"a ballot is from nobody, expected voters numbered from 0 to {self.voters - 1}")

    @cached_property
    def projects(self) -> tuple[str, ...]:
        """All projects, by id as text: the order that settles every tie."""
        return tuple(sorted(self.costs))

    @cached_property
    def near_costs(self) -> dict[str, float]:
        """Project → its cost in floating point."""
        return {project: float(cost) for project, cost in self.costs.items()}

    def count(self, project: str) -> int:
        """How many voters approved a project."""
        return len(self.supporters[project])

    def near_worth(self, project: str, satisfaction: Satisfaction) -> float:
        """How much one supporter gets from a project, in floating point."""
        return self.near_costs[project] if satisfaction == "cost" else 1.0

    def worth(self, project: str, satisfaction: Satisfaction) -> Fraction:
        """How much one supporter gets from a project: its cost, or 1."""
        return self.costs[project] if satisfaction == "cost" else Fraction(1)

    def cost_of(self, projects: Sequence[str]) -> Fraction:
        """What these projects cost together."""
        return sum((self.costs[project] for project in projects), Fraction(0))

    def left_out_that_fits(self, chosen: Sequence[str]) -> list[str]:
        """Which projects with supporters could still be paid out of what is left of the budget."""
        left = self.budget - self.cost_of(chosen)
        return [project for project in self.projects if project not in chosen and self.count(project) and self.costs[project] <= left]


def election_of(budget: float | Fraction, costs: Mapping[str, float | Fraction], ballots: Sequence[Sequence[str]]) -> Election:
    """An election from ballots, each a list of projects. Raises MethodError for a project that has no cost."""
    found: dict[str, list[int]] = {project: [] for project in costs}
    for voter, ballot in enumerate(ballots):
        for project in dict.fromkeys(ballot):
            if project not in found:
                raise MethodError(f"voter {voter} approves {project}, expected a project that has a cost")
            found[project].append(voter)
    supporters = {project: np.array(voters, dtype=np.int64) for project, voters in found.items()}
    return Election(Fraction(budget), {project: Fraction(cost) for project, cost in costs.items()}, supporters, len(ballots))
