"""The seating as a constraint programme, solved by CP-SAT of OR-tools: for proofs, for the smallest change, and for rules that clash.

People who are alike in all that matters are one kind, and the programme asks how many of each kind sit at each table. It stops after a
stated amount of work, not after a time, and has one worker: the same question gets the same answer.

Source: Perron and Furnon, OR-tools 9, CP-SAT, developers.google.com/optimization.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.teams.problem import Problem, Seats, Wish

SMALL = 12_000  # people times tables: up to here CP-SAT is likely to prove something about all of them
HINTING = 1.0  # work for completing a hint
WORK = 2.5  # seconds that a unit of CP-SAT's work takes, about
Goal = Literal["any", "points", "moves", "rules"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a programme.

    seats   (people,) a seating that keeps all rules that must be kept; None if none was found
    bound   no seating has a smaller value (points lost, people moved)
    proven  the seating is best, or there is none
    work    how much was spent, in CP-SAT's deterministic seconds
    """

    seats: Seats | None
    bound: int
    proven: bool
    work: float


@dataclass(frozen=True, slots=True)
class _Speech:
    """A way of speaking: the languages spoken, and for others the kinds of people who would interpret them."""

    spoken: tuple[int, ...]
    interpreters: Mapping[int, tuple[int, ...]]


class Programme:
    """A problem in variables and constraints.

    start  (people,) where everybody sat, -1 for whoever is new
    kept   the hard rules that must be kept; as many of the others as can be are kept, too. None for all of them
    """

    def __init__(self, problem: Problem, goal: Goal, *, start: Seats | None = None, kept: Sequence[int] | None = None) -> None:
        from ortools.sat.python import cp_model

        self.problem, self.goal, self.start = problem, goal, start
        self.model: Any = cp_model.CpModel()
        self.kept: dict[int, Any] = {}
        self.costs: list[tuple[Any, int]] = []
        self.kinds = _kinds(problem, start, with_points=goal == "points")
        self.speeches = _speeches(problem, self.kinds)
        self.there = [[self.model.new_int_var(0, len(kind), "") for _table in range(problem.tables)] for kind in self.kinds]
        for kind, row in zip(self.kinds, self.there, strict=True):
            self.model.add(sum(row) == len(kind))
        self._say(kept)
        for table in range(problem.tables):
            self._limit(table)
            if problem.language >= 0:
                self._speak(table)
        self._join()
        if goal == "points":
            self._wish()
        if self.costs:
            self.model.minimize(sum(weight * cost for cost, weight in self.costs))

    def at_most_moved(self, people: int) -> None:
        """No more than so many may leave their table."""
        self.model.add(sum(cost for cost, _weight in self._moves()) <= people)

    def hint(self, seats: Seats) -> None:
        """Begin with this seating: it is completed by what follows from it."""
        for kind, row in zip(self.kinds, self.there, strict=True):
            for table, count in enumerate(row):
                self.model.add_hint(count, int((seats[kind] == table).sum()))
        solver = _solver(HINTING)
        solver.parameters.fix_variables_to_their_hinted_value = True
        solver.solve(self.model)
        if solver.response_proto.solution:
            self.model.clear_hints()
            for number, value in enumerate(solver.response_proto.solution):
                self.model.add_hint(self.model.get_int_var_from_proto_index(number), value)

    def answer(self, work: float, *, seed: int = 0) -> Answer:
        """Solve it with so much work."""
        from ortools.sat.python import cp_model

        solver = _solver(work, seed)
        status = solver.solve(self.model)
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return Answer(
            seats=self._seats(solver) if found else None,
            bound=int(np.ceil(solver.best_objective_bound - 1e-6)) if self.costs else 0,
            proven=status in (cp_model.OPTIMAL, cp_model.INFEASIBLE),
            work=solver.response_proto.deterministic_time,
        )

    def _say(self, kept: Sequence[int] | None) -> None:
        """What is to be as small as can be, apart from what limits and wishes add."""
        if self.goal == "moves":
            self.costs += self._moves()
        if kept is not None:
            numbers = {*self.problem.rule[self.problem.weight == 0].tolist(), *(rule for rule, _people in self.problem.together)}
            numbers |= {self.problem.language} - {-1}
            self.kept = {rule: self.model.new_bool_var("") for rule in sorted(numbers)}
            for rule in kept:
                if rule in self.kept:
                    self.model.add(self.kept[rule] == 1)
            self.costs += [(1 - literal, 1) for literal in self.kept.values()]

    def _moves(self) -> list[tuple[Any, int]]:
        start = np.full(self.problem.people, -1) if self.start is None else self.start
        places = [(kind, row, int(start[kind[0]])) for kind, row in zip(self.kinds, self.there, strict=True)]
        return [(len(kind) - row[place], 1) for kind, row, place in places if place >= 0]

    def _must(self, constraint: Any, rule: int) -> None:
        """A constraint of a hard rule."""
        if rule in self.kept:
            constraint.only_enforce_if(self.kept[rule])

    def _limit(self, table: int) -> None:
        problem = self.problem
        here = [row[table] for row in self.there]
        first = np.array([kind[0] for kind in self.kinds])
        for limit in np.flatnonzero((problem.weight == 0) | (self.goal == "points")).tolist():
            amounts = problem.amounts[first, limit]
            total = sum(int(amounts[kind]) * here[kind] for kind in np.flatnonzero(amounts).tolist())
            least, most = int(problem.least[limit]), int(problem.most[limit])
            if problem.weight[limit]:
                self._spread(total, least, most, int(problem.weight[limit]), int(problem.amounts[:, limit].sum()))
            else:
                self._must(self.model.add_linear_constraint(total, least, most), int(problem.rule[limit]))

    def _spread(self, total: Any, least: int, most: int, weight: int, largest: int) -> None:
        """What is too much or too little at a table costs."""
        if largest > most:
            over = self.model.new_int_var(0, largest - most, "")
            self.model.add(total - over <= most)
            self.costs.append((over, weight))
        if least:
            under = self.model.new_int_var(0, least, "")
            self.model.add(total + under >= least)
            self.costs.append((under, weight))

    def _speak(self, table: int) -> None:
        """The table has one language; those who do not speak it sit there only with an interpreter."""
        rule, languages = self.problem.language, range(self.problem.spoken.shape[1])
        is_language = [self.model.new_bool_var("") for _language in languages]
        self.model.add_exactly_one(is_language)
        has_one: dict[tuple[int, ...], Any] = {}
        for speech, kinds in self.speeches:
            here, people = sum(self.there[kind][table] for kind in kinds), sum(len(self.kinds[kind]) for kind in kinds)
            follow = [is_language[language] for language in speech.spoken]
            for language, interpreters in speech.interpreters.items():
                if interpreters not in has_one:
                    has_one[interpreters] = self.model.new_bool_var("")
                    self.model.add(sum(self.there[one][table] for one in interpreters) >= 1).only_enforce_if(has_one[interpreters])
                follow.append(is_language[language])
                self._must(self.model.add(here <= people * (1 - is_language[language] + has_one[interpreters])), rule)
            if len(follow) < len(languages):
                self._must(self.model.add(here <= people * sum(follow)), rule)

    def _join(self) -> None:
        kind_of = {person: number for number, kind in enumerate(self.kinds) for person in kind}
        for rule, people in self.problem.together:
            first, *others = (self.there[kind_of[person]] for person in people)
            for other in others:
                for one, two in zip(first, other, strict=True):
                    self._must(self.model.add(one == two), rule)

    def _wish(self) -> None:
        kind_of = {person: number for number, kind in enumerate(self.kinds) for person in kind}
        for wish in self.problem.wishes:
            unmet = self.model.new_bool_var("")
            self.costs.append((unmet, wish.weight))
            self._meet(wish, unmet, kind_of)

    def _meet(self, wish: Wish, unmet: Any, kind_of: dict[int, int]) -> None:
        own = self.there[kind_of[wish.person]]
        for table in range(self.problem.tables):
            others = [self.there[kind_of[other]][table] for other in wish.others]
            self.model.add(sum(others) + wish.count * (1 - own[table] + unmet) >= wish.count)

    def _seats(self, solver: Any) -> Seats:
        seats = np.zeros(self.problem.people, dtype=np.int64)
        for kind, row in zip(self.kinds, self.there, strict=True):
            seats[kind] = np.repeat(np.arange(self.problem.tables), [solver.value(count) for count in row])
        return seats


def _solver(work: float, seed: int = 0) -> Any:
    from ortools.sat.python import cp_model

    solver: Any = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = work
    return solver


def _kinds(problem: Problem, start: Seats | None, *, with_points: bool) -> list[list[int]]:
    """People by kind, in the order of the first of each."""
    limits = (problem.weight == 0) | with_points
    alone = {person for _rule, people in problem.together for person in people}
    if with_points:
        alone |= {person for wish in problem.wishes for person in (wish.person, *wish.others)}
    kinds: dict[tuple[object, ...], list[int]] = {}
    for person in range(problem.people):
        own = person if person in alone else -1
        place = -1 if start is None else int(start[person])
        amounts = problem.amounts[person, limits].tobytes()
        kinds.setdefault((own, place, amounts, problem.spoken[person].tobytes(), problem.interpreted[person].tobytes()), []).append(person)
    return list(kinds.values())


def _speeches(problem: Problem, kinds: list[list[int]]) -> list[tuple[_Speech, list[int]]]:
    """The ways of speaking, with the kinds that speak so."""
    first = [kind[0] for kind in kinds]
    found: dict[tuple[bool, ...], list[int]] = {}
    for number, person in enumerate(first):
        found.setdefault(tuple(problem.spoken[person].tolist()), []).append(number)
    return [(_speech(problem, np.array(spoken, dtype=np.bool_), first), own) for spoken, own in found.items()]


def _speech(problem: Problem, spoken: NDArray[np.bool_], first: list[int]) -> _Speech:
    interpreted = problem.interpreted[first]  # (kinds, languages)
    reached = interpreted & np.any(interpreted & spoken, axis=1, keepdims=True) & ~spoken
    interpreters = {
        language: tuple(np.flatnonzero(reached[:, language]).tolist()) for language in np.flatnonzero(reached.any(axis=0)).tolist()
    }
    return _Speech(tuple(np.flatnonzero(spoken).tolist()), interpreters)
