"""Equal Shares beside pabutools, on the elections in a folder: CPU time of reading and of the rule, and the same winners."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from benchmarks.measured import cost_of, nothing

SATISFACTIONS = ("cost", "cardinality")
LARGE = "Poland_Warszawa_2026.pb"  # where the other program does not finish add-one
SLOW = "France_Toulouse_2024.pb"  # where it takes minutes: once is enough


def figures(data: Path | None) -> tuple[list[Figure], list[str]]:
    """One pass, and add-one then greedy, on every election with an expected outcome."""
    if data is None or not (data / "pabulib").is_dir():
        return [], []
    expected = json.loads((data / "pabulib" / "expected.json").read_text(encoding="utf-8"))
    found: list[Figure] = []
    for name, outcomes in expected.items():
        path = str(data / "pabulib" / name)
        reading = cost_of(nothing, read_ours, path)
        theirs = cost_of(nothing, their_reading, path)
        found.append(Figure(f"select {name}: reading, ours", reading.cpu_s, "s CPU"))
        found.append(Figure(f"select {name}: reading, pabutools", theirs.cpu_s, "s CPU"))
        for satisfaction in SATISFACTIONS:
            found += _one_pass(name, path, satisfaction, outcomes, (reading.cpu_s, theirs.cpu_s))
            found += _with_add1(name, path, satisfaction, outcomes)
    return found, []


def _one_pass(name: str, path: str, satisfaction: str, outcomes: dict[str, Any], readings: tuple[float, float]) -> list[Figure]:
    ours, peer = cost_of(ours_ready, our_pass, path, satisfaction), cost_of(theirs_ready, their_pass, path, satisfaction)
    title = f"select {name}, {satisfaction}"
    is_large = name == LARGE
    return [
        Figure(f"{title}: ours", ours.cpu_s * 1000, "ms CPU"),
        Figure(f"{title}: pabutools", peer.cpu_s * 1000, "ms CPU"),
        Figure(f"{title}: ours of theirs, 1 in", peer.cpu_s / ours.cpu_s, "", ">= 500" if is_large else ""),
        Figure(f"{title}: with reading, 1 in", (readings[1] + peer.cpu_s) / (readings[0] + ours.cpu_s), "", ">= 20" if is_large else ""),
        Figure(f"{title}: memory", ours.memory_mib, "MiB", "<= 300"),
        Figure(
            f"{title}: winners that differ", len(set(ours.result) ^ set(outcomes[f"equal_shares_{satisfaction}"]["winners"])), "", "== 0"
        ),
    ]


def _with_add1(name: str, path: str, satisfaction: str, outcomes: dict[str, Any]) -> list[Figure]:
    ours = cost_of(ours_ready, our_add1, path, satisfaction)
    expected = outcomes[f"equal_shares_{satisfaction}_add1_then_greedy"]["winners"]
    title = f"select {name}, {satisfaction}, add-one then greedy"
    found = [
        Figure(f"{title}: ours", ours.cpu_s, "s CPU", "<= 3" if name == LARGE else ""),
        Figure(f"{title}: winners that differ", len(set(ours.result) ^ set(expected)), "", "== 0"),
    ]
    if name == LARGE or (name == SLOW and satisfaction != "cost"):
        return found
    peer = cost_of(theirs_ready, their_add1, path, satisfaction)
    more_than = " (stopped, more than)" if peer.is_stopped else ""
    return [
        *found,
        Figure(f"{title}: pabutools{more_than}", peer.cpu_s, "s CPU"),
        Figure(f"{title}: ours of theirs, 1 in", peer.cpu_s / ours.cpu_s, "", ">= 50" if peer.cpu_s > 10 else ""),
    ]


def read_ours(arguments: tuple[str]) -> int:
    """Read the file; gives how many voted."""
    from medskapa.methods.shares.pabulib import read_pb

    return read_pb(Path(*arguments)).election.voters


def ours_ready(path: str, satisfaction: str) -> Any:
    """The election, read, and what is to be used loaded."""
    from medskapa.methods.shares.pabulib import read_pb

    import_module("medskapa.methods.shares.completion")
    return read_pb(Path(path)).election, satisfaction


def our_pass(ready: Any) -> list[str]:
    """One pass."""
    from medskapa.methods.shares.equal_shares import equal_shares

    return equal_shares(*ready)


def our_add1(ready: Any) -> list[str]:
    """Add-one, then greedy."""
    from medskapa.methods.shares.completion import completed

    return completed(*ready, "add1+greedy").projects


def their_reading(arguments: tuple[str]) -> int:
    """Read the file as the other program does."""
    from pabutools.election import parse_pabulib

    return len(parse_pabulib(*arguments)[1])


def theirs_ready(path: str, satisfaction: str) -> Any:
    """The election, read by the other program, and what is to be used loaded."""
    from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib

    import_module("pabutools.rules")
    return (*parse_pabulib(path), Cost_Sat if satisfaction == "cost" else Cardinality_Sat)


def their_pass(ready: Any) -> list[str]:
    """One pass."""
    from pabutools.rules import method_of_equal_shares

    instance, profile, satisfaction = ready
    return [str(project) for project in method_of_equal_shares(instance, profile, sat_class=satisfaction)]


def their_add1(ready: Any) -> list[str]:
    """Add-one; greedy takes no time beside it."""
    from pabutools.rules import method_of_equal_shares

    instance, profile, satisfaction = ready
    return [str(project) for project in method_of_equal_shares(instance, profile, sat_class=satisfaction, voter_budget_increment=1)]
