"""`medskapa effect`: whether it got better, by how much, and how sure that is."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from medskapa.cli.computing.common import add_command, add_confidence, write_json, write_table

if TYPE_CHECKING:
    from medskapa.methods.effect.results import Effect

DESIGNS = ("before-after", "paired", "did", "its")
EXAMPLES = """\
  medskapa effect answers.csv --design before-after    other people each time: when, value
  medskapa effect twice.csv --design paired            the same people twice: unit, before, after
  medskapa effect schools.csv --design did             with and without a pilot: unit, group, when, value
  medskapa effect months.csv --design its --json       one value a month: time, when, value

when is before or after, group is pilot or comparison; values are numbers, or yes and no.
"""


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = add_command(commands, "effect", "say whether it got better", EXAMPLES, compute, "DATA.csv")
    parser.add_argument("--design", choices=DESIGNS, required=True, help="what is compared with what")
    add_confidence(parser)


def compute(options: argparse.Namespace) -> int:
    """Compare. Raises MethodError."""
    found = _effect(options)
    sys.stderr.writelines(f"{warning}\n" for warning in found.warnings)
    if options.json:
        write_json(found)
    else:
        _show(found)
    return 0


def _effect(options: argparse.Namespace) -> "Effect":
    import numpy as np

    from medskapa.methods.effect import reading
    from medskapa.methods.effect.before_after import before_after, paired
    from medskapa.methods.effect.did import difference_in_differences
    from medskapa.methods.effect.its import interrupted

    rng, confidence = np.random.default_rng(options.seed), options.confidence
    if options.design == "before-after":
        before, after, is_share = reading.read_before_after(options.data)
        return before_after(before, after, is_share=is_share, confidence=confidence)
    if options.design == "paired":
        before, after, is_share = reading.read_paired(options.data)
        return paired(before, after, rng, is_share=is_share, confidence=confidence)
    if options.design == "did":
        units, is_share = reading.read_units(options.data)
        return difference_in_differences(units, rng, is_share=is_share, confidence=confidence)
    return interrupted(reading.read_series(options.data), confidence=confidence)


def _show(found: "Effect") -> None:
    sys.stdout.writelines(f"{line}\n" for line in found.words)
    rows = [
        ("difference", found.estimate, found.low, found.high),
        *((part.name, part.estimate, part.low, part.high) for part in found.parts),
    ]
    write_table("In numbers", ("what", "estimate", "from", "to"), rows)
