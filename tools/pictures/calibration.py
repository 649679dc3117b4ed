"""Twelve invented applications, each read by three of five jurors: the scores as given, and as the whole jury would have given."""

import numpy as np

from medskapa.methods.calibration.calibrate import calibrate
from medskapa.methods.calibration.jury import Score, jury_of
from medskapa.methods.calibration.results import Application
from pictures.svg import dot, drawing, line, words

NAMES = (
    *("A bus at night", "Breakfast at school", "A letter I understand", "Boats for all", "Homework café", "A room of my own"),
    *("Summer jobs", "The open gym", "Two languages", "Ask an adult", "The repair shop", "Films from here"),
)
STRICT = {"Ada": 0.8, "Bo": -0.6, "Cy": 0.2, "Dag": -0.7, "Eli": 0.3}
PLACES = 4
LEFT, TOP, ROW, WIDE, LOWEST = 210.0, 86.0, 30.0, 110.0, 1.0


def picture() -> str:
    """One row an application: a grey dot as given, a red one adjusted, its interval, and its chance to be among the first."""
    found = calibrate(jury_of(_scores()), np.random.default_rng(1), top=PLACES)
    rows = [
        words(20, 34, "Twelve invented applications, each read by three of five jurors", "b"),
        words(20, 56, "grey: as given; red: adjusted, with its interval", "muted"),
        words(_x(5) + 30, 56, f"chance of the first {PLACES}", "muted"),
    ]
    rows += [
        line(_x(score), TOP - 18, _x(score), TOP + 12 * ROW - 14) + words(_x(score), TOP + 12 * ROW + 6, f"{score}", "muted", "middle")
        for score in range(1, 6)
    ]
    rows += [_row(TOP + number * ROW, one) for number, one in enumerate(found.applications)]
    cut = TOP + PLACES * ROW - ROW / 2
    rows.append(line(20, cut, _x(5) + 90, cut, "ink"))
    title = f"Adjusting brings in {', '.join(found.comes_in)} and takes out {', '.join(found.goes_out)}"
    return drawing(840, TOP + 12 * ROW + 22, title, *rows)


def _row(y: float, one: Application) -> str:
    if one.low is None or one.high is None or one.chance is None:
        return ""
    return "".join(
        [
            words(LEFT - 12, y + 5, one.name, "", "end"),
            line(_x(one.low), y, _x(one.high), y, "ink"),
            dot(_x(one.raw), y, 5, "edge"),
            dot(_x(one.adjusted), y, 6, "threadf"),
            words(_x(5) + 30, y + 5, f"{one.chance:.0%}"),
        ]
    )


def _scores() -> list[Score]:
    rng = np.random.default_rng(13)
    jurors, scores = sorted(STRICT), []
    for name in NAMES:
        worth = rng.normal(3, 0.6)
        for juror in rng.permutation(jurors)[:3]:
            liking = rng.normal(0, 0.35)
            for criterion in ("need", "idea", "team"):
                score = worth - STRICT[juror] + liking + rng.normal(0, 0.4)
                scores.append((str(juror), name, criterion, float(np.clip(round(score), 1, 5))))
    return scores


def _x(score: float) -> float:
    return LEFT + (score - LOWEST) * WIDE
