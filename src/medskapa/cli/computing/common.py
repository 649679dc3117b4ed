"""What the commands that compute share: their options, progress on standard error, and how a result is written."""

import argparse
import csv
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from medskapa.cli.refusals import Refused

PATIENCE = 1.0  # seconds; what takes longer says how far it has come
CUT = 60  # signs of a cell in a readable table


def add_command(
    commands: Any,
    name: str,
    says: str,
    examples: str,
    compute: Callable[[argparse.Namespace], int],
    *files: str,
    seed: Callable[[str], Any] | None = None,
) -> argparse.ArgumentParser:
    """Add a command that reads these files (``VOTES.csv``), with the options that all of them have. Gives its parser for the others.

    ``seed`` reads the seed, if it is not a whole number.
    """
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=says, description=says, epilog=f"examples:\n{examples}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for file in files:
        parser.add_argument(file.partition(".")[0].lower(), metavar=file, type=Path)
    parser.add_argument("--json", action="store_true", help="write the result as JSON on standard output")
    parser.add_argument(
        "--seed", type=seed or _seed, default="0", help="start of the random numbers; the same seed gives the same result (default: 0)"
    )
    parser.set_defaults(command=compute)
    return parser


def add_confidence(parser: argparse.ArgumentParser) -> None:
    """Add the option that says how sure the intervals are to be."""
    parser.add_argument("--confidence", type=_confidence, default=0.95, help="of the intervals (default: 0.95)")


def _confidence(text: str) -> float:
    confidence = float(text)
    if not 0 < confidence < 1:
        raise argparse.ArgumentTypeError(f"{text} does not lie between 0 and 1")
    return confidence


def _seed(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is negative, expected a whole number of at least 0")
    return number


class Progress:
    """Says on standard error how far a long computation has come; silent in its first second, at most one line a second."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._said_at = time.monotonic()

    def __call__(self, done: int, total: int | None = None) -> None:
        """So much is done, of so much where that is known."""
        if time.monotonic() - self._said_at < PATIENCE:
            return
        self._said_at = time.monotonic()
        sys.stderr.write(f"{self._what}: {done}" + (f" of {total}" if total else "") + "\n")
        sys.stderr.flush()


def write_json(result: Any) -> None:
    """A result on standard output as JSON, whole numbers as such, what is not a number as null."""
    sys.stdout.write(json.dumps(plain(result), ensure_ascii=False, indent=2) + "\n")


def plain(value: Any) -> Any:
    """A result in what JSON knows: dataclasses become objects, arrays lists, fractions numbers, sets sorted lists."""
    if value is None or isinstance(value, bool | str | int):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "tolist"):  # arrays and numbers of numpy
        return plain(value.tolist())
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return float(value) if abs(float(value)) < float("inf") else None


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table in a file, UTF-8; no value is an empty cell. Raises Refused if it cannot be written."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    except OSError as error:
        raise Refused(f"cannot write {path}: {error.strerror}") from None


def write_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A readable table on standard output: a title, a line of names, columns that stand under each other."""
    cells = [[_cell(cell) for cell in row] for row in rows]
    if not cells:
        return
    widths = [max(len(name), *(len(row[column]) for row in cells)) for column, name in enumerate(columns)]
    sys.stdout.write(f"\n{title}\n")
    sys.stdout.writelines(f"  {line}\n" for line in _lines([list(columns), *cells], widths))


def _lines(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3f}"
    text = " ".join(str(value).split())
    return text if len(text) <= CUT else text[: CUT - 1] + "…"
