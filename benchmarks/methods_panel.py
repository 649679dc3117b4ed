"""Panels by lot beside sortition-algorithms: CPU time, and the smallest chance."""

import csv
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from benchmarks.measured import Cost, cost_of

POOLS = (("sf_fixture_22", 22), ("synthetic_a_24", 24))
RULES = ("maximin", "leximin")


def figures(data: Path | None) -> tuple[list[Figure], list[str]]:
    """Both rules on both pools; the other program's leximin is no reference (it leaves people without any chance), so only ours is told."""
    if data is None or not (data / "panel").is_dir():
        return [], []
    found: list[Figure] = []
    for pool, size in POOLS:
        files = (str(data / "panel" / f"{pool}_categories.csv"), str(data / "panel" / f"{pool}_respondents.csv"))
        peer = cost_of(their_pool, their_maximin, *files, size)
        for rule in RULES:
            ours = cost_of(our_pool, our_lottery, *files, size, rule)
            found += _told(f"panel {pool}, {rule}", ours, peer if rule == "maximin" else None)
    return found, []


def _told(name: str, ours: Cost, peer: Cost | None) -> list[Figure]:
    smallest, bound = ours.result
    told = [
        Figure(f"{name}: ours", ours.cpu_s, "s CPU"),
        Figure(f"{name}: memory", ours.memory_mib, "MiB"),
        Figure(f"{name}: smallest chance", smallest * 100, "%"),
        Figure(f"{name}: below its proven bound", (bound - smallest) * 100, "%", "<= 0.0001"),
    ]
    if peer is None:
        return told
    more_than = " (stopped, more than)" if peer.is_stopped else ""
    their_smallest = 0.0 if peer.is_stopped else peer.result
    return [
        *told,
        Figure(f"{name}: sortition-algorithms{more_than}", peer.cpu_s, "s CPU"),
        Figure(f"{name}: ours of theirs", ours.cpu_s / peer.cpu_s, "", "<= 0.2"),
        Figure(f"{name}: smallest chance less theirs", (smallest - their_smallest) * 100, "%", ">= -0.0001"),
    ]


def our_pool(categories: str, people: str, size: int, rule: str) -> Any:
    """The files, read."""
    from medskapa.methods.panel.pool import read_pool

    return read_pool(Path(categories), Path(people)), size, rule


def our_lottery(prepared: Any) -> tuple[float, float]:
    """The smallest chance of whoever can be drawn, and its bound."""
    from medskapa.methods.panel.committees import Committees
    from medskapa.methods.panel.fairness import fairest

    pool, size, rule = prepared
    lottery = fairest(Committees(pool, size), only_smallest=rule == "maximin")
    return float(min(chance for chance in lottery.chances if chance > 1e-9)), lottery.bound


def their_pool(categories: str, people: str, size: int) -> Any:
    """The same files, as the other program wants them."""
    from sortition_algorithms.features import read_in_features
    from sortition_algorithms.people import read_in_people
    from sortition_algorithms.settings import Settings

    heads = ("feature", "value", "min", "max", "min_flex", "max_flex")
    quotas = [_as_theirs(row, size) for row in _rows(categories)]
    features, _columns, _by = read_in_features(heads, quotas)
    pool = _rows(people)
    identity = next(iter(pool[0]))
    settings = Settings(id_column=identity, columns_to_keep=[], check_same_address=False, check_same_address_columns=[])
    found, _report = read_in_people(list(pool[0]), pool, features, settings)
    return features, found, size


def their_maximin(prepared: Any) -> float:
    """The smallest chance in their lottery."""
    from sortition_algorithms.committee_generation import find_distribution_maximin

    features, people, size = prepared
    panels, weights, _report = find_distribution_maximin(features, people, size, [], "highspy")
    chances = dict.fromkeys(people, 0.0)
    for panel, weight in zip(panels, weights, strict=True):
        for person in panel:
            chances[person] += weight
    return min(chances.values())


def _as_theirs(row: dict[str, str], size: int) -> dict[str, str]:
    feature, value = (row["category"], row["feature"]) if "category" in row else (row["feature"], row["value"])
    return {
        "feature": feature,
        "value": value,
        "min": row["min"],
        "max": row["max"],
        "min_flex": "0",
        "max_flex": str(max(size, int(row["max"]))),
    }


def _rows(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
