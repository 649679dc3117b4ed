"""Small numbers: random sets of linked tables, attacked by a program of its own, and how long larger tables take."""

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import Figure
from benchmarks.measured import cost_of, nothing

SETS, THRESHOLD = 60, 5
SIZES = {"10 × 8": (10, 8), "20 × 12": (20, 12), "6 × 4 × 3": (6, 4, 3)}


def figures(_data: Path | None) -> tuple[list[Figure], list[str]]:
    """No peer in Python does this; beside ours stands what happens if only small figures are withheld."""
    small, told_naively, told = cost_of(nothing, attacked_sets, SETS).result
    found = [
        Figure(f"disclose {SETS} sets of linked tables: small figures", small, ""),
        Figure("disclose: told within ± 2 if only small ones are withheld", 100 * told_naively / small, "%"),
        Figure("disclose: told within ± 2 after ours", told, "", "== 0"),
    ]
    for name, shape in SIZES.items():
        ours = cost_of(ready, protected, shape)
        found += [
            Figure(f"disclose {name}: ours", ours.cpu_s, "s CPU", "<= 10"),
            Figure(f"disclose {name}: withheld of {ours.result[0]}, small", ours.result[1], ""),
            Figure(f"disclose {name}: withheld of {ours.result[0]}, with them", ours.result[2], ""),
        ]
    return found, []


def attacked_sets(arguments: tuple[int]) -> tuple[int, int, int]:
    """How many small figures there are in places by ages and places by languages, and how many are told without and with complement."""
    from medskapa.methods.disclosure.protection import protect

    rng = np.random.default_rng(11)
    small = told_naively = told = 0
    for _set in range(*arguments):
        linked = linked_tables(rng)
        found = protect(linked, THRESHOLD)
        keys = [one.key for one in found.small]
        small += len(keys)
        told_naively += told_within(linked, keys, keys)
        told += told_within(linked, keys, found.withheld)
    return small, told_naively, told


def linked_tables(rng: np.random.Generator) -> Any:
    """Places by ages and places by languages, of the same people."""
    from medskapa.methods.disclosure.figures import TOTAL, Figures

    whole = ready(tuple(int(size) for size in rng.integers(2, 6, 3)), rng, 0.3)
    return Figures(whole.columns, {key: count for key, count in whole.counts.items() if TOTAL in key[1:]})


def told_within(tables: Any, small: Any, withheld: Any) -> int:
    """How many small figures lie within fewer numbers than the threshold, for an attacker of their own: people in parts, by linprog."""
    from scipy.optimize import linprog

    from medskapa.methods.disclosure.figures import TOTAL, up_to

    keys, hidden = list(tables.counts), set(withheld)
    kinds = list(product(*(sorted({key[place] for key in keys} - {TOTAL}) for place in range(len(tables.columns)))))
    sums = np.array([[up_to(kind, tuple(value != TOTAL for value in key)) == key for kind in kinds] for key in keys], dtype=float)
    counts, shown = np.array([tables.counts[key] for key in keys]), np.array([key not in hidden for key in keys])
    seen = {"A_eq": sums[shown], "b_eq": counts[shown], "A_ub": -sums[~shown], "b_ub": -np.ones((~shown).sum())}
    rows = [sums[keys.index(key)] for key in small]
    widths = [-sum(linprog(sign * row, **seen, bounds=(0, 100_000)).fun for sign in (1, -1)) for row in rows]
    return sum(width < THRESHOLD - 1e-6 for width in widths)


def ready(shape: tuple[int, ...], rng: np.random.Generator | None = None, smallness: float = 0.12) -> Any:
    """Invented counts by as many columns, with all totals; many are small."""
    from medskapa.methods.disclosure.figures import with_totals

    rng = rng or np.random.default_rng(1)
    kinds = product(*([f"{column}{value}" for value in range(size)] for column, size in zip("abc", shape, strict=False)))
    numbers = rng.negative_binomial(1.2, smallness, int(np.prod(shape))).tolist()
    return with_totals("abc"[: len(shape)], dict(zip(kinds, numbers, strict=True)))


def protected(tables: Any) -> tuple[int, int, int]:
    """Withhold; gives how many figures there are, how many are small, and how many are withheld with them."""
    from medskapa.methods.disclosure.protection import protect

    found = protect(tables, THRESHOLD)
    return len(tables.counts), len(found.small), len(found.complement)
