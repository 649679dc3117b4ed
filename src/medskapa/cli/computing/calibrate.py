"""`medskapa calibrate`: a jury's scores, made comparable."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medskapa.cli.computing.common import add_command, add_confidence, write_csv, write_json, write_table

if TYPE_CHECKING:
    from medskapa.methods.calibration.jury import Jury
    from medskapa.methods.calibration.results import Calibration

EXAMPLES = """\
  medskapa calibrate reviews.csv
  medskapa calibrate reviews.csv --top 3
  medskapa calibrate reviews.csv --top 3 --out adjusted.csv --json

reviews.csv has the columns juror, application, criterion and score, one line for each score; the criterion's weight may stand beside.
"""
FIT = {True: "scores unlike the others", False: "as the others", None: "cannot be said"}


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = add_command(commands, "calibrate", "make a jury's scores comparable", EXAMPLES, compute, "REVIEWS.csv")
    parser.add_argument("--top", type=int, metavar="K", help="give each application's chance to be among the best K")
    add_confidence(parser)
    parser.add_argument("--out", type=Path, metavar="OUT.csv", help="write the adjusted scores to this CSV file")


def compute(options: argparse.Namespace) -> int:
    """Adjust. Raises Refused, MethodError."""
    import numpy as np

    from medskapa.methods.calibration.calibrate import calibrate
    from medskapa.methods.calibration.jury import read_reviews

    jury = read_reviews(options.reviews)
    found = calibrate(jury, np.random.default_rng(options.seed), top=options.top, confidence=options.confidence)
    sys.stderr.writelines(f"{warning}\n" for warning in found.warnings)
    if options.out:
        columns = ("application", "raw", "adjusted", "low", "high", "place", "chance")
        write_csv(options.out, columns, [(one.name, *(getattr(one, column) for column in columns[1:])) for one in found.applications])
    if options.json:
        write_json(found)
    else:
        _show(jury, found, options.top)
    return 0


def _show(jury: "Jury", found: "Calibration", top: int | None) -> None:
    sys.stdout.write(f"{len(jury.applications)} applications, {len(jury.jurors)} jurors, {jury.reviews} reviews.\n")
    sys.stdout.writelines(f"{line}\n" for line in _in_words(found, top))
    chance = (f"chance of top {top}",) if top else ()
    write_table(
        "Applications",
        ("place", "application", "reviews", "raw", "adjusted", "from", "to", "raw place", *chance, "cannot be told apart from"),
        [
            (one.place, one.name, one.reviews, one.raw, one.adjusted, one.low, one.high, one.raw_place)
            + ((_percent(one.chance),) if top else ())
            + (", ".join(one.alike),)
            for one in found.applications
        ],
    )
    write_table(
        "Jurors (strictness: how much lower than the mean juror they score)",
        ("juror", "reviews", "strictness", "from", "to", "use of the scale", "fit"),
        [
            (juror.name, juror.reviews, juror.severity, juror.low, juror.high, f"× {juror.stretch:.2f}", FIT[juror.is_unlike])
            for juror in found.jurors
        ],
    )
    write_table(
        "Single reviews unlike what all the others lead one to expect: a reason to ask",
        ("juror", "application", "score", "expected"),
        [(one.juror, one.application, one.score, one.expected) for one in found.surprises],
    )


def _in_words(found: "Calibration", top: int | None) -> list[str]:
    """What the tables say, as sentences."""
    if not found.is_adjusted:
        return []
    said = ["Adjusting changes the order." if found.order_changes else "Adjusting does not change the order."]
    if found.comes_in:
        said.append(f"Among the best {top}: {', '.join(found.comes_in)} instead of {', '.join(found.goes_out)}.")
    if found.severities_by_chance is not None:
        said.append(
            "Strictness as different as this would come about by chance alone in "
            f"{_of_a_thousand(found.severities_by_chance)} juries whose jurors are all equally strict."
        )
    if found.uses_stretch:
        said.append("The jurors use the scale so differently that it was evened out.")
    if found.reliability is not None:
        said.append(
            f"Of the differences between adjusted scores about {found.reliability:.0%} are differences between applications; "
            "the rest is chance."
        )
    return said


def _of_a_thousand(chance: float) -> str:
    return "less than 1 of 1,000" if chance < 0.001 else f"about {round(chance * 1000)} of 1,000"


def _percent(chance: float | None) -> str | None:
    return None if chance is None else f"{chance:.0%}"
