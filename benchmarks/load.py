"""A small load: a few connections that ask for the same page again and again, and what that costs the server."""

import http.client
import os
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass

from tests.serving import Server

TICK = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 8
HEADERS = {"Host": "localhost", "Accept": "text/html", "Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs."""

    cpu_ms: float
    alone_ms: float
    p95_ms: float
    per_second: float
    wire_kb: float


def cost_of(server: Server, path: str, *, seconds: float) -> Cost:
    """Ask for a page alone and under load. Raises AssertionError if it is not there."""
    alone = [_ask(server, path) for _ in range(10)]
    before, started = cpu_seconds(server), time.monotonic()
    times = _under_load(server, path, seconds)
    passed, spent = time.monotonic() - started, cpu_seconds(server) - before
    return Cost(
        cpu_ms=1000 * spent / len(times),
        alone_ms=1000 * min(taken for taken, _size in alone),
        p95_ms=1000 * statistics.quantiles(times, n=20)[-1],
        per_second=len(times) / passed,
        wire_kb=alone[0][1] / 1024,
    )


def cpu_seconds(server: Server) -> float:
    """CPU time that the server's processes have used so far."""
    total = 0
    for pid in processes(server):
        fields = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def memory_mib(server: Server) -> float:
    """Memory of all processes, what they share counted once (PSS)."""
    sizes = (
        line.split()[1] for pid in processes(server) for line in _read(f"/proc/{pid}/smaps_rollup").splitlines() if line.startswith("Pss:")
    )
    return sum(int(size) for size in sizes) / 1024


def processes(server: Server) -> list[int]:
    """The server's processes."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,pgid="], capture_output=True, text=True, check=True).stdout
    return [int(pid) for pid, group in (line.split() for line in listed.splitlines()) if int(group) == server.process.pid]


def _under_load(server: Server, path: str, seconds: float) -> list[float]:
    times: list[float] = []
    end = time.monotonic() + seconds

    def keep_asking() -> None:
        while time.monotonic() < end:
            times.append(_ask(server, path)[0])

    threads = [threading.Thread(target=keep_asking) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _ask(server: Server, path: str) -> tuple[float, int]:
    started = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path, headers=HEADERS)
    answer = connection.getresponse()
    size = len(answer.read())
    connection.close()
    assert answer.status == 200, f"{path} answered {answer.status}"
    return time.monotonic() - started, size


def _read(path: str) -> str:
    with open(path, encoding="ascii", errors="replace") as file:  # noqa: PTH123  # short and many
        return file.read()
