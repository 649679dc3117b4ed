"""The chances of 200 invented people to be on a panel of 20: by any panel that fits, and by the fairest lottery."""

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.panel.committees import Committees
from medskapa.methods.panel.fairness import fairest
from medskapa.methods.panel.pool import Pool, Quota
from pictures.svg import drawing, line, path, words

SIZE, PEOPLE = 20, 200
SHARES = {
    "age": {"13–15": 0.15, "16–18": 0.35, "19–21": 0.5},
    "place": {"city": 0.6, "town": 0.25, "village": 0.15},
    "school": {"none": 0.1, "some": 0.3, "all": 0.6},
    "home": {"family": 0.6, "group": 0.25, "own": 0.15},
}
LIMITS = {
    "age": {"13–15": (6, 7), "16–18": (6, 7), "19–21": (6, 7)},
    "place": {"city": (9, 10), "town": (6, 7), "village": (4, 5)},
    "school": {"none": (5, 6), "some": (7, 8), "all": (7, 8)},
    "home": {"family": (8, 9), "group": (6, 7), "own": (5, 6)},
}
LEFT, RIGHT, TOP, BOTTOM, HIGHEST = 60.0, 700.0, 40.0, 300.0, 1.0


def picture() -> str:
    """The chances of everybody, from the smallest to the largest, under both ways to draw."""
    pool = _pool()
    fair = np.sort(np.repeat(fairest(Committees(pool, SIZE)).chances, pool.counts.astype(int)))
    plain = np.sort(_any_that_fits(pool))
    levels = [
        line(LEFT, _y(level), RIGHT, _y(level)) + words(LEFT - 8, _y(level) + 5, f"{level:.0%}", "muted", "end")
        for level in (0, 0.25, 0.5, 0.75, 1)
    ]
    return drawing(
        820,
        350,
        f"Chances to be drawn: the smallest is {fair[0]:.1%} in the fairest lottery and {plain[0]:.1%} with any panel that fits",
        *levels,
        path(_points(plain), "ink"),
        path(_points(fair)),
        words(RIGHT + 8, _y(plain[-1]) + 5, "any that fits"),
        words(RIGHT + 8, _y(fair[-1]) + 5, "fairest"),
        words(LEFT, TOP - 16, "Chance to be on the panel", "b"),
        words((LEFT + RIGHT) / 2, BOTTOM + 30, "200 invented people, from the smallest chance to the largest", "muted", "middle"),
    )


def _pool() -> Pool:
    rng = np.random.default_rng(3)
    values = {name: rng.choice(list(shares), PEOPLE, p=list(shares.values())) for name, shares in SHARES.items()}
    people = {f"{number:03d}": {name: str(found[number]) for name, found in values.items()} for number in range(PEOPLE)}
    return Pool(tuple(Quota(name, value, *limits) for name, all_ in LIMITS.items() for value, limits in all_.items()), people)


def _any_that_fits(pool: Pool, times: int = 400) -> NDArray[np.float64]:
    """How often each is drawn where any panel is taken that keeps the quotas: the one of the largest sum of random numbers."""
    rng = np.random.default_rng(4)
    committees = Committees(pool, SIZE)
    drawn = sum(committees.best(rng.random(len(pool.kinds))) for _time in range(times))
    return np.repeat(drawn / times / pool.counts, pool.counts.astype(int))


def _y(chance: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * chance / HIGHEST


def _points(chances: NDArray[np.float64]) -> list[tuple[float, float]]:
    return [(LEFT + (RIGHT - LEFT) * place / (len(chances) - 1), _y(float(chance))) for place, chance in enumerate(chances)]
