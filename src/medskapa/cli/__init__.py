"""The `medskapa` command. Every Python reads this file, however old, so that a too old one gets a clear line."""

import sys

OLDEST = (3, 11)


def run(arguments: "list[str] | None" = None) -> int:
    """Carry out one command. Returns the exit status: 0 done, 1 a finding, 2 bad input or environment."""
    if sys.version_info < OLDEST:
        sys.stderr.write("medskapa: needs Python 3.11 or later; this is %d.%d\n" % sys.version_info[:2])  # noqa: UP031
        return 2
    from medskapa.cli.commands import carry_out

    return carry_out(arguments)
