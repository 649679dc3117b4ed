"""`medskapa agreement`: whether several people who code the same things mean the same."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from medskapa.cli.computing.common import add_command, write_json, write_table

if TYPE_CHECKING:
    from medskapa.methods.agreement import Alpha

EXAMPLES = """\
  medskapa agreement codings.csv
  medskapa agreement codings.csv --level ordinal --json

codings.csv has the columns coder, unit and code; a missing code is an empty cell, or no line at all.
"""
MOST_SHOWN = 20


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = add_command(commands, "agreement", "say whether coders agree", EXAMPLES, compute, "CODINGS.csv")
    parser.add_argument(
        "--level",
        choices=("nominal", "ordinal", "interval"),
        default="nominal",
        help="what codes are: names, ranks or numbers (default: nominal)",
    )


def compute(options: argparse.Namespace) -> int:
    """Compare. Raises MethodError."""
    import numpy as np

    from medskapa.methods.agreement import alpha, disputed, kappas, read_codings

    codings, rng = read_codings(options.codings), np.random.default_rng(options.seed)
    together, pairs, units = alpha(codings, options.level, rng), kappas(codings, rng), disputed(codings, options.level)
    if options.json:
        disagreements = [{"unit": unit, "disagreement": much} for unit, much in units]
        write_json({"level": options.level, "alpha": together, "kappas": pairs, "disputed": disagreements})
        return 0
    sys.stdout.write(_said(together) + "\n")
    write_table(
        "Each pair of coders (Cohen's kappa)",
        ("one", "other", "kappa", "from", "to", "units"),
        [(pair.one, pair.other, pair.value, pair.low, pair.high, pair.units) for pair in pairs],
    )
    write_table(
        "Most disputed", ("unit", "disagreement", "codes"), [(unit, much, _codes(codings[unit])) for unit, much in units[:MOST_SHOWN]]
    )
    return 0


def _said(found: "Alpha") -> str:
    if found.value is None:
        return f"All {found.codes} codes are the same: nobody could disagree, so there is no alpha."
    sure = "" if found.low is None or found.high is None else f" (between {found.low:.3f} and {found.high:.3f}, 95 %)"
    return (
        f"Krippendorff's alpha is {found.value:.3f}{sure}, over {found.units} units that at least two coded. "
        "1 is full agreement, 0 is chance; from 0.8 on codes can be relied on, from 0.667 on for tentative conclusions."
    )


def _codes(codes: dict[str, str]) -> str:
    return ", ".join(f"{coder}: {code}" for coder, code in sorted(codes.items()))
