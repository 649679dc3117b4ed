"""`medskapa disclose`: which figures of a table can be published so that nobody is told from small numbers."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medskapa.cli.computing.common import Progress, add_command, write_csv, write_json, write_table

if TYPE_CHECKING:
    from medskapa.methods.disclosure.attacker import Interval
    from medskapa.methods.disclosure.figures import Figures, Key
    from medskapa.methods.disclosure.protection import Protected

EXAMPLES = """\
  medskapa disclose table.csv --out public.csv
  medskapa disclose table.csv --threshold 10 --json

table.csv has the column count; all other columns say who is counted (place, age, …), with total where everybody counts.
A file without any total gets them all. A column public says yes where a figure is known already.
Publish public.csv only: the rest that this command says is for whoever prepares it.
"""


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = add_command(commands, "disclose", "withhold small numbers, and what would tell them", EXAMPLES, compute, "TABLE.csv")
    parser.add_argument("--threshold", type=int, default=5, help="figures of fewer people are withheld (default: 5)")
    parser.add_argument("--zeros", action="store_true", help="withhold figures of nobody, too")
    parser.add_argument("--out", type=Path, metavar="OUT.csv", help="write the table for publication; what is withheld is empty")


def compute(options: argparse.Namespace) -> int:
    """Withhold. Status 1 if something small can be told nevertheless. Raises MethodError, Refused."""
    from medskapa.methods.disclosure.figures import read_figures
    from medskapa.methods.disclosure.protection import protect

    figures = read_figures(options.table)
    found = protect(figures, options.threshold, zeros=options.zeros, progress=Progress("attacks tried"))
    warnings = [f"{figures.say(one.key)} can be told: {_said(one.interval)}; too much is public already" for one in found.told]
    for warning in warnings:
        sys.stderr.write(f"{warning}\n")
    if options.out:
        write_csv(options.out, [*figures.columns, "count"], ([*_words(key), found.shown.get(key)] for key in figures.counts))
    if options.json:
        write_json(_as_json(figures, found, options) | {"warnings": warnings})
    else:
        _show(figures, found, options)
    return 1 if warnings else 0


def _as_json(figures: "Figures", found: "Protected", options: argparse.Namespace) -> dict[str, Any]:
    small = {one.key: one for one in found.small}
    why = {key: "small" if key in small else "complement" for key in found.withheld}
    return {
        "threshold": options.threshold,
        "zeros": options.zeros,
        "columns": figures.columns,
        "figures": [{"of": _of(figures, key), "count": found.shown.get(key), "withheld": why.get(key)} for key in figures.counts],
        "attacked": [
            {"of": _of(figures, one.key), "low": one.interval.low, "high": one.interval.high, "is_protected": one.is_protected}
            for one in found.small
        ],
    }


def _show(figures: "Figures", found: "Protected", options: argparse.Namespace) -> None:
    if found.withheld:
        more, small = len(found.complement), len(found.withheld) - len(found.complement)
        sys.stdout.write(
            f"{len(found.shown)} of {len(figures.counts)} figures can be published. "
            f"Withheld: {small} of fewer than {options.threshold} people, and {more} that would tell those.\n"
        )
    else:
        sys.stdout.write(f"All {len(figures.counts)} figures stay as they are.\n")
    if found.small and not found.told:
        sys.stdout.write(
            f"Attacked with all that is shown, no small figure can be told closer than to {options.threshold + 1} numbers in a row.\n"
        )
    table = [(*_words(key), found.shown.get(key, "withheld")) for key in figures.counts]
    write_table("What can be published", (*figures.columns, "count"), table)
    attacked = [(*_words(one.key), _said(one.interval)) for one in found.small]
    write_table("What can be told of small figures (not for publication)", (*figures.columns, "what can be told"), attacked)


def _of(figures: "Figures", key: "Key") -> dict[str, str | None]:
    """Who is counted; nothing where everybody is."""
    return {column: value or None for column, value in zip(figures.columns, key, strict=True)}


def _words(key: "Key") -> list[str]:
    return [value or "total" for value in key]


def _said(interval: "Interval") -> str:
    if interval.high is None:
        return f"at least {interval.low}"
    return f"it is {interval.low}" if interval.low == interval.high else f"between {interval.low} and {interval.high}"
