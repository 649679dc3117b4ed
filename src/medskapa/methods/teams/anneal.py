"""Searching for a good seating: tables swap people, wildly at first and then ever more carefully (simulated annealing).

In each step tables are paired, each with several others if they are few; in each pair every swap of one block for another (or for an empty
chair) is priced at once, and one is drawn, the likelier the less it costs (a heat bath: Geman and Geman, 1984, IEEE PAMI 6; cooling:
Kirkpatrick, Gelatt and Vecchi, 1983, Science 220). One round of pairs brings tables of people to the tables of those whom they need.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from medskapa.methods.teams.blocks import STRICT, Blocks, Layer, Numbers, Places
from medskapa.methods.teams.problem import Problem, Seats

HOT, COLD = 1.5, 0.1  # temperatures, as shares of the mean weight of a wish
WARM = 0.4  # the first one where a seating is there already
PAIRS = 96  # tables that are paired in a step, at least: few tables are paired with more others
FEWEST = 50  # steps of a search, however little work it may take
# seconds that a step takes, about: once, for each layer of needs, for each part that is priced, and for each need that is
STEP, LAYER, PART, NEED = 1.5e-4, 3e-4, 1.5e-8, 2.5e-8
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Needs:
    """A layer of needs as they are now met. Unmet needs cost ``unmet``; without the block on a chair, those who stay cost ``without``,
    and less by ``won`` for each of them whom somebody who comes in its place helps.

    variant         (tables,) the language of each
    slack, unmet    (tables, chairs) how many more help than must, and what those cost who have too few
    without         (tables, chairs)
    won             (tables, chairs, chairs) by the chair of who goes, and of who stays
    """

    layer: Layer
    variant: Places
    slack: Numbers
    unmet: Numbers
    without: Numbers
    won: Numbers


@dataclass(frozen=True, slots=True)
class _State:
    """What the tables are like now.

    parts    (tables, chairs, parts) what limits cost without the block on a chair, if one of this amount comes
    has      (tables, chairs, parts) which amounts the block on a chair has
    away     (tables, chairs) what those who belong elsewhere cost, without the block on a chair
    soft     (tables,) points lost
    hard     (tables,) how often rules are broken, each at its price
    """

    parts: Numbers
    has: Numbers
    away: Numbers
    needs: list[_Needs]
    soft: Numbers
    hard: Numbers

    @property
    def cost(self) -> tuple[float, float]:
        """Broken rules first, then points."""
        return float(self.hard.sum()), float(self.soft.sum())


def annealed(
    problem: Problem,
    rng: np.random.Generator,
    seconds: float,
    *,
    start: Seats | None = None,
    home: Seats | None = None,
    enough: int = 0,
    progress: Progress | None = None,
) -> Seats:
    """The best seating of a search: the fewest broken rules, then the fewest points lost.

    seconds  about so much work, counted in steps
    start    a seating to begin with; it is at least matched
    home     where everybody belongs, -1 for nowhere: whoever sits elsewhere costs as much as a wish
    enough   as few points as this end the search
    """
    search = _Search(problem, rng, home)
    chairs = search.blocks.spread(rng) if start is None else search.blocks.seated(start)
    best, cost = chairs.copy(), (np.inf, np.inf)
    hot = HOT if start is None else WARM
    steps = max(int(seconds / search.step(*chairs.shape)), FEWEST)
    for step in range(steps):
        state = search.state(chairs)
        if state.cost < cost:
            best, cost = chairs.copy(), state.cost
        if cost <= (0, enough):
            break
        heat = search.blocks.scale * hot * (COLD / hot) ** (step / steps)
        search.swap(chairs, state, heat)
        if progress:
            progress(step, steps)
    return search.blocks.seats(best)


class _Search:
    """The prices of swaps.

    A limit's price depends on what leaves and what comes. What comes is one of the few amounts that blocks have, so limits are taken
    apart by those: ``limit`` and ``amount`` (parts,), and ``has`` (blocks + 1, parts) says which block brings which. ``away``
    (blocks + 1, tables) is what a block costs at a table where it does not belong.
    """

    def __init__(self, problem: Problem, rng: np.random.Generator, home: Seats | None) -> None:
        self.blocks, self.rng = Blocks(problem), rng
        self.is_hard = problem.weight == 0
        self.price = np.where(self.is_hard, STRICT * self.blocks.scale, problem.weight).astype(np.float32)
        self.most, self.least = problem.most.astype(np.float32), problem.least.astype(np.float32)
        known = [np.unique(amounts) for amounts in self.blocks.amounts.T]
        self.limit = np.repeat(np.arange(len(known)), [len(values) for values in known])
        self.amount = np.concatenate([np.zeros(0, dtype=np.float32), *known])
        self.has = (self.blocks.amounts[:, self.limit] == self.amount).astype(np.float32)
        self.away = np.zeros((self.blocks.empty + 1, problem.tables), dtype=np.float32)
        if home is not None:
            for block, people in enumerate(self.blocks.people):
                homes = np.array([home[person] for person in people if home[person] >= 0], dtype=np.int64)
                self.away[block] = self.blocks.scale * (len(homes) - np.bincount(homes, minlength=problem.tables))

    def step(self, tables: int, chairs: int) -> float:
        """How many seconds a step takes, about."""
        paired, layers = min(max(tables, PAIRS), tables * tables), len(self.blocks.layers)
        return STEP + LAYER * layers + PART * (tables + paired) * chairs * len(self.limit) + NEED * layers * paired * chairs * chairs

    def state(self, chairs: Places) -> _State:
        """What the tables are like."""
        amounts = self.blocks.amounts[chairs]
        sums = amounts.sum(axis=1)
        off = self._off(sums, np.arange(len(self.price)))
        needs = _needs(self.blocks.layers, chairs)
        away = self.away[chairs, np.arange(len(chairs))[:, None]]
        soft = off[:, ~self.is_hard].sum(axis=1) + away.sum(axis=1) + sum(one.unmet.sum(axis=1) for one in needs if not one.layer.is_hard)
        hard = off[:, self.is_hard].sum(axis=1) + sum(one.unmet.sum(axis=1) for one in needs if one.layer.is_hard)
        parts = self._off((sums[:, None, :] - amounts)[:, :, self.limit] + self.amount, self.limit)
        return _State(parts, self.has[chairs], away.sum(axis=1)[:, None] - away, needs, soft, hard)

    def _off(self, sums: Numbers, limits: Places) -> Numbers:
        """What sums cost that are outside of their limits."""
        off: Numbers = np.maximum(sums - self.most[limits], 0) + np.maximum(self.least[limits] - sums, 0)
        return off * self.price[limits]

    def swap(self, chairs: Places, state: _State, heat: float) -> None:
        """Let pairs of tables swap a block each, or nothing."""
        one, other = self._pairs(chairs, state)
        now = (state.soft + state.hard)[one] + (state.soft + state.hard)[other]
        mine, theirs = np.split(self._after(chairs, state, np.concatenate([one, other]), np.concatenate([other, one])), 2)
        costs = mine + theirs.transpose(0, 2, 1) - now[:, None, None]
        drawn = (self.rng.gumbel(size=costs.shape) - costs / heat).reshape(len(one), -1)
        best = drawn.argmax(axis=1)
        goes = drawn.max(axis=1) > self.rng.gumbel(size=len(one))
        free = np.ones(len(chairs), dtype=np.bool_)
        for pair in np.flatnonzero(goes).tolist():
            if free[one[pair]] and free[other[pair]]:
                free[[one[pair], other[pair]]] = False
                here, there = (one[pair], best[pair] // chairs.shape[1]), (other[pair], best[pair] % chairs.shape[1])
                chairs[here], chairs[there] = chairs[there], chairs[here]

    def _pairs(self, chairs: Places, state: _State) -> tuple[Places, Places]:
        """(pairs,) and (pairs,) Tables that may swap, in rounds in which each table is at most once."""
        tables = len(chairs)
        rounds = [self._by_need(chairs, state)]
        while sum(map(len, rounds)) < PAIRS and len(rounds) < tables - 1:
            rounds.append(self.rng.permutation(tables))
        even = tables // 2 * 2
        self.rng.shuffle(rounds)
        return np.concatenate([order[:even:2] for order in rounds]), np.concatenate([order[1::2] for order in rounds])

    def _after(self, chairs: Places, state: _State, one: Places, other: Places) -> Numbers:
        """(pairs, chairs, chairs) What the first table of a pair costs if its block on a chair goes and the other's comes."""
        costs: Numbers = state.parts[one] @ state.has[other].transpose(0, 2, 1)
        costs += state.away[one][:, :, None] + self.away[chairs[other], one[:, None]][:, None, :]
        for needs in state.needs:
            costs += _unmet_after(needs, one, chairs[one], chairs[other])
        return costs

    def _by_need(self, chairs: Places, state: _State) -> Places:
        """The tables in an order that pairs those where somebody misses somebody with a table where they sit."""
        seat = np.zeros(self.blocks.empty + 1, dtype=np.int64)
        seat[chairs] = np.arange(len(chairs))[:, None]
        missing = [(needs, *where) for needs in state.needs for where in np.argwhere(needs.slack < 0).tolist()]
        free, order = set(range(len(chairs))), []
        for number in self.rng.permutation(len(missing)).tolist():
            needs, table, chair = missing[number]
            if table in free:
                who = needs.layer.helps[needs.variant[table], needs.layer.kind[chairs[table, chair]]][needs.layer.kind[:-1]]
                others = np.flatnonzero(who)
                where = int(seat[others[self.rng.integers(len(others))]]) if len(others) else table
                if where in free and where != table:
                    order += [table, where]
                    free -= {table, where}
        rest = np.array(sorted(free), dtype=np.int64)
        return np.concatenate([np.array(order, dtype=np.int64), self.rng.permutation(rest)])


def _needs(layers: list[Layer], chairs: Places) -> list[_Needs]:
    """How the needs are met. The language of a table is the one in which the fewest are lost, then the most common."""
    tables = np.arange(len(chairs))
    helps = [layer.helps[:, layer.kind[chairs][:, :, None], layer.kind[chairs][:, None, :]] for layer in layers]
    slacks = [helped.sum(axis=3) - layer.needs[:, layer.kind[chairs]] for layer, helped in zip(layers, helps, strict=True)]
    lost = [((slack < 0) * layer.weigh[chairs]).sum(axis=2) for layer, slack in zip(layers, slacks, strict=True) if layer.is_hard]
    language = np.sum(lost, axis=0).argmin(axis=0) if lost else tables * 0
    found = []
    for layer, helped, slack in zip(layers, helps, slacks, strict=True):
        variant = language if layer.is_hard else tables * 0
        found.append(_met(layer, variant, helped[variant, tables], slack[variant, tables], layer.weigh[chairs]))
    return found


def _met(layer: Layer, variant: Places, helps: Numbers, slack: Numbers, weigh: Numbers) -> _Needs:
    """Who stays with slack 0 loses if a helper goes and none comes; with slack -1 they win if a helper comes and none goes."""
    unmet = weigh * (slack < 0)
    lost = ((weigh * (slack == 0))[:, :, None] * helps).transpose(0, 2, 1)
    won = ((weigh * (slack == -1))[:, :, None] * (1 - helps)).transpose(0, 2, 1)
    chairs = np.arange(slack.shape[1])
    won[:, chairs, chairs] = 0  # who goes wins nothing
    return _Needs(layer, variant, slack, unmet, unmet.sum(axis=1)[:, None] - unmet + lost.sum(axis=2), lost + won)


def _unmet_after(needs: _Needs, one: Places, go: Places, come: Places) -> Numbers:
    """(pairs, chairs, chairs) What unmet needs cost at a table if a block goes and another comes."""
    layer, variant = needs.layer, needs.variant[one]
    stay = needs.without[one][:, :, None] - needs.won[one] @ _helps(layer, variant, go, come)
    back = _helps(layer, variant, come, go)  # (pairs, who comes, whom they meet)
    met = back.sum(axis=2)[:, None, :] - back.transpose(0, 2, 1)
    return np.asarray(stay + (met < layer.needs[variant[:, None], layer.kind[come]][:, None, :]) * layer.weigh[come][:, None, :])


def _helps(layer: Layer, variant: Places, these: Places, those: Places) -> Numbers:
    kinds = layer.helps.shape[1]
    first = (variant[:, None] * kinds + layer.kind[these]) * kinds
    found: Numbers = layer.helps.ravel().take(first[:, :, None] + layer.kind[those][:, None, :])
    return found
