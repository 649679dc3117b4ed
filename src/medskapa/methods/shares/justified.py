"""Whether an outcome is justified to every group: EJR+ up to any project.

Take a group that all approve a project which was left out. Their shares of the budget, spent at what that project costs for one unit of
satisfaction, would give each of them so much: that is what the group deserves. They may complain if even with the project none of
them would have more than that. With costs of 1 this is EJR+ (Brill and Peters, 2023, Robust and verifiable proportionality axioms for
multiwinner voting, EC); with costs it asks the same of the group's money. It is "up to any project" because what each has is counted
together with the one project, whichever the group asks for.

No outcome of Equal Shares leaves such a group, for the satisfaction it was counted with. For as long as each of the group had their part of
the project's cost, it could be bought at the group's price, so nothing dearer was bought. The first who had less had spent more than the
share without that part, at no higher price, and so got more than the group deserves without the project. What is added afterwards, or a
larger share, can only help.

For every project the groups to look at are its supporters in rising order of what they have: the first one, the first two, and so on. So
the check is exact and quick.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.shares.election import Election, Satisfaction


@dataclass(frozen=True, slots=True)
class Complaint:
    """The strongest complaint about one project: how large the group is, the most that one of them gets, and what each deserves."""

    project: str
    group: int
    gets: Fraction
    deserves: Fraction


def complaints(election: Election, chosen: Sequence[str], satisfaction: Satisfaction = "cost") -> list[Complaint]:
    """The complaints against an outcome, one at most for each project left out, by id. None: the outcome is justified to every group.

    >>> from medskapa.methods.shares.election import election_of
    >>> election = election_of(2, {"park": 1, "pool": 1, "lamp": 1}, [["park", "pool"], ["park", "pool"], ["lamp"], ["lamp"]])
    >>> [complaint.project for complaint in complaints(election, ["park", "pool"])], complaints(election, ["park", "lamp"])
    (['lamp'], [])
    """
    has = election.gains(chosen, satisfaction)
    left_out = [project for project in election.wanted if project not in set(chosen)]
    found = [_strongest(election, project, has[election.supporters[project]], satisfaction) for project in left_out]
    return [complaint for complaint in found if complaint is not None]


def _strongest(election: Election, project: str, has: NDArray[np.int64], satisfaction: Satisfaction) -> Complaint | None:
    unit = election.unit if satisfaction == "cost" else 1
    cost, gives = election.whole_costs[project], election.whole_costs[project] if satisfaction == "cost" else 1
    if not cost:  # it would have cost nothing
        most = Fraction(int(has.max()), unit)
        return Complaint(project, len(has), most, most + Fraction(gives, unit))
    amounts, counts = np.unique(has, return_counts=True)
    groups = list(zip(map(int, amounts), map(int, counts.cumsum()), strict=True))
    justified = [
        Complaint(project, size, Fraction(gets, unit), Fraction(size * election.whole_budget * gives, election.voters * cost * unit))
        for gets, size in groups
        if (gets + gives) * cost * election.voters <= size * election.whole_budget * gives
    ]
    return max(justified, key=lambda group: (group.deserves - group.gets, group.group), default=None)
