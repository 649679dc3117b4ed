"""Tables of a lab day: 90 people at 12 tables, and 1,000 at 120, with rules that chance hardly ever keeps, and how near to the best."""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import Figure
from benchmarks.measured import cost_of

DAYS = ((90, 12, 5.0, 5.0, 0.02), (1000, 120, 20.0, 60.0, 0.05))  # people, tables, work asked for, most CPU seconds, largest gap


def figures(_data: Path | None) -> tuple[list[Figure], list[str]]:
    """The gap is to a bound that is proven: no seating that keeps the rules loses fewer points."""
    found: list[Figure] = []
    for people, tables, seconds, most, near in DAYS:
        name = f"teams {people:,} people at {tables} tables"
        ours = cost_of(a_day, seating, people, tables, seconds)
        found += [
            Figure(f"{name}: gap", ours.result, "", f"<= {near}"),
            Figure(f"{name}: ours", ours.cpu_s, "s CPU", f"<= {most:g}"),
            Figure(f"{name}: memory", ours.memory_mib, "MiB"),
        ]
    return found, []


def a_day(people: int, tables: int, seconds: float) -> Any:
    """The lab day of the tests, and how much work may be spent on it."""
    from medskapa.methods.teams import seat  # noqa: F401  # loaded before the time counts
    from medskapa.methods.tests.lab_days import a_lab_day

    return a_lab_day(people), tables, seconds


def seating(day: Any) -> float:
    """The gap of what is found."""
    from medskapa.methods.teams.rules import Rules
    from medskapa.methods.teams.seat import seat

    (group, hard, soft), tables, seconds = day
    names = [str(number + 1) for number in range(tables)]
    return float(seat(group, names, Rules(hard, soft), np.random.default_rng(0), seconds=seconds).gap)
