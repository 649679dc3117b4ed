"""`make bench NAME=web`: pages of the demo lab beside the floor, a page that asks the database nothing."""

import re
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.load import cost_of, memory_mib
from tests.serving import Server, serving

SECONDS = 5.0
GOAL_LIST, GOAL_ONE = "<= 60", "<= 25"  # ms of CPU: half of what a comparable product takes
LAB = re.compile(r'href="(/en/labs/[a-z0-9-]+/)')
INSIGHT = re.compile(r'href="(/en/labs/[a-z0-9-]+/insights/[A-Za-z0-9_-]{12}/)"')
LISTS = ("", "insights/", "challenges/", "ideas/", "calls/", "pilots/", "thread/")


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
    lab = _first(LAB, server, "/en/")
    insight = _first(INSIGHT, server, f"{lab}insights/")
    figures = _figures("floor", server, "/")
    for place in LISTS:
        figures += _figures(place.rstrip("/") or "lab", server, lab + place, GOAL_LIST)
    return figures + _figures("one insight", server, insight, GOAL_ONE) + _figures("telling", server, f"{lab}tell/", GOAL_ONE)


def _first(link: re.Pattern[str], server: Server, path: str) -> str:
    found = link.search(server.get(path)[1])
    assert found, f"{path} leads to no {link.pattern}"
    return found[1]


def _figures(name: str, server: Server, path: str, goal: str = "") -> list[Figure]:
    cost = cost_of(server, path, seconds=SECONDS)
    return [
        Figure(f"{name}: CPU a page", cost.cpu_ms, "ms", goal),
        Figure(f"{name}: alone, best", cost.alone_ms, "ms"),
        Figure(f"{name}: under load, p95", cost.p95_ms, "ms"),
        Figure(f"{name}: pages a second", cost.per_second, "/s"),
        Figure(f"{name}: page over the wire", cost.wire_kb, "KiB", "<= 60"),
    ]
