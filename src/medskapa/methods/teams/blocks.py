"""Blocks: people who sit together move as one. What blocks count for the limits, and what they need from each other."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.teams.problem import Problem, Seats

Numbers = NDArray[np.float32]
Places = NDArray[np.int64]
Block = list[int]
STRICT = 10.0  # what one broken hard rule weighs, as often as the mean weight of a wish


@dataclass(frozen=True, slots=True)
class Layer:
    """At most one need of each block: so many others at its table that help it.

    kind   (blocks + 1,)             of each block; the last block is an empty chair
    helps  (variants, kinds, kinds)  1 where a block of the second kind helps one of the first; a variant is a language of the table
    needs  (variants, kinds)         how many must help
    weigh  (blocks + 1,)             what an unmet need costs
    """

    kind: Places
    helps: Numbers
    needs: Numbers
    weigh: Numbers
    is_hard: bool


class Blocks:
    """The blocks of a problem, in numbers as the search needs them.

    amounts  (blocks + 1, limits)  the last block is an empty chair
    most     how many people a table may have
    chairs   how many blocks a table holds at most, empty chairs among them
    scale    the mean weight of a wish
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people = joined(problem.people, [people for _rule, people in problem.together])
        self.empty = len(self.people)
        self.amounts = np.zeros((self.empty + 1, len(problem.least)), dtype=np.float32)
        for block, people in enumerate(self.people):
            self.amounts[block] = problem.amounts[people].sum(axis=0)
        self.most = _most(problem)
        even = -(-self.empty // problem.tables)
        self.chairs = max(even, min(self.most, 2 * even + 2), 1)  # enough for the largest size, but not many more than are used
        weights = [*problem.weight[problem.weight > 0].tolist(), *(wish.weight for wish in problem.wishes)]
        self.scale = float(np.mean(weights)) if weights else 1.0
        self.layers = [*_wish_layers(problem, self.people), *_speech_layers(problem, self.people, STRICT * self.scale)]

    def seats(self, chairs: Places) -> Seats:
        """(people,) The table of each, from (tables, chairs) the block on each chair."""
        seats = np.zeros(self.problem.people, dtype=np.int64)
        for table, blocks in enumerate(chairs.tolist()):
            for block in blocks:
                if block < self.empty:
                    seats[self.people[block]] = table
        return seats

    def seated(self, seats: Seats) -> Places:
        """(tables, chairs) The block on each chair, from (people,) the table of each; a block sits where its first person does.

        Who would be one too many for the size of a table sits where the fewest are.
        """
        chairs: list[Block] = [[] for _table in range(self.problem.tables)]
        for block, people in enumerate(self.people):
            own = chairs[seats[people[0]]]
            (own if len(own) < max(self.chairs, self.most) else min(chairs, key=len)).append(block)
        self.chairs = max(self.chairs, *(len(blocks) for blocks in chairs))
        return np.array([blocks + [self.empty] * (self.chairs - len(blocks)) for blocks in chairs], dtype=np.int64)

    def spread(self, rng: np.random.Generator) -> Places:
        """(tables, chairs) The blocks by lot, as many at each table."""
        places = np.full(self.chairs * self.problem.tables, self.empty, dtype=np.int64)
        places[: self.empty] = rng.permutation(self.empty)
        return np.ascontiguousarray(places.reshape(self.chairs, self.problem.tables).T)


def joined(people: int, together: Sequence[Sequence[int]]) -> list[Block]:
    """The people in blocks: groups that share somebody are one block, and everybody else is alone."""
    block = {person: [person] for person in range(people)}
    for group in together:
        merged = sorted({one for person in group for one in block[person]})
        block.update(dict.fromkeys(merged, merged))
    return [people for person, people in block.items() if people[0] == person]


def _most(problem: Problem) -> int:
    """How many people a table may have."""
    everybody = [limit for limit in np.flatnonzero(problem.weight == 0) if (problem.amounts[:, limit] == 1).all()]
    return min((int(problem.most[limit]) for limit in everybody), default=problem.people)


def _wish_layers(problem: Problem, blocks: list[Block]) -> list[Layer]:
    """The wishes of blocks, one a layer; what comes true within a block is left out."""
    block_of = {person: block for block, people in enumerate(blocks) for person in people}
    needs: list[list[tuple[set[int], int, int]]] = [[] for _block in blocks]
    for wish in problem.wishes:
        own = block_of[wish.person]
        inside = sum(block_of[other] == own for other in wish.others)
        if inside < wish.count:
            needs[own].append(({block_of[other] for other in wish.others} - {own}, wish.count - inside, wish.weight))
    return [_wish_layer([found[number : number + 1] for found in needs]) for number in range(max(map(len, needs), default=0))]


def _wish_layer(needs: list[list[tuple[set[int], int, int]]]) -> Layer:
    size = len(needs) + 1
    helps, count, weigh = np.zeros((1, size, size), dtype=np.float32), np.zeros((1, size)), np.zeros(size)
    for block, found in enumerate(needs):
        for others, least, weight in found:
            helps[0, block, list(others)] = 1
            count[0, block], weigh[block] = least, weight
    return Layer(np.arange(size), helps, count.astype(np.float32), weigh.astype(np.float32), is_hard=False)


def _speech_layers(problem: Problem, blocks: list[Block], price: float) -> list[Layer]:
    """What blocks need to follow each language: somebody who interprets it for the first, second … way of speaking in the block."""
    if not problem.spoken.shape[1]:
        return []
    order = np.argsort(-problem.spoken.sum(axis=0), kind="stable")  # the most common language first
    speech = np.concatenate([problem.spoken[:, order], problem.interpreted[:, order]], axis=1)
    ways = [tuple(map(tuple, speech[people].tolist())) for people in blocks]
    kinds = sorted({tuple(sorted(set(way))) for way in ways})
    kind = np.array([kinds.index(tuple(sorted(set(way)))) for way in ways] + [len(kinds)])
    layers = []
    for number in range(max(map(len, kinds))):
        people = [
            sum(one == kinds[which][number] for one in way) if number < len(kinds[which]) else 0
            for way, which in zip(ways, kind, strict=False)
        ]
        layers.append(_speech_layer(kinds, kind, number, np.array([*people, 0]) * price))
    return layers


def _speech_layer(kinds: list[tuple[tuple[bool, ...], ...]], kind: Places, number: int, weigh: NDArray[np.float64]) -> Layer:
    languages = len(kinds[0][0]) // 2
    size = len(kinds) + 1
    helps, needs = np.zeros((languages, size, size), dtype=np.float32), np.zeros((languages, size), dtype=np.float32)
    for own, ways in enumerate(kinds):
        if number < len(ways):
            spoken = np.array(ways[number][:languages])
            serving = np.array([_serves(spoken, np.array(others)[:, languages:]) for others in kinds])  # (kinds, languages)
            helps[:, own, : len(kinds)] = serving.T
            needs[:, own] = ~(spoken | serving[own])
    return Layer(kind, helps, needs, weigh.astype(np.float32), is_hard=True)


def _serves(spoken: NDArray[np.bool_], interpreted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(languages,) Into which languages a block with these interpreters interprets for somebody who speaks these."""
    return np.asarray(interpreted[(interpreted & spoken).any(axis=1)].any(axis=0), dtype=np.bool_)
