"""`medskapa rank`: a ranking from pairs."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from medskapa.cli.computing.common import add_command, add_confidence, write_json, write_table

if TYPE_CHECKING:
    from medskapa.methods.ranking import Ranking

EXAMPLES = """\
  medskapa rank comparisons.csv
  medskapa rank comparisons.csv --confidence 0.9 --json

comparisons.csv has the columns left, right and winner; the winner is one of the two, or empty for a draw.
"""


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = add_command(commands, "rank", "rank things from pairs", EXAMPLES, compute, "COMPARISONS.csv")
    add_confidence(parser)


def compute(options: argparse.Namespace) -> int:
    """Rank. Raises MethodError."""
    from medskapa.methods.ranking import rank, read_comparisons

    found = rank(read_comparisons(options.comparisons), confidence=options.confidence)
    if options.json:
        write_json({"items": found.items, "above": found.above, "is_connected": found.is_connected, "confidence": options.confidence})
    else:
        _show(found)
    return 0


def _show(found: "Ranking") -> None:
    if not found.is_connected:
        groups = len({item.group for item in found.items})
        sys.stdout.write(
            f"There are {groups} groups that cannot be put on one scale: between them one side was always preferred, or nobody was asked.\n"
            "For one order nevertheless, give each one imagined draw against an average thing: that is the last column.\n"
        )
    pulled = () if found.is_connected else ("with a draw",)
    write_table(
        "Ranking",
        ("name", "group", "strength", "from", "to", "preferred", "of", *pulled),
        [
            (
                item.name,
                item.group + 1,
                item.strength,
                item.low,
                item.high,
                f"{item.wins:g}",
                item.compared,
                *([item.pulled] if pulled else []),
            )
            for item in found.items
        ],
    )
    for upper, lower in found.above:
        sys.stdout.write(f"Group {upper + 1} was always preferred to group {lower + 1}.\n")
