"""Phragmén's sequential rule: everybody earns money at the same speed, and a project is bought as soon as its supporters can pay for it.

Source: Brill, Freeman, Janson and Lackner, 2017, Phragmén's voting methods and justified representation, AAAI; with costs as in Los,
Christoff and Grossi, 2022, Proportional budget allocations: towards a systematization, IJCAI.
"""

from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heapreplace

import numpy as np

from medskapa.methods.shares.election import Election


@dataclass(frozen=True, slots=True)
class Earned:
    """What was bought and when, and when it ended.

    bought  project → the moment, in order; at the moment t everybody has earned t altogether
    end     the moment at which something would have been bought that costs too much; if there is none, that of the last purchase
    saved   project → what the supporters of each that was left out had saved at the end
    """

    bought: dict[str, Fraction]
    end: Fraction
    saved: dict[str, Fraction]


def phragmen(election: Election) -> Earned:
    """What is bought, exactly. Ties go to the project whose id comes first as text.

    It ends as soon as one of those that could be bought next does not fit into what is left; what costs more than the whole budget is left
    out from the start.

    >>> from medskapa.methods.shares.election import election_of
    >>> earned = phragmen(election_of(3, {"park": 2, "lamp": 1, "pool": 2}, [["park", "lamp"], ["park"], ["pool"]]))
    >>> {project: str(moment) for project, moment in earned.bought.items()}
    {'lamp': '1', 'park': '3/2'}
    """
    savings = _Savings(election)
    waiting = [(savings.moment(project), project) for project in election.wanted if election.costs[project] <= election.budget]
    heapify(waiting)
    left, end = election.budget, Fraction(0)
    while waiting:
        moment, project = waiting[0]
        if (now := savings.moment(project)) > moment:  # others spent what its supporters had: moments only become later
            heapreplace(waiting, (now, project))
            continue
        end = moment
        if any(election.costs[one] > left for one in _tied(savings, waiting, moment)):
            break
        heappop(waiting)
        savings.buy(project, moment)
        left -= election.costs[project]
    return Earned(
        savings.bought, end, {project: savings.of(project, end) for project in election.projects if project not in savings.bought}
    )


def _tied(savings: "_Savings", waiting: list[tuple[Fraction, str]], moment: Fraction) -> list[str]:
    """All that could be bought at this moment."""
    return [project for early, project in waiting if early <= moment and savings.moment(project) == moment]


class _Savings:
    """Who spent what they had earned, and when: each voter's purse was empty at the moment of their last purchase."""

    def __init__(self, election: Election) -> None:
        self.election = election
        self.bought: dict[str, Fraction] = {}
        self._moments = [Fraction(0)]
        self._last = np.zeros(election.voters, dtype=np.int64)  # which moment that was

    def moment(self, project: str) -> Fraction:
        """When the supporters of a project can pay for it."""
        return (self.election.costs[project] + self._spent(project)) / self.election.count(project)

    def of(self, project: str, moment: Fraction) -> Fraction:
        """What the supporters of a project have together at a moment."""
        return moment * self.election.count(project) - self._spent(project)

    def buy(self, project: str, moment: Fraction) -> None:
        """The supporters of a project spend all they have."""
        self.bought[project] = moment
        self._last[self.election.supporters[project]] = len(self._moments)
        self._moments.append(moment)

    def _spent(self, project: str) -> Fraction:
        """The sum of the moments at which the supporters had nothing."""
        counts = np.bincount(self._last[self.election.supporters[project]], minlength=len(self._moments))
        return sum((int(counts[one]) * self._moments[one] for one in np.flatnonzero(counts)), Fraction(0))
