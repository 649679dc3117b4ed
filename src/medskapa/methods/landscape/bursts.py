"""Answers that come in bursts: many people who begin within ten minutes and answer exactly alike, as others hardly ever do.

Neither is a fault alone: a class begins in the same minute, and friends think alike. It is marked only if it would happen less than once
in a million times, had the moment nothing to do with the answers. Where somebody answered from is not known
here, so nobody is marked for sharing an address. A mark is a question to a person, never a verdict.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scipy.stats import hypergeom

WINDOW = 600.0  # seconds between the first and the last who begin
FEWEST = 5  # people in a burst
CHANCE = 1e-6  # of so many alike in one window, if moment and answer had nothing to do with each other

Answers = frozenset[tuple[int, int]]  # statement, and what was answered to it


@dataclass(frozen=True)
class Person:
    """When somebody began, in seconds from any moment, and what they answered: by statement 1, 0 or -1."""

    began: float
    answers: Mapping[int, int]


@dataclass(frozen=True)
class Burst:
    """People who began within the window and answered exactly alike.

    people    their ids
    began     when the first and the last of them began
    chance    of so many alike in the window, if the moment had nothing to do with the answers
    """

    people: frozenset[int]
    began: tuple[float, float]
    chance: float


def bursts(people: Mapping[int, Person]) -> list[Burst]:
    """All bursts among people, by their ids; the least likely first. Each person stands in one at most.

    For each set of answers that at least five people gave: of all N who answered these statements K did so alike; of the n who began
    within one window of 600 s, m. It is a burst if that many of the K in the window have a chance below one in a million, drawn at
    random without putting back (Fisher's exact test, one-sided). Where nobody came at another time that chance is 1.

    Whoever copies with errors, or sends few in each ten minutes, is not found. Source: Fisher (1935), The logic of inductive inference.
    """
    found = [burst for answers, ids in _alike(people).items() for burst in _in_windows(answers, ids, people)]
    taken: set[int] = set()
    kept = []
    for burst in sorted(found, key=lambda one: (one.chance, -len(one.people), min(one.people))):
        if taken.isdisjoint(burst.people):
            kept.append(burst)
            taken |= burst.people
    return kept


def _alike(people: Mapping[int, Person]) -> dict[Answers, list[int]]:
    """Those who gave exactly the same answers to the same statements, in the order in which they began."""
    found: dict[Answers, list[int]] = defaultdict(list)
    for one in sorted(people, key=lambda one: (people[one].began, one)):
        found[frozenset(people[one].answers.items())].append(one)
    return {answers: ids for answers, ids in found.items() if answers and len(ids) >= FEWEST}


def _in_windows(answers: Answers, ids: Sequence[int], people: Mapping[int, Person]) -> list[Burst]:
    asked = [statement for statement, _value in answers]
    able = {one: answers <= person.answers.items() for one, person in people.items() if all(name in person.answers for name in asked)}
    moments = [people[one].began for one in ids]
    found = []
    for first, begin in enumerate(moments):
        inside = [one for one, moment in zip(ids[first:], moments[first:], strict=True) if moment <= begin + WINDOW]
        if len(inside) >= FEWEST:
            chance = _chance(able, {one for one in able if begin <= people[one].began <= begin + WINDOW})
            if chance < CHANCE:
                found.append(Burst(frozenset(inside), (begin, people[inside[-1]].began), chance))
    return found


def _chance(able: Mapping[int, bool], inside: set[int]) -> float:
    """Of at least as many alike inside the window, if those alike were spread over everybody by lot."""
    alike = sum(able[one] for one in inside)
    return float(hypergeom.sf(alike - 1, len(able), sum(able.values()), len(inside)))
