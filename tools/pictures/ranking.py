"""The strengths of eight invented topics after 60 pairs, with their intervals."""

import numpy as np

from medskapa.methods.ranking import rank
from pictures.svg import dot, drawing, line, words

TOPICS = (
    "A letter I understand",
    "One adult to ask",
    "Something to do in July",
    "The same story once",
    "A room of my own",
    "Friends",
    "A bus card",
    "Sport",
)
TRUE = (1.6, 1.2, 0.7, 0.5, 0.0, -0.4, -0.9, -1.4)
LEFT, TOP, ROW, MIDDLE, WIDE = 210.0, 70.0, 32.0, 530.0, 76.0


def picture() -> str:
    """One row an item: a dot for the strength, a line for the interval."""
    rng = np.random.default_rng(4)
    pairs = []
    for _time in range(60):
        one, other = rng.choice(len(TOPICS), 2, replace=False)
        pairs.append((TOPICS[one], TOPICS[other], float(rng.random() < 1 / (1 + np.exp(TRUE[other] - TRUE[one])))))
    rows = [
        words(20, 34, "What matters more? Eight invented topics after 60 answers", "b"),
        line(MIDDLE, TOP - 14, MIDDLE, TOP + 8 * ROW - 8),
    ]
    found = rank(pairs)
    for place, item in enumerate(found.items):
        y = TOP + place * ROW
        rows.append(words(LEFT - 12, y + 5, item.name, "", "end"))
        if item.strength is not None and item.low is not None and item.high is not None:
            rows += [line(_x(item.low), y, _x(item.high), y, "ink"), dot(_x(item.strength), y, 6, "threadf")]
    return drawing(840, TOP + len(TOPICS) * ROW + 16, f"Strongest: {found.items[0].name}; intervals of neighbours overlap", *rows)


def _x(strength: float) -> float:
    return MIDDLE + strength * WIDE
