"""A seating in numbers: people are numbered in the order of their ids, tables from 0, and a seating is (people,) the table of each."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.teams.rules import Balance, Group, Hard, Language, Limit, Mix, Near, Rules, Soft, Together

Seats = NDArray[np.int64]  # (people,) the table of each; -1 for whoever has none yet


@dataclass(frozen=True, slots=True)
class Wish:
    """A person wishes to sit with at least ``count`` of ``others``."""

    person: int
    others: tuple[int, ...]
    count: int
    weight: int
    rule: int  # which of the soft rules


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be solved.

    amounts       (people, limits)     what each person counts for each limit
    least, most   (limits,)            between these the sum of a table lies, or should lie
    weight        (limits,)            points lost for each one more or less; 0 where the limit must be kept
    rule          (limits,)            which of the hard rules (weight 0) or the soft ones it comes from
    together      groups who sit at one table, each with its rule
    wishes        to sit with others
    language      which of the hard rules asks for a common language; -1 for none
    spoken        (people, languages)  who speaks which; no language where no rule asks for it
    interpreted   (people, languages)  who interprets which
    """

    tables: int
    amounts: NDArray[np.int64]
    least: NDArray[np.int64]
    most: NDArray[np.int64]
    weight: NDArray[np.int64]
    rule: NDArray[np.int64]
    together: tuple[tuple[int, tuple[int, ...]], ...]
    wishes: tuple[Wish, ...]
    language: int
    spoken: NDArray[np.bool_]
    interpreted: NDArray[np.bool_]

    @classmethod
    def of(cls, group: Group, tables: int, rules: Rules) -> "Problem":
        """The rules in numbers. Raises MethodError for a column, a value or a person that is not there."""
        limits = [*_limits(group, tables, rules.hard), *_limits(group, tables, rules.soft)]
        language = next((number for number, rule in enumerate(rules.hard) if isinstance(rule, Language)), -1)
        spoken, interpreted = _speech(group, rules.hard, language)
        return cls(
            tables=tables,
            amounts=np.array([limit.amounts for _rule, _weight, limit in limits], dtype=np.int64).reshape(len(limits), len(group)).T,
            least=np.array([limit.least for _rule, _weight, limit in limits], dtype=np.int64),
            most=np.array([limit.most for _rule, _weight, limit in limits], dtype=np.int64),
            weight=np.array([weight for _rule, weight, _limit in limits], dtype=np.int64),
            rule=np.array([rule for rule, _weight, _limit in limits], dtype=np.int64),
            together=tuple(
                (number, tuple(group.places(rule.people))) for number, rule in enumerate(rules.hard) if isinstance(rule, Together)
            ),
            wishes=tuple(wish for number, rule in enumerate(rules.soft) if isinstance(rule, Near) for wish in _wishes(group, rule, number)),
            language=language,
            spoken=spoken,
            interpreted=interpreted,
        )

    @property
    def people(self) -> int:
        """How many there are."""
        return len(self.amounts)

    def part(self, people: NDArray[np.int64], tables: int) -> "Problem":
        """Only these people, at so many tables, without wishes to sit with others. Groups must be in it as a whole, or not at all."""
        place = {person: number for number, person in enumerate(people.tolist())}
        together = tuple((rule, tuple(place[one] for one in group)) for rule, group in self.together if group[0] in place)
        return replace(
            self,
            tables=tables,
            amounts=self.amounts[people],
            together=together,
            wishes=(),
            spoken=self.spoken[people],
            interpreted=self.interpreted[people],
        )

    def without_wishes(self) -> "Problem":
        """Only what must hold."""
        is_hard = self.weight == 0
        least, most, weight, rule = (values[is_hard] for values in (self.least, self.most, self.weight, self.rule))
        return replace(self, amounts=self.amounts[:, is_hard], least=least, most=most, weight=weight, rule=rule, wishes=())

    def sums(self, seats: Seats) -> NDArray[np.int64]:
        """(tables, limits) What the people of each table sum to."""
        sums = np.zeros((self.tables, len(self.least)), dtype=np.int64)
        is_seated = seats >= 0
        np.add.at(sums, seats[is_seated], self.amounts[is_seated])
        return sums

    def off(self, seats: Seats) -> NDArray[np.int64]:
        """(tables, limits) How far each table is outside of each limit."""
        sums = self.sums(seats)
        off: NDArray[np.int64] = np.maximum(sums - self.most, 0) + np.maximum(self.least - sums, 0)
        return off

    def impossible(self) -> NDArray[np.int64]:
        """Hard rules that no seating keeps, because of all people together there are too many or too few."""
        total = self.amounts.sum(axis=0)
        is_off = (total > self.tables * self.most) | (total < self.tables * self.least)
        return np.unique(self.rule[is_off & (self.weight == 0)])

    def broken(self, seats: Seats) -> int:
        """How often a hard rule is broken: 0 for a seating that may be used."""
        return int(self.broken_at(seats).sum())

    def broken_at(self, seats: Seats) -> NDArray[np.int64]:
        """(tables,) How often a hard rule is broken at each table. A group that is torn breaks one at each of its tables."""
        broken: NDArray[np.int64] = self.off(seats)[:, self.weight == 0].sum(axis=1)
        for _rule, people in self.together:
            tables = np.unique(seats[list(people)])
            tables = tables[tables >= 0]
            broken[tables] += len(tables) > 1
        if self.language >= 0:
            broken += [int(self.unserved(seats, table).min()) for table in range(self.tables)]
        return broken

    def unserved(self, seats: Seats, table: int) -> NDArray[np.int64]:
        """(languages,) How many at a table neither speak a language nor have somebody there who interprets it for them."""
        spoken, interpreted = self.spoken[seats == table], self.interpreted[seats == table]
        can_reach = (spoken.astype(np.int64) @ interpreted.T.astype(np.int64)) > 0  # (listener, interpreter)
        is_served = can_reach.astype(np.int64) @ interpreted.astype(np.int64) > 0
        return np.asarray((~(spoken | is_served)).sum(axis=0))

    def is_met(self, seats: Seats, wish: Wish) -> bool:
        """Whether a wish comes true."""
        return int((seats[list(wish.others)] == seats[wish.person]).sum()) >= wish.count

    def missed(self, seats: Seats, rules: int) -> NDArray[np.int64]:
        """(soft rules,) How many people too many or too few sit somewhere, or miss whom they wished for; without weights."""
        missed = np.zeros(rules, dtype=np.int64)
        off = self.off(seats).sum(axis=0)
        for limit in np.flatnonzero(self.weight):
            missed[self.rule[limit]] += off[limit]
        for wish in self.wishes:
            missed[wish.rule] += not self.is_met(seats, wish)
        return missed

    def lost(self, seats: Seats) -> int:
        """The points that a seating loses: what is missed, by weight."""
        unmet = sum(wish.weight for wish in self.wishes if not self.is_met(seats, wish))
        return int((self.off(seats).sum(axis=0) * self.weight).sum()) + unmet


def points(problem: Problem, rules: int) -> NDArray[np.int64]:
    """(soft rules,) How many people each wish is about: for a sum, what it sums to. Without weights."""
    total = np.zeros(rules, dtype=np.int64)
    for limit in np.flatnonzero(problem.weight):
        total[problem.rule[limit]] += problem.amounts[:, limit].sum()
    for wish in problem.wishes:
        total[wish.rule] += 1
    return total


def _limits(group: Group, tables: int, rules: tuple[Hard, ...] | tuple[Soft, ...]) -> list[tuple[int, int, Limit]]:
    """The limits of rules with their number and weight; without those that no seating could miss."""
    return [
        (number, rule.weight if isinstance(rule, Mix | Balance) else 0, limit)
        for number, rule in enumerate(rules)
        if not isinstance(rule, Near)
        for limit in rule.limits(group, tables)
        if limit.least > 0 or limit.amounts.sum() > limit.most
    ]


def _speech(group: Group, rules: tuple[Hard, ...], language: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    rule = rules[language] if language >= 0 else None
    if not isinstance(rule, Language):
        return np.zeros((len(group), 0), dtype=np.bool_), np.zeros((len(group), 0), dtype=np.bool_)
    _names, spoken, interpreted = rule.spoken(group)
    return spoken, interpreted


def _wishes(group: Group, rule: Near, number: int) -> list[Wish]:
    return [Wish(person, others, min(rule.count, len(others)), rule.weight, number) for person, others in rule.wished(group)]
