"""Rules that cannot hold together: the smallest set of them, found by asking CP-SAT again and again.

Each seating that breaks some rules says: a set of rules that clash must hold one of these. So the smallest set that holds one of each is
tried next; if no seating keeps it, it is the answer, and otherwise there is a new seating to learn from (implicit hitting sets: Ignatiev,
Previti, Liffiton and Marques-Silva, 2015, Smallest MUS extraction with minimal hitting set dualization, CP 2015).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from medskapa.methods.teams.exact import Programme
from medskapa.methods.teams.problem import Problem
from medskapa.methods.teams.rules import Group, Hard, Rules

TRY, STEP = 1.0, 0.01  # work for one question at most, and for asking it


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that no seating keeps, by their numbers; every smaller set can be kept if ``is_smallest``."""

    rules: tuple[int, ...]
    is_smallest: bool


def smallest_conflict(group: Group, tables: int, rules: Sequence[Hard], work: float) -> Conflict:
    """The smallest set of rules that no seating keeps, where all of them cannot be kept; with about so much work.

    If that is not enough: a set that clashes, without those rules that were proven to add nothing.
    """
    problem = Problem.of(group, tables, Rules(tuple(rules)))
    alone = [Problem.of(group, tables, Rules((rule,))) for rule in rules]
    broken: list[list[int]] = []
    rest = work / 2
    while rest > 0:
        tried = _fewest_of_each(len(rules), broken)
        answer = Programme(problem, "rules", kept=tried).answer(min(rest, TRY))
        rest -= answer.work + STEP
        if answer.seats is None:
            if answer.proven:
                return Conflict(tuple(tried), is_smallest=True)
            break
        broken.append([number for number, one in enumerate(alone) if one.broken(answer.seats)])
    return _without_idle(group, tables, rules, work / 2)


def _fewest_of_each(count: int, sets: Sequence[Sequence[int]]) -> list[int]:
    """The fewest numbers that hold one of each set; of equally many, those with the smaller sum."""
    if not sets:
        return []
    rows = np.zeros((len(sets), count))
    for row, numbers in zip(rows, sets, strict=True):
        row[list(numbers)] = 1
    costs = 1 + np.arange(count) / (count * count + 1)
    chosen = LinearConstraint(rows, lb=1)
    found = milp(costs, integrality=np.ones(count), bounds=Bounds(0, 1), constraints=chosen, options={"mip_rel_gap": 0})
    return [int(number) for number in np.flatnonzero(found.x > 0.5)]


def _without_idle(group: Group, tables: int, rules: Sequence[Hard], work: float) -> Conflict:
    """Leave out one rule after the other, if the others are proven to clash without it."""
    kept = list(range(len(rules)))
    for number in range(len(rules)):
        trial = [one for one in kept if one != number]
        if work > 0 and trial:
            answer = Programme(Problem.of(group, tables, Rules(tuple(rules[one] for one in trial))), "any").answer(min(work, TRY))
            work -= answer.work + STEP
            kept = trial if answer.proven and answer.seats is None else kept
    return Conflict(tuple(kept), is_smallest=False)
