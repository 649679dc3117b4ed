"""Whether an outcome is justified to every group: EJR+ up to the project that the group asks for.

Take a group that all approve a project which was left out. Their shares of the budget, spent at what that project costs for one unit of
satisfaction, would give each of them so much: that is what the group deserves. They may complain if even with the project none of
them would have more than that. No outcome of Equal Shares leaves such a group, for the satisfaction it was counted with: until one of them
could not pay their part of the project any more, they bought satisfaction at no higher price. With costs of 1 it is EJR+ (Brill and
Peters, 2023, Robust and verifiable proportionality axioms for multiwinner voting, EC); for budgets it asks the same of the group's money.

For every project the groups to look at are its supporters in rising order of what they have: the first one, the first two, and so on. So
the check is exact and quick.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

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
    has = [Fraction(0)] * election.voters
    for project in chosen:
        for voter in election.supporters[project]:
            has[voter] += election.worth(project, satisfaction)
    left_out = [project for project in election.projects if project not in set(chosen) and election.count(project)]
    found = [
        _strongest(election, project, sorted(has[voter] for voter in election.supporters[project]), satisfaction) for project in left_out
    ]
    return [complaint for complaint in found if complaint is not None]


def _strongest(election: Election, project: str, has: list[Fraction], satisfaction: Satisfaction) -> Complaint | None:
    cost, gives = election.costs[project], election.worth(project, satisfaction)
    if not cost:
        return Complaint(project, len(has), has[-1], has[-1] + gives)  # it would have cost nothing
    share = election.budget / election.voters
    groups = [Complaint(project, count, gets, count * share / cost * gives) for count, gets in enumerate(has, start=1)]
    justified = [group for group in groups if group.gets + gives <= group.deserves]
    return max(justified, key=lambda group: (group.deserves - group.gets, group.group), default=None)
