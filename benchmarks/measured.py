"""What one task costs: carried out in a process of its own, so that nothing lies in memory already and a slow one can be stopped."""

import os
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.figures import ROOT

PATIENCE = 300.0  # CPU seconds; what takes more counts as more than that
MOST_WAITING = 4  # times as long on the clock, where others use the machine, too
CHILD = """
import os, pickle, resource, sys, time, warnings
warnings.simplefilter("ignore")
answer = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)  # what others print goes elsewhere
prepare, work, arguments, patience = pickle.load(sys.stdin.buffer)
resource.setrlimit(resource.RLIMIT_CPU, (patience, patience + 5))
prepared = prepare(*arguments)
began, on_wall = time.process_time(), time.perf_counter()
result = work(prepared)
spent, passed = time.process_time() - began, time.perf_counter() - on_wall
spent = spent if spent >= 0.05 else passed  # some machines count CPU time in steps of 10 ms
pickle.dump((spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, result), answer)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of the work without its preparation, peak memory in MiB of both, and what came of it; stopped: no result."""

    cpu_s: float
    memory_mib: float
    result: Any
    is_stopped: bool = False


def cost_of(prepare: Callable[..., Any], work: Callable[[Any], Any], *arguments: Any, patience: float = PATIENCE) -> Cost:
    """Carry out ``work(prepare(*arguments))`` in a fresh process with one thread; both are functions of a module."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [sys.executable, "-c", CHILD]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    try:
        done = subprocess.run(
            command,
            input=pickle.dumps((prepare, work, arguments, int(patience))),
            capture_output=True,
            cwd=ROOT,
            env=environment,
            timeout=patience * MOST_WAITING,
            check=False,
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode == -signal.SIGXCPU:
        return Cost(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, 0.0, None, is_stopped=True)
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-2000:])
    spent, memory, result = pickle.loads(done.stdout)
    return Cost(spent, memory, result)


def nothing(*arguments: Any) -> Any:
    """A preparation that hands its arguments on."""
    return arguments
