"""A lab day to be seated, for tests and benches: many people, and rules that chance hardly ever keeps."""

import numpy as np

from medskapa.methods.teams.rules import Apart, Group, Hard, Language, Mix, Near, Share, Soft, Together

CO_CREATORS = Share("role", "co-creator", least=2)


def a_lab_day(people: int, seed: int = 1) -> tuple[Group, tuple[Hard, ...], tuple[Soft, ...]]:
    """Co-creators, their wishes, languages and interpreters; rules that a first seating keeps by chance hardly ever."""
    rng = np.random.default_rng(seed)
    ids = [f"p{number:04d}" for number in range(people)]
    cells = {
        one: {
            "role": "co-creator" if place % 3 == 0 else str(rng.choice(["host", "actor"])),
            "age": str(rng.choice(["13–19", "20–35", "36+"])),
            "languages": "so" if place % 11 == 0 else "sv",
            "interprets": "sv so" if place % 9 == 4 else "",
            "near": ids[int(rng.integers(people))] if place % 4 == 1 else "",
        }
        for place, one in enumerate(ids)
    }
    for one, own in cells.items():
        own["near"] = "" if own["near"] == one else own["near"]
    hard = (CO_CREATORS, Language("languages", "interprets"), Apart((ids[0], ids[1], ids[2])), Together((ids[3], ids[7])))
    return Group(cells), hard, (Mix("role", 2), Mix("age"), Near("near", 3))
