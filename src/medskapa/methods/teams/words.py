"""What there is to say about each table, in words."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.teams.problem import Problem, Seats
from medskapa.methods.teams.rules import Balance, Group, Language, Mix, Near, Rules, Share

Places = NDArray[np.int64]


def language_of(problem: Problem, seats: Seats, table: int) -> int:
    """The language in which the fewest at a table are lost; then that of most of them, then the first. -1 if none is asked for."""
    if problem.language < 0:
        return -1
    spoken = problem.spoken[seats == table].sum(axis=0)
    return int(np.lexsort((-spoken, problem.unserved(seats, table)))[0])


def remarks(problem: Problem, group: Group, rules: Rules, seats: Seats, table: int, language: int) -> Iterator[str]:
    """Why a table is as it is: who interprets, what the rules ask for, and which wishes do not come true."""
    here = np.flatnonzero(seats == table)
    for rule in rules.hard:
        if isinstance(rule, Language) and language >= 0:
            yield from _interpreted(problem, group, here, language)
        if isinstance(rule, Share) and rule.value:
            there = sum(group.value(person, rule.column) == rule.value for person in here.tolist())
            yield f"{there} with {rule.column} {rule.value}"
    for number, wish in enumerate(rules.soft):
        yield from (
            _uneven(problem, group, wish, number, seats, table)
            if not isinstance(wish, Near)
            else _unmet(problem, group, wish, number, seats, table)
        )


def _interpreted(problem: Problem, group: Group, here: Places, language: int) -> Iterator[str]:
    spoken, interpreted = problem.spoken, problem.interpreted
    served = [person for person in here if not spoken[person, language]]
    for person in here:
        others = [group.ids[one] for one in served if interpreted[person, language] and (interpreted[person] & spoken[one]).any()]
        if others:
            yield f"{group.ids[person]} interprets for {', '.join(others)}"


def _uneven(problem: Problem, group: Group, wish: Mix | Balance, number: int, seats: Seats, table: int) -> Iterator[str]:
    """Where a table has more or less than an even share."""
    for limit in np.flatnonzero((problem.rule == number) & (problem.weight > 0)):
        amounts = problem.amounts[:, limit]
        there, least, most = int(amounts[seats == table].sum()), int(problem.least[limit]), int(problem.most[limit])
        even = f"{least}" if least == most else f"{least} or {most}"
        if not least <= there <= most and isinstance(wish, Mix):
            yield f"{there} with {wish.column} {group.value(int(amounts.argmax()), wish.column)}, even would be {even}"
        elif not least <= there <= most:
            yield f"{wish.column} sums to {there}, even would be {even}"


def _unmet(problem: Problem, group: Group, wish: Near, number: int, seats: Seats, table: int) -> Iterator[str]:
    missed = [
        group.ids[one.person]
        for one in problem.wishes
        if one.rule == number and seats[one.person] == table and not problem.is_met(seats, one)
    ]
    if missed:
        yield f"without those named in {wish.column}: {', '.join(missed)}"
