"""An invented series of months with a pilot in the middle: the trend before, what came after, and the difference with its interval."""

import numpy as np

from medskapa.methods.effect.its import Series, interrupted
from pictures.svg import dot, drawing, line, path, words

BEFORE, AFTER, JUMP = 14, 12, -9.0
LEFT, RIGHT, TOP, BOTTOM, HIGHEST = 70.0, 800.0, 70.0, 330.0, 60.0


def picture() -> str:
    """Points, the trend before drawn on into the time after, and in words how far the values lie from it."""
    series = _series()
    found = interrupted(series)
    slope, level = np.polyfit(series.times[:BEFORE], series.values[:BEFORE], 1)
    trend = [(_x(time), _y(level + slope * time)) for time in (0, BEFORE - 1, BEFORE + AFTER - 1)]
    start = _x(BEFORE - 0.5)
    levels = [line(LEFT, _y(days), RIGHT, _y(days)) + words(LEFT - 8, _y(days) + 5, f"{days}", "muted", "end") for days in (0, 20, 40, 60)]
    return drawing(
        840,
        390,
        found.words[0],
        words(20, 34, "Days until an answer, month by month (invented)", "b"),
        words(20, 54, found.words[0].partition(". ")[2].partition(";")[0] + ".", "muted"),
        line(start, TOP, start, BOTTOM, "ink"),
        *levels,
        path(trend[:2], "ink"),
        path(trend[1:], "ink"),
        *(
            dot(_x(time), _y(value), 5, "threadf" if time >= BEFORE else "edge")
            for time, value in zip(series.times, series.values, strict=True)
        ),
        words(start + 8, BOTTOM - 10, "with the pilot"),
        words(start - 8, BOTTOM - 10, "before", "", "end"),
        words(RIGHT, trend[2][1] - 22, "the trend before, drawn on", "muted", "end"),
        words((LEFT + RIGHT) / 2, BOTTOM + 34, "months", "muted", "middle"),
    )


def _series() -> Series:
    rng = np.random.default_rng(6)
    times, near = np.arange(BEFORE + AFTER), 0.0
    values = []
    for time in times:
        near = 0.4 * near + rng.normal(0, 3)
        values.append(42 - 0.3 * time + near + JUMP * (time >= BEFORE))
    return Series(times, np.array(values), times >= BEFORE)


def _x(time: float) -> float:
    return LEFT + 14 + (RIGHT - LEFT - 28) * time / (BEFORE + AFTER - 1)


def _y(value: float) -> float:
    return float(BOTTOM - (BOTTOM - TOP) * value / HIGHEST)
