"""Matching people with places that take several: stable, by the wishes of both sides, or with the smallest sum of ranks.

*Stable*: no person and place would both rather have each other than what they got. Deferred acceptance finds such a matching, the best
stable one for whoever proposes (Gale and Shapley, 1962, College admissions and the stability of marriage, American Mathematical Monthly
69). Who stays without a place, and which places stay with room, is the same in every stable matching (Roth, 1986, Econometrica 54).

*Least cost*: as many people as possible get a place they wished for, and then the sum of the ranks on both sides is as small as it can be
(the assignment problem; Kuhn, 1955). It can leave pairs who would rather have each other: they are named.

Who is not wished for is not taken. Equal ranks are put in an order by lot, the same for everybody. A place that ranks nobody takes
everybody who wishes for it as equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from scipy.optimize import linear_sum_assignment

from medskapa.methods.errors import MethodError
from medskapa.methods.tables import read_table

Ranks = Mapping[str, Mapping[str, int]]
Side = Literal["people", "places"]


@dataclass(frozen=True)
class Market:
    """Who wishes for what. Lower ranks are better.

    people      person → place → rank, the places a person wishes for
    places      place → person → rank, the people a place wishes for; empty for a place that takes everybody
    capacities  place → how many people it takes

    Raises MethodError for a wish for something that is not there, or a capacity below 0.
    """

    people: Ranks
    places: Ranks
    capacities: Mapping[str, int]

    def __post_init__(self) -> None:
        for person, place in ((person, place) for person, wishes in self.people.items() for place in wishes):
            if place not in self.capacities:
                raise MethodError(f"{person} wishes for {place}, expected a place that has a capacity")
        for place, person in ((place, person) for place, wishes in self.places.items() for person in wishes):
            if person not in self.people:
                raise MethodError(f"{place} wishes for {person}, expected a person who has wishes, too")
        if small := {place: capacity for place, capacity in self.capacities.items() if capacity < 0}:
            raise MethodError(f"{min(small)} has a capacity of {small[min(small)]}, expected at least 0")

    def are_open(self, person: str, place: str) -> bool:
        """Whether both would take each other."""
        wanted = self.places.get(place)
        return place in self.people[person] and (not wanted or person in wanted)

    def rank_by_person(self, person: str, place: str) -> int:
        """How far down a person's list a place stands."""
        return self.people[person][place]

    def rank_by_place(self, place: str, person: str) -> int:
        """How far down a place's list a person stands; 1 where the place ranks nobody."""
        return self.places[place][person] if self.places.get(place) else 1


@dataclass(frozen=True, slots=True)
class Matching:
    """Who got which place, and what is not as both would wish.

    pairs     person → place
    without   people who got no place
    blocking  (person, place) who would both rather have each other; empty for a stable matching
    ranks     rank → how many people got a place of that rank
    """

    pairs: Mapping[str, str]
    without: tuple[str, ...]
    blocking: tuple[tuple[str, str], ...]
    ranks: Mapping[int, int]


def stable(market: Market, rng: np.random.Generator, *, best_for: Side = "people") -> Matching:
    """The stable matching that is best for all people, or for all places, at once.

    >>> market = Market({"Ada": {"north": 1, "south": 2}, "Bo": {"north": 1}}, {"north": {"Bo": 1, "Ada": 2}}, {"north": 1, "south": 1})
    >>> stable(market, np.random.default_rng(0)).pairs
    {'Ada': 'south', 'Bo': 'north'}
    """
    lot = _lot(market, rng)
    held = _people_propose(market, lot) if best_for == "people" else _places_propose(market, lot)
    return _matching(market, {person: place for place, people in held.items() for person in people}, lot)


def least_cost(market: Market, rng: np.random.Generator) -> Matching:
    """A matching of as many people as possible with the smallest sum of ranks of both sides."""
    lot = _lot(market, rng)
    people = sorted(market.people, key=lot.__getitem__)
    seats = [place for place in sorted(market.capacities) for _seat in range(min(market.capacities[place], len(people)))]
    costs = np.array([[_cost(market, person, place) for place in seats] for person in people], dtype=np.float64).reshape(
        len(people), len(seats)
    )
    nobody = 1 + np.where(np.isfinite(costs), costs, 0).max(initial=0) * max(1, len(people))  # dearer than any sum of wishes
    rows, columns = linear_sum_assignment(np.where(np.isfinite(costs), costs, nobody))
    pairs = {people[row]: seats[column] for row, column in zip(rows, columns, strict=True) if np.isfinite(costs[row, column])}
    return _matching(market, pairs, lot)


def blocking_pairs(market: Market, pairs: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(person, place) who would both rather have each other than what a matching gave them; equal ranks do not count as rather."""
    taken = {place: [person for person, own in pairs.items() if own == place] for place in market.capacities}
    return tuple(
        (person, place)
        for person in sorted(market.people)
        for place in sorted(market.people[person])
        if market.are_open(person, place)
        and _would_leave(market, person, place, pairs)
        and _would_take(market, place, person, taken[place])
    )


def read_market(wishes: Path, capacities: Path) -> Market:
    """Read wishes (``from,to,rank``: from a person to a place, or from a place to a person) and capacities (``place,capacity``).

    Raises BadInput with the line at fault.
    """
    room: dict[str, int] = {}
    for row in read_table(capacities, ("place", "capacity")):
        if row.filled("place") in room:
            raise row.bad(f"the place {row['place']} stands there twice", "each place once")
        room[row["place"]] = row.whole("capacity", least=0)
    people: dict[str, dict[str, int]] = {}
    places: dict[str, dict[str, int]] = {place: {} for place in room}
    rows = read_table(wishes, ("from", "to", "rank")).rows
    for row in rows:
        who, whom = row.filled("from"), row.filled("to")
        if (who in room) == (whom in room):
            raise row.bad(f"{who} and {whom} are two {'places' if who in room else 'people'}", "a person and a place of the capacities")
        own = (places if who in room else people).setdefault(who, {})
        if whom in own:
            raise row.bad(f"{who} ranks {whom} twice", "one rank")
        own[whom] = row.whole("rank", least=1)
    for row in rows:
        if row["from"] in room and row["to"] not in people:
            raise row.bad(f"{row['to']} has no wishes", "a person who wishes for a place, too")
    return Market(people, places, room)


def _lot(market: Market, rng: np.random.Generator) -> dict[str, int]:
    """The order in which equal people, and equal places, stand."""
    names = sorted({*market.people, *market.capacities})
    return dict(zip(names, rng.permutation(len(names)).tolist(), strict=True))


def _people_propose(market: Market, lot: Mapping[str, int]) -> dict[str, list[str]]:
    """Each person asks down their list; a place holds the best it can hold and sends the others on."""
    lists = {person: sorted(wishes, key=lambda place: (wishes[place], lot[place])) for person, wishes in market.people.items()}
    asking = {person: iter([place for place in lists[person] if market.are_open(person, place)]) for person in lists}
    held: dict[str, list[str]] = {place: [] for place in market.capacities}
    free = sorted(lists, key=lot.__getitem__)
    while free:
        person = free.pop()
        place = next(asking[person], None)
        if place is None:
            continue
        held[place].append(person)
        held[place].sort(key=lambda one: (market.rank_by_place(place, one), lot[one]))
        free += held[place][market.capacities[place] :]
        held[place] = held[place][: market.capacities[place]]
    return held


def _places_propose(market: Market, lot: Mapping[str, int]) -> dict[str, list[str]]:
    """Each place asks down its list as long as it has room; a person holds the best that asked and sends the others on."""
    lists = {
        place: iter(
            sorted(
                (person for person in market.people if market.are_open(person, place)),
                key=lambda person: (market.rank_by_place(place, person), lot[person]),
            )
        )
        for place in market.capacities
    }
    held: dict[str, str] = {}
    room = dict(market.capacities)
    free = sorted((place for place in room if room[place]), key=lot.__getitem__)
    while free:
        place = free.pop()
        person = next(lists[place], None)
        if person is None:
            continue
        other = held.get(person)
        if other is None or (market.people[person][place], lot[place]) < (market.people[person][other], lot[other]):
            held[person] = place
            room[place] -= 1
            if other is not None:
                room[other] += 1
                free.append(other)
        if room[place]:
            free.append(place)
    return {place: [person for person, own in held.items() if own == place] for place in market.capacities}


def _matching(market: Market, pairs: Mapping[str, str], lot: Mapping[str, int]) -> Matching:
    ordered = {person: pairs[person] for person in sorted(pairs)}
    found = [market.rank_by_person(person, place) for person, place in ordered.items()]
    without = tuple(sorted(set(market.people) - set(pairs)))
    return Matching(ordered, without, blocking_pairs(market, ordered), {rank: found.count(rank) for rank in sorted(set(found))})


def _cost(market: Market, person: str, place: str) -> float:
    if not market.are_open(person, place):
        return np.inf
    return market.rank_by_person(person, place) + market.rank_by_place(place, person)


def _would_leave(market: Market, person: str, place: str, pairs: Mapping[str, str]) -> bool:
    return person not in pairs or market.rank_by_person(person, place) < market.rank_by_person(person, pairs[person])


def _would_take(market: Market, place: str, person: str, taken: list[str]) -> bool:
    if len(taken) < market.capacities[place]:
        return True
    return any(market.rank_by_place(place, person) < market.rank_by_place(place, other) for other in taken)
