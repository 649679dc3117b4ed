"""`make bench NAME=web`: pages of the demo lab beside the floor, a page that asks the database nothing."""

import re
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.load import cost_of, memory_mib
from tests.serving import Server, serving

SECONDS = 5.0
GOAL_CPU = "<= 25"
LINK = re.compile(r'href="(/en/labs/[a-z0-9-]+/)')
PLACES = ("", "insights/", "challenges/", "ideas/", "calls/", "pilots/", "thread/", "tell/")


def run() -> tuple[list[Figure], list[str]]:
    """The figures, and what could not run."""
    with tempfile.TemporaryDirectory(prefix="medskapa-bench-") as folder:
        data = Path(folder)
        with serving(data, "--demo"):
            pass
        started = time.monotonic()
        with serving(data) as server:
            start = Figure("second start", time.monotonic() - started, "s", "<= 3")
            return [start, *_pages(server), Figure("memory of all processes", memory_mib(server), "MiB PSS", "<= 200")], []


def _pages(server: Server) -> list[Figure]:
    found = LINK.search(server.get("/en/")[1])
    assert found, "the demo lab is not on the list of labs"
    figures = _figures("floor", server, "/")
    for place in PLACES:
        figures += _figures(place or "lab", server, found[1] + place, GOAL_CPU)
    return figures


def _figures(name: str, server: Server, path: str, goal: str = "") -> list[Figure]:
    cost = cost_of(server, path, seconds=SECONDS)
    return [
        Figure(f"{name}: CPU a page", cost.cpu_ms, "ms", goal),
        Figure(f"{name}: alone, best", cost.alone_ms, "ms"),
        Figure(f"{name}: under load, p95", cost.p95_ms, "ms"),
        Figure(f"{name}: pages a second", cost.per_second, "/s"),
        Figure(f"{name}: page over the wire", cost.wire_kb, "KiB", "<= 60"),
    ]
