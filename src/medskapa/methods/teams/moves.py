"""The smallest change: from a seating that was, to one that keeps all hard rules, with as few people as possible at another table."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.teams.anneal import annealed
from medskapa.methods.teams.exact import SMALL, WORK, Answer, Programme
from medskapa.methods.teams.problem import Problem, Seats

FIRST, TIMES = 16, 3  # so many tables are looked at first, and so many times more after that
ROUNDS = 4  # so often some tables are looked at, if all of them would be too many
SEARCHING = 0.4  # of the time is for a search
PARTS = 3  # some of the tables get so small a share of the work that is left


def fewest_moves(problem: Problem, start: Seats, rng: np.random.Generator, seconds: float) -> Answer:
    """The seating that moves the fewest people. ``bound``: no seating moves fewer.

    start    (people,) where everybody sat, -1 for whoever is new: they must sit somewhere, and that counts as no move
    seconds  about so much work

    A search finds a seating near to the one that was. Then CP-SAT looks at tables that it touched, with a few others; then at more, and at
    last, unless they are too many, at all: only that can prove that no seating moves fewer.
    """
    bound = _least_moves(problem, start)
    if (start >= 0).all() and not problem.broken(start):
        return Answer(start, 0, proven=True, work=0.0)
    seats = annealed(problem.without_wishes(), rng, seconds * SEARCHING, start=_filled(problem, start), home=start)
    work = seconds * (1 - SEARCHING) / WORK
    for tables in _looked_at(problem, start, seats, rng):
        is_all = len(tables) == problem.tables
        answer = _moved(problem, start, seats, tables, work if is_all else work / PARTS)
        work = max(work - answer.work, 0.0)
        bound = max(bound, answer.bound if is_all else 0)
        seats = seats if answer.seats is None else answer.seats
    moved = int(((start >= 0) & (seats != start)).sum())
    return Answer(None if problem.broken(seats) else seats, bound, bound == moved, answer.work)


def _least_moves(problem: Problem, start: Seats) -> int:
    """No seating moves fewer: of what a rule counts, so much must leave tables, and so much must come that nobody new can bring."""
    is_hard = problem.weight == 0
    sums = problem.sums(start)
    over = np.maximum(sums - problem.most, 0).sum(axis=0)
    under = np.maximum(problem.least - sums, 0).sum(axis=0) - problem.amounts[start < 0].sum(axis=0)
    each = np.maximum(problem.amounts.max(axis=0, initial=1), 1)
    least = -(-np.maximum(over, under) // each)
    is_broken = bool((start >= 0).all()) and problem.broken(start) > 0
    return max(int(least[is_hard].max(initial=0)), int(is_broken))


def _filled(problem: Problem, start: Seats) -> Seats:
    """With a seat for whoever has none: where the fewest sit."""
    seats = start.copy()
    counts = np.bincount(start[start >= 0], minlength=problem.tables)
    for person in np.flatnonzero(start < 0):
        seats[person] = counts.argmin()
        counts[seats[person]] += 1
    return seats


def _looked_at(problem: Problem, start: Seats, seats: Seats, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Some tables, first those where something is wrong or somebody came or left; then ever more, if there are not too many."""
    is_touched = problem.broken_at(seats) > 0
    is_touched[seats[seats != start]] = True
    is_touched[start[(seats != start) & (start >= 0)]] = True
    touched, others = rng.permutation(np.flatnonzero(is_touched)), rng.permutation(np.flatnonzero(~is_touched))
    order = np.concatenate([touched, others])
    largest = int(np.sqrt(SMALL * problem.tables / problem.people))
    if problem.tables > largest:
        for turn in range(ROUNDS):
            yield np.roll(order, -turn * len(touched) // ROUNDS)[:largest]
        return
    count = max(FIRST, len(touched) + FIRST // 2)
    while count < problem.tables:
        yield order[:count]
        count *= TIMES
    yield order


def _moved(problem: Problem, start: Seats, seats: Seats, tables: NDArray[np.int64], work: float) -> Answer:
    """The fewest moves among the people of some tables, with everybody else where they are."""
    place = np.full(problem.tables + 1, -1)  # the last is no table
    place[tables] = np.arange(len(tables))
    people = np.flatnonzero(place[seats] >= 0)
    programme = Programme(problem.part(people, len(tables)), "moves", start=place[start[people]])
    programme.hint(place[seats[people]])
    answer = programme.answer(work)
    if answer.seats is None:
        return answer
    found = seats.copy()
    found[people] = tables[answer.seats]
    return Answer(found, answer.bound, answer.proven, answer.work)
