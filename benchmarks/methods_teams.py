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
    """Co-creators, languages with interpreters, somebody to keep apart and to keep together, and whom people want to sit near."""
    import medskapa.methods.teams.seat  # noqa: F401

    rng = np.random.default_rng(1)
    ids = [f"p{number:04d}" for number in range(people)]
    cells = {
        one: {
            "role": "co-creator" if place % 3 == 0 else str(rng.choice(["host", "actor"])),
            "age": str(rng.choice(["13–19", "20–35", "36+"])),
            "languages": "so" if place % 11 == 0 else "sv",
            "interprets": "sv so" if place % 9 == 4 else "",
            "near": ids[(place + int(rng.integers(1, people))) % people] if place % 4 == 1 else "",
        }
        for place, one in enumerate(ids)
    }
    return cells, tables, seconds


def seating(day: Any) -> float:
    """The gap of what is found."""
    from medskapa.methods.teams.rules import Apart, Group, Language, Mix, Near, Rules, Share, Together
    from medskapa.methods.teams.seat import seat

    cells, tables, seconds = day
    group = Group(cells)
    ids = group.ids
    hard = (Share("role", "co-creator", least=2), Language("languages", "interprets"), Apart(ids[:3]), Together((ids[3], ids[7])))
    rules = Rules(hard, (Mix("role", 2), Mix("age"), Near("near", 3)))
    found = seat(group, [str(number + 1) for number in range(tables)], rules, np.random.default_rng(0), seconds=seconds)
    return float(found.gap)
