"""The smallest change: from a seating that was, to one that keeps all hard rules, with as few people as possible at another table."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.teams.exact import Answer, Programme
from medskapa.methods.teams.problem import Problem, Seats

FIRST, TIMES = 16, 3  # so many tables are looked at first, and so many times more after that
PARTS = 3  # a part of the tables gets so small a share of the work that is left


def fewest_moves(problem: Problem, start: Seats, rng: np.random.Generator, work: float) -> Answer:
    """The seating that moves the fewest people. ``bound``: no seating moves fewer.

    start  (people,) where everybody sat, -1 for whoever is new: they must sit somewhere, and that counts as no move

    At first only tables where something is wrong are looked at, with a few others; then more, and at last all.
    """
    if (start >= 0).all() and not problem.broken(start):
        return Answer(start, 0, proven=True, work=0.0)
    seats, spent = start, 0.0
    for tables in _growing(problem, start, rng):
        rest = work - spent
        answer = _moved(problem, start, seats, tables, rest if len(tables) == problem.tables else rest / PARTS)
        spent += answer.work
        seats = seats if answer.seats is None else answer.seats
    is_whole = bool((seats >= 0).all()) and not problem.broken(seats)
    return Answer(seats if is_whole else None, max(answer.bound, int((start >= 0).all())), answer.proven, spent)


def _growing(problem: Problem, start: Seats, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """The tables that are looked at: those where something is wrong or somebody new belongs, with ever more of the others."""
    is_wrong = problem.broken_at(start) > 0
    for _rule, people in problem.together:
        tables = start[list(people)]
        is_wrong[tables[tables >= 0]] |= bool((tables < 0).any())
    wrong, others = np.flatnonzero(is_wrong), rng.permutation(np.flatnonzero(~is_wrong))
    count = max(FIRST, len(wrong) + FIRST // 2)
    while count < problem.tables:
        yield np.concatenate([wrong, others])[:count]
        count *= TIMES
    yield np.arange(problem.tables)


def _moved(problem: Problem, start: Seats, seats: Seats, tables: NDArray[np.int64], work: float) -> Answer:
    """The fewest moves among the people of some tables, with everybody else where they are."""
    place = np.full(problem.tables + 1, -1)  # the last is no table
    place[tables] = np.arange(len(tables))
    people = np.flatnonzero((place[seats] >= 0) | (seats < 0))
    programme = Programme(problem.part(people, len(tables)), "moves", start=place[start[people]])
    if (seats[people] >= 0).all():
        programme.hint(place[seats[people]])
    answer = programme.answer(work)
    if answer.seats is None:
        return answer
    found = seats.copy()
    found[people] = tables[answer.seats]
    return Answer(found, answer.bound, answer.proven, answer.work)
