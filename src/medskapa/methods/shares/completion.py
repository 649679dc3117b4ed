"""What is done with the money that Equal Shares leaves, and the other rules: greedy, and Phragmén's.

*add1*: everybody gets one unit of the currency more, and more, until nothing more fits into the budget, or what is bought costs too much;
then the outcome before counts. *add1-comparison*: it goes on past an outcome into which nothing more fits, until one costs too much; of all
before, the dearest counts (of equal ones the first). This gives the official result of Wieliczka 2023, which used that rule. *greedy*: what
is left goes to the projects that satisfy most for their cost.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from medskapa.methods.shares.election import Election, Satisfaction
from medskapa.methods.shares.equal_shares import Purchase, equal_shares

Completion = Literal["none", "add1", "add1-comparison", "greedy", "add1+greedy"]
COMPLETIONS: tuple[Completion, ...] = ("none", "add1", "add1-comparison", "greedy", "add1+greedy")
MOST_STEPS = 20_000
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Completed:
    """What was bought, and how it came about.

    purchases   in order, by Equal Shares
    added       projects that were added greedily, in order
    endowment   what each voter began with in the end
    steps       how often everybody was given more
    is_reached  whether the steps came to their end; else the number of steps was not enough, and a larger step is needed
    """

    purchases: list[Purchase]
    added: list[str]
    endowment: Fraction
    steps: int
    is_reached: bool

    @property
    def projects(self) -> list[str]:
        """All that is chosen, in order."""
        return [*(purchase.project for purchase in self.purchases), *self.added]


def completed(
    election: Election,
    satisfaction: Satisfaction = "cost",
    completion: Completion = "add1+greedy",
    *,
    step: Fraction = Fraction(1),
    most_steps: int = MOST_STEPS,
    progress: Progress | None = None,
) -> Completed:
    """Equal Shares with a completion. Every outcome keeps to the budget.

    step        by how much everybody is given more each time
    most_steps  after so many the answer says that it was not reached
    """
    if completion.startswith("add1") and election.voters:
        found = _given_more(election, satisfaction, step, most_steps, goes_on=completion == "add1-comparison", progress=progress)
    else:
        endowment = election.budget / election.voters if election.voters else Fraction(0)
        found = Completed(equal_shares(election, satisfaction), [], endowment, 0, is_reached=True)
    if completion not in ("greedy", "add1+greedy"):
        return found
    return Completed(found.purchases, greedy(election, satisfaction, found.projects), found.endowment, found.steps, found.is_reached)


def greedy(election: Election, satisfaction: Satisfaction = "cost", chosen: Sequence[str] = ()) -> list[str]:
    """What is added to the chosen: one after the other the project of most satisfaction for its cost that still fits; ties by id."""
    left = election.budget - election.cost_of(chosen)
    added = []
    for project in sorted(set(election.projects) - set(chosen), key=lambda one: (_dearness(election, one, satisfaction), one)):
        if election.count(project) and election.costs[project] <= left:
            added.append(project)
            left -= election.costs[project]
    return added


def _dearness(election: Election, project: str, satisfaction: Satisfaction) -> Fraction:
    """Cost for one unit of satisfaction; 0 for what costs nothing."""
    if not election.costs[project] or not election.count(project):
        return Fraction(0)
    return election.costs[project] / (election.count(project) * election.worth(project, satisfaction))


def phragmen(election: Election) -> list[tuple[str, Fraction]]:
    """Phragmén's sequential rule: everybody earns money at the same speed, and a project is bought as soon as its supporters can pay.

    It stops when the next one would cost too much. Each project comes with the moment of its purchase; ties by id as text. Source: Brill,
    Freeman, Janson and Lackner, 2017, Phragmén's voting methods and justified representation, AAAI; with costs as in Los, Christoff and
    Grossi, 2022, Proportional budget allocations, IJCAI.
    """
    loads = [Fraction(0)] * election.voters
    left, bought = election.budget, list[tuple[str, Fraction]]()
    waiting = [project for project in election.projects if election.count(project)]
    while waiting:
        moments = {project: _moment(election, project, loads) for project in waiting}
        first = min(waiting, key=lambda project: (moments[project], project))
        if election.costs[first] > left:
            break
        for voter in election.supporters[first]:
            loads[voter] = moments[first]
        left -= election.costs[first]
        bought.append((first, moments[first]))
        waiting.remove(first)
    return bought


def _moment(election: Election, project: str, loads: list[Fraction]) -> Fraction:
    supporters = election.supporters[project]
    return (election.costs[project] + sum((loads[voter] for voter in supporters), Fraction(0))) / len(supporters)


def _given_more(
    election: Election, satisfaction: Satisfaction, step: Fraction, most_steps: int, *, goes_on: bool, progress: Progress | None
) -> Completed:
    share = election.budget / election.voters
    best: Completed | None = None
    dearest = Fraction(-1)
    for number in range(most_steps + 1):
        found = Completed(
            equal_shares(election, satisfaction, endowment=share + number * step), [], share + number * step, number, is_reached=True
        )
        cost = election.cost_of(found.projects)
        if best is not None and cost > election.budget:
            return best
        if not goes_on or cost > dearest:
            best, dearest = found, cost
        if not election.left_out_that_fits(found.projects) and (not goes_on or len(found.projects) == _wanted(election)):
            return best or found
        if progress is not None:
            progress(number)
    assert best is not None  # noqa: S101  # the first outcome always keeps to the budget
    return Completed(best.purchases, [], best.endowment, best.steps, is_reached=False)


def _wanted(election: Election) -> int:
    return sum(1 for project in election.projects if election.count(project))
