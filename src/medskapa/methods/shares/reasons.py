"""Why an outcome is as it is: what each project lacked that was not chosen, and what different groups of voters got."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from medskapa.methods.shares.election import Election

FEWEST = 5  # smaller groups are not told apart
MOST_GROUPS = 30  # a column of more kinds says who somebody is, not to which group they belong


@dataclass(frozen=True, slots=True)
class Loser:
    """A project that was not chosen.

    supporters  how many approved it
    shares      what an equal share of the budget of each of them would have made together
    lacking     how much of its cost that leaves; 0 if it would have been enough
    missed_by   how much of its cost did not fit into what the budget had left
    """

    project: str
    supporters: int
    shares: Fraction
    lacking: Fraction
    missed_by: Fraction

    def __str__(self) -> str:
        if not self.supporters:
            return "nobody approved it"
        if self.lacking:
            return f"the shares of its supporters lack {float(self.lacking):.2f} of its cost"
        return "its supporters spent their shares on other projects"


@dataclass(frozen=True, slots=True)
class Group:
    """Voters of whom a column says the same; the mean is None for fewer than five."""

    group: str
    voters: int
    mean: float | None


def losers(election: Election, chosen: Sequence[str]) -> list[Loser]:
    """What is not chosen, those with most supporters first."""
    left = election.budget - election.cost_of(chosen)
    share = election.budget / election.voters
    found = [
        Loser(
            project,
            election.count(project),
            election.count(project) * share,
            max(Fraction(0), election.costs[project] - election.count(project) * share),
            max(Fraction(0), election.costs[project] - left),
        )
        for project in election.projects
        if project not in set(chosen)
    ]
    return sorted(found, key=lambda loser: (-loser.supporters, loser.project))


def satisfaction_of_groups(election: Election, chosen: Sequence[str]) -> dict[str, list[Group]]:
    """For each column that voters carry: how many chosen projects somebody of each group approved, on average.

    Groups of fewer than five are put together as "fewer than 5 each"; if they are fewer than five together, nothing is said of them.
    """
    counts = [0] * election.voters
    for project in chosen:
        for voter in election.supporters[project].tolist():
            counts[voter] += 1
    found: dict[str, list[Group]] = {}
    for name, column in election.groups.items():
        members: dict[str, list[int]] = {}
        for value, count in zip(column, counts, strict=True):
            members.setdefault(value or "not said", []).append(count)
        if len(members) <= MOST_GROUPS:
            found[name] = _told(members)
    return found


def _told(members: dict[str, list[int]]) -> list[Group]:
    small = [count for counts in members.values() if len(counts) < FEWEST for count in counts]
    told = [Group(value, len(counts), sum(counts) / len(counts)) for value, counts in sorted(members.items()) if len(counts) >= FEWEST]
    if not small:
        return told
    return [*told, Group("fewer than 5 each", len(small), sum(small) / len(small) if len(small) >= FEWEST else None)]
