"""In which order one person is asked statements: at random, those that need answers sooner.

Polis shows one comment at a time, drawn by weights: how well it foretells where people stand, how likely it joins them, how new it is,
and how seldom it is passed (https://compdemocracy.org/comment-routing/). Of these only the third is taken: a statement that has few
answers has the widest interval, and needs them most. The others would let those who answer first decide what the rest are asked.
"""

import math
from collections.abc import Mapping
from hashlib import sha256


def weight(answers: int) -> float:
    """How much a statement needs answers: 1 with none, and half as much each time they have doubled (1, 2, 4, 8, …).

    In steps, so that what others answer meanwhile seldom changes whose turn it is.
    """
    return math.ldexp(1.0, -answers.bit_length())


def order(answers: Mapping[str, int], *, seed: str) -> list[str]:
    """All statements, each once, in the order in which one person is asked them.

    answers  by statement: how many have answered it
    seed     of the person in this conversation: the same seed and the same weights give the same order

    Each next one is drawn from those left with a probability in proportion to its weight: who has the smallest of −ln(u) / weight is
    first, where u is a number between 0 and 1 that belongs to person and statement. So a statement that comes in or is answered moves
    no other. Ties go by id.

    Source: Efraimidis and Spirakis (2006), Weighted random sampling with a reservoir, Information Processing Letters 97(5).
    """
    return sorted(answers, key=lambda statement: (-math.log(_drawn(seed, statement)) / weight(answers[statement]), statement))


def _drawn(seed: str, statement: str) -> float:
    """The number that belongs to a person and a statement, above 0 and below 1."""
    digest = sha256(f"{seed} {statement}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") // 2**12 + 0.5) / 2**52
