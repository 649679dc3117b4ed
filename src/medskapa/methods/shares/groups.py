"""What different groups of voters got, where ballots say who voted: age, place, … Small groups are not told apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.shares.election import Election, Satisfaction

FEWEST = 5  # smaller groups are put together
MOST_GROUPS = 40  # a column of more kinds says who somebody is, not to which group they belong
AGES = (0, 12, 16, 20, 25, 30, 45, 65)  # where bands of ages begin
NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class Group:
    """Voters of whom a column says the same.

    group         what it says; several kinds, parted by commas, where each is of fewer than five
    voters        how many they are
    projects      how many of the chosen projects one of them approved, on average
    satisfaction  what one of them got, on average: the cost of these projects, or their number
    without_any   how many approved none of them
    """

    group: str
    voters: int
    projects: float
    satisfaction: float
    without_any: int


def groups_of(election: Election, chosen: Sequence[str], satisfaction: Satisfaction = "cost") -> dict[str, list[Group]]:
    """For each column that voters carry: what each group got from an outcome. Ages come in bands.

    Groups of fewer than five are put together, the smallest first, until the last such put-together has five or more. A column that says
    the same of nobody else, or has more than 40 kinds, is left out; so is everything where fewer than five voted.

    >>> from medskapa.methods.shares.election import election_of
    >>> election = election_of(6, {"park": 6}, [["park"]] * 5 + [[]] * 5)
    >>> election.groups["age"] = ["14"] * 5 + ["31"] * 3 + ["70", "70"]
    >>> [(group.group, group.voters, group.projects) for group in groups_of(election, ["park"])["age"]]
    [('12–15', 5, 1.0), ('30–44, 65–', 5, 0.0)]
    """
    counts, gains = election.gains(chosen, "cardinality"), election.gains(chosen, satisfaction)
    unit = election.unit if satisfaction == "cost" else 1
    found: dict[str, list[Group]] = {}
    for name, column in election.groups.items():
        kinds = _told_apart(_in_bands(name, column))
        if kinds:
            found[name] = [_group(kind, counts[members], gains[members], unit) for kind, members in kinds.items()]
    return found


def _in_bands(name: str, column: Sequence[str]) -> list[str]:
    """What a column says of each voter; ages as bands."""
    if name.strip().lower() != "age":
        return [said or NOT_SAID for said in column]
    bands = {said: _band(said) for said in set(column)}
    return [bands[said] for said in column]


def _band(age: str) -> str:
    if not age.isdecimal():
        return age or NOT_SAID
    place = sum(1 for begin in AGES if begin <= int(age))
    return f"{AGES[place - 1]}–{AGES[place] - 1}" if place < len(AGES) else f"{AGES[-1]}–"


def _told_apart(column: list[str]) -> dict[str, NDArray[np.int64]]:
    """The members of each group that may be told apart, by name; none if the column says too little or too much."""
    names, which, counts = np.unique(np.array(column, dtype=object), return_inverse=True, return_counts=True)
    if not len(column) or len(column) < FEWEST or len(names) > MOST_GROUPS:
        return {}
    small, together, size = sorted((int(count), kind) for kind, count in enumerate(counts)), list[int](), 0
    for count, kind in small:
        if count >= FEWEST and (not together or size >= FEWEST):
            break
        together, size = [*together, kind], size + count
    found = {", ".join(sorted(str(names[kind]) for kind in together)): np.flatnonzero(np.isin(which, together))} if together else {}
    found |= {str(name): np.flatnonzero(which == kind) for kind, name in enumerate(names) if kind not in together}
    return dict(sorted(found.items()))


def _group(kind: str, counts: NDArray[np.int64], gains: NDArray[np.int64], unit: int) -> Group:
    voters = len(counts)
    return Group(kind, voters, int(counts.sum()) / voters, int(gains.sum()) / (voters * unit), int((counts == 0).sum()))
