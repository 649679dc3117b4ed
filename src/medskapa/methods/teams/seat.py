"""Who sits where: every hard rule holds at every table, and as many wishes as can be come true.

A search (``anneal``) looks for a good seating. CP-SAT (``exact``) proves that the rules can hold together, says which cannot, finds the
smallest change of a seating that was, and tries to prove that nothing better exists. Two bounds, one of them without tables (``bound``),
say how much better any seating could be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from medskapa.methods.errors import MethodError
from medskapa.methods.teams.anneal import Progress, annealed
from medskapa.methods.teams.bound import fewest_lost
from medskapa.methods.teams.conflict import Conflict, smallest_conflict
from medskapa.methods.teams.exact import SMALL, WORK, Programme
from medskapa.methods.teams.moves import fewest_moves
from medskapa.methods.teams.problem import Problem, Seats, points
from medskapa.methods.teams.rules import Apart, Group, Language, Rules, Size, Together
from medskapa.methods.teams.words import language_of, remarks

QUICK, SEARCHING, PROVING = 0.1, 0.7, 0.2  # shares of the work: for a first look, for searching, and for proving that nothing is better
SOON = 0.2  # of searching: for a first search, which is often enough


@dataclass(frozen=True, slots=True)
class Wished:
    """How far a wish came true: for so many people (or so much of a sum) of so many."""

    words: str
    weight: int
    points: int
    missed: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and what there is to say about it."""

    name: str
    people: tuple[str, ...]
    language: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seating:
    """A seating that keeps all hard rules.

    lost      points that are lost, by weight; of ``points``
    bound     no seating loses fewer
    gap       by how much of the best score that may exist (points − bound) this one may fall short
    moved     (person, from, to) of everybody who sat elsewhere
    fewest    no seating moves fewer people
    """

    tables: tuple[Table, ...]
    wishes: tuple[Wished, ...]
    points: int
    lost: int
    bound: int
    moved: tuple[tuple[str, str, str], ...] = ()
    fewest: int = 0

    @property
    def gap(self) -> float:
        """0 for a seating that is proven best."""
        best = self.points - self.bound
        return (self.lost - self.bound) / best if best > 0 else 0.0

    @property
    def is_best(self) -> bool:
        """Whether no seating that moves as few people can do better by its wishes."""
        return self.lost == self.bound


class RulesClash(MethodError):
    """No seating keeps all hard rules.

    rules        a set of them that cannot hold together, in words
    is_smallest  no smaller set clashes; in large groups: no smaller set of the rules about named people
    """

    def __init__(self, rules: Sequence[str], *, is_smallest: bool) -> None:
        super().__init__(f"no seating keeps all rules; these cannot hold together: {'; '.join(rules)}; expected rules that can")
        self.rules, self.is_smallest = tuple(rules), is_smallest


class NotFound(MethodError):
    """No seating was found, and none was proven impossible."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no seating was found with {seconds:g} seconds of work, nor a proof that there is none; expected more time")


def seat(
    group: Group,
    tables: Sequence[str],
    rules: Rules,
    rng: np.random.Generator,
    *,
    seconds: float = 10.0,
    start: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Seating:
    """Seat a group at tables.

    seconds  about so much work, counted in steps and not by a clock: the same seed gives the same seating
    start    person → table, a seating that was: as few of them as can be sit elsewhere afterwards, and only then wishes count

    Raises RulesClash where no seating keeps the rules, NotFound where the work was not enough, MethodError for rules that do not fit the
    group.

    >>> from medskapa.methods.teams.rules import Mix, Share
    >>> group = Group({one: {"role": role} for one, role in zip("abcdef", ["co-creator", "host", "co-creator", "host", "actor", "actor"])})
    >>> found = seat(group, ("1", "2"), Rules((Share("role", "co-creator", least=1),), (Mix("role"),)), np.random.default_rng(0))
    >>> [len(table.people) for table in found.tables], found.lost, found.is_best
    ([3, 3], 0, True)
    """
    _check(group, tables, start)
    rules = rules.sized(len(group), len(tables))
    task = _Task(group, tuple(tables), rules, Problem.of(group, len(tables), rules), seconds, rng)
    task.look()
    return task.found(progress) if start is None else task.changed(start)


def _check(group: Group, tables: Sequence[str], start: Mapping[str, str] | None) -> None:
    if not tables or len(set(tables)) < len(tables):
        raise MethodError(f"the tables are {', '.join(tables) or 'none'}, expected at least one, each once")
    if len(group) < len(tables):
        raise MethodError(f"there are {len(group)} people for {len(tables)} tables, expected at least one for each")
    unknown = sorted(set(start.values()) - set(tables)) if start else []
    if unknown:
        raise MethodError(f"somebody sat at table {unknown[0]}, expected one of {', '.join(tables)}")


@dataclass(frozen=True, slots=True)
class _Task:
    group: Group
    tables: tuple[str, ...]
    rules: Rules
    problem: Problem
    seconds: float
    rng: np.random.Generator

    @property
    def is_small(self) -> bool:
        """Whether CP-SAT is asked for a better seating, and a better bound."""
        return self.problem.people * len(self.tables) <= SMALL

    def look(self) -> None:
        """Raise RulesClash for what is seen soon: one rule that asks for more people, or fewer, than there are; in large groups also rules
        about named people, for they clash among few."""
        alone = self.problem.impossible()
        if alone.size:
            raise self._clash(Conflict((int(alone[0]),), is_smallest=True))
        named = [number for number, rule in enumerate(self.rules.hard) if isinstance(rule, Apart | Together | Size)]
        if not self.is_small:
            self._try(named, QUICK)

    def found(self, progress: Progress | None) -> Seating:
        """A seating from nothing."""
        first, bound = self._any(QUICK), fewest_lost(self.problem)
        seats = self._searched(bound, progress)
        if self.problem.broken(seats):
            first = self._any(1.0) if first is None else first
            if first is None:
                raise NotFound(self.seconds)
            seats = annealed(self.problem, self.rng, self.seconds * SEARCHING, start=first, enough=bound, progress=progress)
        if self.is_small and self.problem.lost(seats) > bound:
            seats, bound = self._proven(seats, bound)
        return self._told(_in_order(seats), bound)

    def _searched(self, bound: int, progress: Progress | None) -> Seats:
        """The better one of a short search and, unless that found the best there can be, a long one."""
        soon, long = self.seconds * SEARCHING * SOON, self.seconds * SEARCHING * (1 - SOON)
        first = annealed(self.problem, self.rng, soon, enough=bound, progress=progress)
        if self._cost(first) <= (0, bound):
            return first
        second = annealed(self.problem, self.rng, long, enough=bound, progress=progress)
        return min(first, second, key=self._cost)

    def _cost(self, seats: Seats) -> tuple[int, int]:
        return self.problem.broken(seats), self.problem.lost(seats)

    def changed(self, start: Mapping[str, str]) -> Seating:
        """A seating as near as can be to the one that was."""
        place = {table: number for number, table in enumerate(self.tables)}
        before = np.array([place[start[one]] if one in start else -1 for one in self.group.ids], dtype=np.int64)
        answer = fewest_moves(self.problem, before, self.rng, self.seconds)
        if answer.seats is None:
            self._any(1.0)
            raise NotFound(self.seconds)
        seats, bound = answer.seats, fewest_lost(self.problem)
        moved = int(((before >= 0) & (seats != before)).sum())
        if self.is_small and self.problem.lost(seats) > bound:
            seats, bound = self._proven(seats, bound, start=before, moved=moved)
        return self._told(seats, bound, before, answer.bound)

    def _any(self, share: float) -> Seats | None:
        """Any seating that keeps the rules; None if the work was not enough. Raises RulesClash."""
        return self._try(range(len(self.rules.hard)), share)

    def _try(self, numbers: Sequence[int], share: float) -> Seats | None:
        """Any seating that keeps some of the rules."""
        work, tables, rules = self.seconds / WORK, len(self.tables), [self.rules.hard[number] for number in numbers]
        answer = Programme(Problem.of(self.group, tables, Rules(tuple(rules))), "any").answer(work * share)
        if answer.seats is None and answer.proven:
            clash = smallest_conflict(self.group, tables, rules, work)
            raise self._clash(Conflict(tuple(numbers[place] for place in clash.rules), clash.is_smallest))
        return answer.seats

    def _clash(self, found: Conflict) -> RulesClash:
        said = [self.rules.hard[number].words(self.group, len(self.tables)) for number in found.rules]
        return RulesClash(said, is_smallest=found.is_smallest)

    def _proven(self, seats: Seats, bound: int, *, start: Seats | None = None, moved: int = 0) -> tuple[Seats, int]:
        """What CP-SAT finds, unless it is worse; and the better bound."""
        programme = Programme(self.problem, "points", start=start)
        if start is not None:
            programme.at_most_moved(moved)
        programme.hint(seats)
        answer = programme.answer(self.seconds / WORK * PROVING)
        if answer.seats is not None and self.problem.lost(answer.seats) <= self.problem.lost(seats):
            seats = answer.seats
        return seats, max(bound, answer.bound)

    def _told(self, seats: Seats, bound: int, before: Seats | None = None, fewest: int = 0) -> Seating:
        group, problem, languages = self.group, self.problem, self._languages()
        missed, total = problem.missed(seats, len(self.rules.soft)), points(problem, len(self.rules.soft))
        wishes = tuple(
            Wished(rule.words(), rule.weight, int(total[number]), int(missed[number])) for number, rule in enumerate(self.rules.soft)
        )
        where = [] if before is None else [one for one in range(len(group)) if before[one] >= 0 and before[one] != seats[one]]
        return Seating(
            tables=tuple(self._table(seats, number, languages) for number in range(len(self.tables))),
            wishes=wishes,
            points=sum(wish.weight * wish.points for wish in wishes),
            lost=problem.lost(seats),
            bound=bound,
            moved=tuple(
                (group.ids[one], self.tables[int((before if before is not None else seats)[one])], self.tables[int(seats[one])])
                for one in where
            ),
            fewest=fewest,
        )

    def _table(self, seats: Seats, number: int, languages: tuple[str, ...]) -> Table:
        language = language_of(self.problem, seats, number)
        people = tuple(one for one, table in zip(self.group.ids, seats.tolist(), strict=True) if table == number)
        said = tuple(remarks(self.problem, self.group, self.rules, seats, number, language))
        return Table(self.tables[number], people, languages[language] if language >= 0 else "", said)

    def _languages(self) -> tuple[str, ...]:
        return next((rule.spoken(self.group)[0] for rule in self.rules.hard if isinstance(rule, Language)), ())


def _in_order(seats: Seats) -> Seats:
    """The same seating, with the tables in the order of the first person at each."""
    _tables, first = np.unique(seats, return_index=True)
    order = np.zeros(int(seats.max()) + 1, dtype=np.int64)
    order[_tables[np.argsort(first)]] = np.arange(len(_tables))
    return order[seats]
