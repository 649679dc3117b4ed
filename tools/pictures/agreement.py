"""Alpha of two invented pairs of coders on 60 stories: after a talk about what the codes mean, and before."""

import numpy as np

from medskapa.methods.agreement import alpha
from pictures.svg import dot, drawing, line, words

CODES = ("waiting", "letters", "adults", "school", "friends")
LEFT, TOP, ROW, WIDE = 260.0, 80.0, 44.0, 480.0


def picture() -> str:
    """A dot for alpha, a line for its interval, and where codes begin to be reliable."""
    rows = [words(20, 34, "Do coders mean the same? 60 invented stories, three coders", "b")]
    for mark in (0.0, 0.667, 0.8, 1.0):
        rows += [line(_x(mark), TOP - 24, _x(mark), TOP + 2 * ROW - 14), words(_x(mark), TOP + 2 * ROW + 6, f"{mark:g}", "muted", "middle")]
    found = {"before they talked": _alpha(0.45, 1), "after they talked": _alpha(0.06, 2)}
    for place, (name, (value, low, high)) in enumerate(found.items()):
        y = TOP + place * ROW
        rows += [words(LEFT - 16, y + 5, name, "", "end"), line(_x(low), y, _x(high), y, "ink"), dot(_x(value), y, 6, "threadf")]
    title = "; ".join(f"{name}: alpha {value:.2f}, between {low:.2f} and {high:.2f}" for name, (value, low, high) in found.items())
    return drawing(840, TOP + 2 * ROW + 30, title, *rows)


def _alpha(slips: float, seed: int) -> tuple[float, float, float]:
    """Three coders who see the same, but for a share of slips."""
    rng = np.random.default_rng(seed)
    codings = {}
    for unit in range(60):
        truth = rng.choice(CODES)
        codings[f"{unit:02d}"] = {f"c{coder}": str(rng.choice(CODES) if rng.random() < slips else truth) for coder in range(3)}
    found = alpha(codings, "nominal", np.random.default_rng(0))
    assert found.value is not None and found.low is not None and found.high is not None  # noqa: PT018, S101
    return found.value, found.low, found.high


def _x(value: float) -> float:
    return LEFT + WIDE * value
