"""`make bench NAME=methods DATA=…`: each method beside other people's programs, on the data in a folder and on invented data."""

import os
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.figures import Figure


def run() -> tuple[list[Figure], list[str]]:
    """The figures of every `methods_<name>.py` beside this file, and what could not run. Without DATA only invented data are used."""
    data = Path(os.environ["DATA"]).resolve() if os.environ.get("DATA") else None
    figures: list[Figure] = []
    not_run: list[str] = [] if data else ["what needs data of others (say where they lie: DATA=…)"]
    for path in sorted(Path(__file__).parent.glob("methods_*.py")):
        sys.stderr.write(f"{path.stem.removeprefix('methods_')} …\n")
        more, missing = import_module(f"benchmarks.{path.stem}").figures(data)
        figures += more
        not_run += missing
    return figures, not_run
