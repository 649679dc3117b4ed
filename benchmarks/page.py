"""`make figures`: docs/figures.md, from what the latest drill and benches kept in var/bench."""

import json
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.figures import ROOT

PAGE = ROOT / "docs" / "figures.md"
BEGIN = """\
# What was measured

The latest drill and benches, each with its day and machine; `make figures` writes this page from what they kept. A figure
without a goal is only told. Times differ between machines and between runs: compare figures of one run, not of two.
"""


def main() -> int:
    """Write the page. Status 1 if nothing has been measured yet."""
    kept = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "var" / "bench").glob("*.json"))]
    if not kept:
        sys.stderr.write("figures: nothing is measured yet; run `make drill` or `make bench NAME=web`\n")
        return 1
    PAGE.write_text(BEGIN + "".join(f"\n{line}" for run in kept for line in _part(run)) + "\n", encoding="utf-8")
    return 0


def _part(run: dict[str, Any]) -> Iterator[str]:
    command = "make drill" if run["name"] == "drill" else f"make bench NAME={run['name']}"
    yield f"## `{command}`"
    yield ""
    yield f"{run['at'][:10]}, {run['machine']}."
    yield ""
    yield "| What | Measured | Goal |"
    yield "| --- | --- | --- |"
    yield from (_row(figure) for figure in run["figures"])
    if run["not_run"]:
        yield ""
        yield f"Not run there: {'; '.join(run['not_run'])}."
    yield ""


def _row(figure: dict[str, Any]) -> str:
    measured = f"{figure['value']:,.3g}" if abs(figure["value"]) < 100 else f"{figure['value']:,.0f}"
    missed = "" if figure["ok"] else " (missed)"
    return f"| {figure['name']} | {measured} {figure['unit']} | {figure['goal']}{missed} |".replace("  ", " ")


if __name__ == "__main__":
    sys.exit(main())
