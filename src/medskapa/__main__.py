"""`python -m medskapa` is the `medskapa` command."""

import sys

from medskapa.cli import run

if __name__ == "__main__":
    sys.exit(run())
