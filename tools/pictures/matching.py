"""How far down their list 60 invented people got: one by one in the order they came, stable, and with the smallest sum of ranks."""

import numpy as np

from medskapa.methods.matching import Market, Matching, least_cost, stable
from pictures.svg import bar, drawing, words

PEOPLE, PLACES, ROOM, LISTED = 60, 12, 5, 6
LEFT, TOP, ROW, WIDE = 210.0, 70.0, 64.0, 8.4


def picture() -> str:
    """One bar a way, parted by rank."""
    market = _market()
    ways = {
        "in the order they came": _first_come(market),
        "stable": stable(market, np.random.default_rng(1)).ranks,
        "smallest sum of ranks": least_cost(market, np.random.default_rng(1)).ranks,
    }
    pairs = {
        "stable": "no pair would rather swap",
        "smallest sum of ranks": _pairs(least_cost(market, np.random.default_rng(1))),
    }
    rows = [_row(place, name, ranks, pairs.get(name, "")) for place, (name, ranks) in enumerate(ways.items())]
    title = "; ".join(f"{name}: {ranks.get(1, 0)} of {PEOPLE} people got their first wish" for name, ranks in ways.items())
    return drawing(920, 290, title, words(20, 34, "How far down their list 60 invented people got", "b"), *rows)


def _row(place: int, name: str, ranks: dict[int, int], said: str) -> str:
    y, x, parts = TOP + place * ROW, LEFT, [words(LEFT - 12, TOP + place * ROW + 20, name, "", "end")]
    for rank in range(1, LISTED + 1):
        width = ranks.get(rank, 0) * WIDE
        if width:
            parts += [
                bar(x, y, width - 2, 30, "threadf" if rank == 1 else "edge"),
                words(x + 4, y + 46, f"{ranks[rank]} × {rank}", "muted"),
            ]
        x += width
    return "".join([*parts, words(x + 8, y + 20, said, "muted")])


def _pairs(found: Matching) -> str:
    return f"{len(found.blocking)} pairs would rather swap"


def _market() -> Market:
    rng = np.random.default_rng(11)
    liked, good = rng.normal(size=PLACES), rng.normal(size=PEOPLE)
    people = {
        f"p{one:02d}": _ranked(f"w{place:02d}" for place in np.argsort(liked + rng.normal(size=PLACES))[:LISTED]) for one in range(PEOPLE)
    }
    places = {f"w{place:02d}": _ranked(f"p{one:02d}" for one in np.argsort(good + rng.normal(size=PEOPLE))) for place in range(PLACES)}
    return Market(people, places, dict.fromkeys(places, ROOM))


def _ranked(names) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(names, start=1)}


def _first_come(market: Market) -> dict[int, int]:
    room, found = dict(market.capacities), []
    for wishes in market.people.values():
        place = next((place for place in wishes if room[place]), None)
        if place:
            room[place] -= 1
            found.append(wishes[place])
    return {rank: found.count(rank) for rank in sorted(set(found))}
