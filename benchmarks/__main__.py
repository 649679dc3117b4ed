"""`python -m benchmarks NAME`."""

import sys
from importlib import import_module
from pathlib import Path

from benchmarks.figures import told

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if "\ndef run(" in path.read_text(encoding="utf-8"))

if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in NAMES:
        sys.stderr.write(f"benchmarks: {name!r} is none of {', '.join(NAMES)}; write for example: make bench NAME=web\n")
        sys.exit(2)
    sys.exit(told(name, *import_module(f"benchmarks.{name}").run()))
