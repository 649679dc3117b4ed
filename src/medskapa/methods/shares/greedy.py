"""The greedy rule: the project of most satisfaction for its cost first, as long as the money lasts. With cost satisfaction that is the
project of most votes: what most places do."""

from collections.abc import Sequence
from fractions import Fraction

from medskapa.methods.shares.election import Election, Satisfaction


def greedy(election: Election, satisfaction: Satisfaction = "cost", chosen: Sequence[str] = ()) -> list[str]:
    """What is added to the chosen, in order: one after the other what satisfies most for its cost and still fits. Ties go to the id that
    comes first as text; what nobody approved is left out.

    >>> from medskapa.methods.shares.election import election_of
    >>> greedy(election_of(6, {"park": 4, "pool": 5, "lamp": 2}, [["park", "pool"], ["park"], ["pool"], ["lamp"]]))
    ['park', 'lamp']
    """
    left, taken = election.whole_budget - sum(election.whole_costs[project] for project in chosen), set(chosen)
    added = []
    for project in sorted(election.wanted, key=lambda one: (_price(election, one, satisfaction), one)):
        if project not in taken and election.whole_costs[project] <= left:
            added.append(project)
            left -= election.whole_costs[project]
    return added


def _price(election: Election, project: str, satisfaction: Satisfaction) -> Fraction:
    """Cost for one unit of everybody's satisfaction; 0 for what costs nothing."""
    if not election.costs[project]:
        return Fraction(0)
    return election.costs[project] / (election.count(project) * election.worth(project, satisfaction))
