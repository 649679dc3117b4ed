"""Figures: what was measured, what was hoped for, and whether it holds; shown as a table and kept as JSON."""

import json
import operator
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPARISONS: dict[str, Callable[[float, float], bool]] = {"<=": operator.le, ">=": operator.ge, "==": operator.eq}


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured. Without a goal it is only told."""

    name: str
    value: float
    unit: str
    goal: str = ""  # such as "<= 25"

    @property
    def ok(self) -> bool:
        """Whether the goal is met."""
        if not self.goal:
            return True
        comparison, _space, bound = self.goal.partition(" ")
        return COMPARISONS[comparison](self.value, float(bound))


def told(name: str, figures: list[Figure], not_run: list[str]) -> int:
    """Show the figures, keep them in var/bench/<name>.json; status 1 if a goal is missed, or something could not run in CI."""
    rows = [(figure.name, f"{figure.value:,.1f}", figure.unit, figure.goal, "" if figure.ok else "MISSED") for figure in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        sys.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n")
    if not_run:
        sys.stdout.write(f"not run: {'; '.join(not_run)}\n")
    _keep(name, figures, not_run)
    is_missed = not all(figure.ok for figure in figures) or (bool(not_run) and os.environ.get("CI") == "true")
    return 1 if is_missed else 0


def _keep(name: str, figures: list[Figure], not_run: list[str]) -> None:
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    kept = {
        "name": name,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "figures": [asdict(figure) | {"ok": figure.ok} for figure in figures],
        "not_run": not_run,
    }
    folder.joinpath(f"{name}.json").write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
