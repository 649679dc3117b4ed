"""How few points any seating can lose: a proof that needs no tables.

Sitting with somebody can be a wish, and too many of one kind at a table. Say that a table has k of a kind where c would be even: it loses
k − c, and each of the k bears an equal share of that, (k − c) / k, which grows with k. Whoever sits with one they wished for has at least
that one beside them, so both bear at least the share of two; whoever sits with none misses their wish. A linear programme chooses for each
wish the cheapest of these, and what it chooses no seating can beat. That is for wishes that tie very many people to each other; where they
are fewer, all that could sit together is looked at (``pieces``).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array

from medskapa.methods.teams.blocks import Block, joined
from medskapa.methods.teams.pieces import Net, Tie
from medskapa.methods.teams.problem import Problem

NEAR = 1e-6  # what a linear programme may be off


@dataclass(slots=True)
class _Programme:
    """Minimise costs · x with rows · x ≥ least, 0 ≤ x."""

    costs: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)
    least: list[float] = field(default_factory=list)

    def variable(self, cost: float) -> int:
        self.costs.append(cost)
        return len(self.costs) - 1

    def row(self, parts: dict[int, float], least: float) -> None:
        self.entries += [(len(self.least), variable, part) for variable, part in parts.items()]
        self.least.append(least)

    def smallest(self) -> float:
        if not self.least:
            return 0.0
        rows, columns, parts = zip(*self.entries, strict=True)
        table = coo_array((np.negative(parts), (rows, columns)), shape=(len(self.least), len(self.costs)))
        return float(linprog(self.costs, A_ub=table.tocsr(), b_ub=np.negative(self.least), method="highs").fun)


def fewest_lost(problem: Problem) -> int:
    """No seating that keeps the hard rules loses fewer points than this.

    >>> from medskapa.methods.teams.rules import Group, Mix, Near, Rules
    >>> cells = {one: {"unit": "north", "friend": friend} for one, friend in {"a": "b", "b": "a", "c": "", "d": ""}.items()}
    >>> rules = Rules((), (Mix("unit"), Near("friend", weight=3)))
    >>> fewest_lost(Problem.of(Group(cells), 4, rules))  # together: one too many here, one too few there; apart: two wishes of 3 are missed
    2
    """
    blocks = joined(problem.people, [people for _rule, people in problem.together])
    return _Bound(problem, blocks).fewest()


class _Bound:
    """The linear programme of a problem."""

    def __init__(self, problem: Problem, blocks: list[Block]) -> None:
        self.problem, self.blocks = problem, blocks
        self.amounts = np.array([problem.amounts[block].sum(axis=0) for block in blocks], dtype=np.int64)
        self.block_of = {person: number for number, block in enumerate(blocks) for person in block}
        self.programme = _Programme()
        self.shares: dict[tuple[int, int], int] = {}  # (block, limit) → the variable of what it bears beyond what it bears alone

    def fewest(self) -> int:
        """The bound, in whole points."""
        lost, ties = 0, list(self._ties())
        nets = joined(len(self.blocks), [(tie.own, *tie.others) for tie in ties])
        net_of = {block: number for number, net in enumerate(nets) for block in net}
        within: dict[int, list[Tie]] = defaultdict(list)
        for tie in ties:
            within[net_of[tie.own]].append(tie)
        for number, own in within.items():
            in_pieces = self._in_pieces(nets[number], own)
            if in_pieces is None:
                for tie in own:
                    self._wish(tie)
            lost += in_pieces or 0
        return lost + math.ceil(self._alone() + self.programme.smallest() - NEAR)

    def _ties(self) -> Iterator[Tie]:
        """The wishes that do not come true within a block."""
        for wish in self.problem.wishes:
            own = self.block_of[wish.person]
            inside = sum(self.block_of[other] == own for other in wish.others)
            if inside < wish.count:
                others = Counter(self.block_of[other] for other in wish.others if self.block_of[other] != own)
                yield Tie(own, others, wish.count - inside, wish.weight)

    def _in_pieces(self, net: Block, ties: list[Tie]) -> int | None:
        place = {block: number for number, block in enumerate(net)}
        local = [
            Tie(place[tie.own], Counter({place[other]: people for other, people in tie.others.items()}), tie.count, tie.weight)
            for tie in ties
        ]
        prices = self.problem.weight * self._times()
        return Net(self.amounts[net], self.problem.most, prices, local).fewest()

    def _alone(self) -> float:
        """What blocks lose whoever sits beside them: those that are too large for an even share."""
        over = np.maximum(self.amounts - self.problem.most, 0) * self.problem.weight
        return float((over * self._times()).sum())

    def _times(self) -> NDArray[np.int64]:
        """(limits,) Where the even share is a whole number, what is too much at one table is too little at another."""
        return np.where(self.problem.least == self.problem.most, 2, 1)

    def _wish(self, tie: Tie) -> None:
        """Either the wish is missed, or enough of the others sit there and bear their share."""
        own, count = tie.own, tie.count
        row = {self.programme.variable(tie.weight): float(count)}
        borne: dict[int, dict[int, float]] = defaultdict(dict)  # limit → variable of a companion → what sitting with them costs
        for other, people in sorted(tie.others.items()):
            if self._may_meet(own, other):
                sits = self.programme.variable(0)
                self.programme.row({sits: -1}, -1)
                row[sits] = float(min(people, count))
                for limit, mine, theirs in self._cost(own, other):
                    borne[limit][sits] = mine * row[sits] / count
                    self.programme.row({self._share(other, limit): 1, sits: -theirs}, 0)
        self.programme.row(row, count)
        for limit, costs in borne.items():
            self.programme.row({self._share(own, limit): 1} | {sits: -cost for sits, cost in costs.items()}, 0)

    def _may_meet(self, one: int, other: int) -> bool:
        """Whether two blocks fit at one table at all."""
        is_hard = self.problem.weight == 0
        return bool((self.amounts[one] + self.amounts[other] <= self.problem.most)[is_hard].all())

    def _cost(self, one: int, other: int) -> Iterator[tuple[int, float, float]]:
        """(limit, what one bears, what the other bears) beyond what each bears alone, if they sit together."""
        mine, theirs, most = self.amounts[one], self.amounts[other], self.problem.most
        prices = self.problem.weight * self._times()
        for limit in np.flatnonzero((prices > 0) & (mine > 0) & (theirs > 0) & (mine + theirs > most)).tolist():
            part = float(mine[limit] + theirs[limit] - most[limit]) / float(mine[limit] + theirs[limit])
            alone = np.maximum([mine[limit] - most[limit], theirs[limit] - most[limit]], 0)
            shares = np.array([mine[limit], theirs[limit]]) * part - alone
            yield limit, float(shares[0] * prices[limit]), float(shares[1] * prices[limit])

    def _share(self, block: int, limit: int) -> int:
        if (block, limit) not in self.shares:
            self.shares[block, limit] = self.programme.variable(1)
        return self.shares[block, limit]
