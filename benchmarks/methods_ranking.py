"""Rankings from pairs beside choix: 500 invented items, 20,000 pairs."""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import Figure
from benchmarks.measured import cost_of

ITEMS, PAIRS = 500, 20_000


def figures(_data: Path | None) -> tuple[list[Figure], list[str]]:
    """Ours beside both ways that choix has, and how far the strengths are apart."""
    ours, spectral, newton = cost_of(named, our_strengths), cost_of(ready, their_strengths), cost_of(ready, their_newton)
    apart = float(np.abs(np.array(ours.result) - np.array(spectral.result)).max())
    return [
        Figure("rank 500 items, 20,000 pairs: ours", ours.cpu_s, "s CPU"),
        Figure("rank 500 items, 20,000 pairs: choix, spectral", spectral.cpu_s, "s CPU"),
        Figure("rank 500 items, 20,000 pairs: choix, Newton", newton.cpu_s, "s CPU"),
        Figure("rank 500 items, 20,000 pairs: ours of their Newton, 1 in", newton.cpu_s / ours.cpu_s, "", ">= 50"),
        Figure("rank 500 items, 20,000 pairs: strengths apart", apart, "", "<= 0.000001"),
        Figure("rank 500 items, 20,000 pairs: memory", ours.memory_mib, "MiB"),
    ], []


def pairs() -> list[tuple[int, int]]:
    """Who was preferred to whom, of items whose strengths are normally distributed."""
    rng = np.random.default_rng(2)
    strengths = rng.normal(size=ITEMS)
    one, other = rng.integers(0, ITEMS, PAIRS), rng.integers(0, ITEMS - 1, PAIRS)
    other += other >= one
    is_first = rng.random(PAIRS) < 1 / (1 + np.exp(strengths[other] - strengths[one]))
    return list(zip(np.where(is_first, one, other).tolist(), np.where(is_first, other, one).tolist(), strict=True))


def ready() -> list[tuple[int, int]]:
    """The pairs, with both programs loaded."""
    import choix  # noqa: F401

    import medskapa.methods.ranking  # noqa: F401

    return pairs()


def named() -> Any:
    """The same as we take them: two names, and that the first was preferred."""
    return [(f"{one:03d}", f"{other:03d}", 1.0) for one, other in ready()]


def our_strengths(comparisons: Any) -> list[float]:
    """By number of the item."""
    from medskapa.methods.ranking import rank

    ranking = rank(comparisons)
    return [item.strength or 0.0 for item in sorted(ranking.items, key=lambda item: item.name)]


def their_strengths(found: Any) -> list[float]:
    """By iterated spectral ranking."""
    import choix

    theta = choix.ilsr_pairwise(ITEMS, found, tol=1e-10)
    return (theta - theta.mean()).tolist()


def their_newton(found: Any) -> list[float]:
    """By Newton's method."""
    import choix

    return choix.opt_pairwise(ITEMS, found, method="Newton-CG", tol=1e-10).tolist()
