"""`medskapa match`: who gets which place, by the wishes of both sides."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medskapa.cli.computing.common import add_command, write_csv, write_json, write_table

if TYPE_CHECKING:
    from medskapa.methods.matching import Market, Matching

EXAMPLES = """\
  medskapa match wishes.csv mentors.csv
  medskapa match wishes.csv mentors.csv --best-for places
  medskapa match wishes.csv mentors.csv --rule least-cost --out pairs.csv

wishes.csv has the columns from, to and rank (1 is best): from a person to a place, or from a place to a person. mentors.csv has the columns
place and capacity. A place without wishes takes everybody who wishes for it as equal; equal ranks are put in order by lot.
"""


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = add_command(commands, "match", "match people with places by wishes", EXAMPLES, compute, "WISHES.csv", "CAPACITIES.csv")
    parser.add_argument(
        "--rule",
        choices=("stable", "least-cost"),
        default="stable",
        help="stable: nobody would rather swap; least-cost: smallest sum of ranks",
    )
    parser.add_argument("--best-for", choices=("people", "places"), default="people", help="whose wishes a stable matching follows first")
    parser.add_argument("--out", type=Path, metavar="OUT.csv", help="write the pairs to this CSV file")


def compute(options: argparse.Namespace) -> int:
    """Match. Raises Refused, MethodError."""
    import numpy as np

    from medskapa.methods.matching import least_cost, read_market, stable

    market, rng = read_market(options.wishes, options.capacities), np.random.default_rng(options.seed)
    found = stable(market, rng, best_for=options.best_for) if options.rule == "stable" else least_cost(market, rng)
    if options.out:
        write_csv(options.out, ("person", "place"), found.pairs.items())
    if options.json:
        write_json(_as_json(market, found, options))
    else:
        _show(market, found)
    return 0


def _as_json(market: "Market", found: "Matching", options: argparse.Namespace) -> dict[str, Any]:
    return {
        "rule": options.rule,
        "best_for": options.best_for if options.rule == "stable" else None,
        "pairs": found.pairs,
        "without": found.without,
        "blocking": found.blocking,
        "ranks": found.ranks,
        "room_left": _room_left(market, found),
    }


def _room_left(market: "Market", found: "Matching") -> dict[str, int]:
    taken = list(found.pairs.values())
    return {place: market.capacities[place] - taken.count(place) for place in sorted(market.capacities)}


def _show(market: "Market", found: "Matching") -> None:
    sys.stdout.write(f"{len(found.pairs)} of {len(market.people)} people have a place.\n")
    if found.without:
        sys.stdout.write(f"Without a place: {', '.join(found.without)}\n")
    if found.blocking:
        said = "; ".join(f"{person} and {place}" for person, place in found.blocking)
        sys.stdout.write(f"Would rather have each other than what they got: {said}\n")
    else:
        sys.stdout.write("No person and place would rather have each other than what they got.\n")
    write_table("How far down their list people got", ("rank", "people"), found.ranks.items())
    write_table("Who got which place", ("person", "place"), found.pairs.items())
    write_table("Room left", ("place", "free"), [(place, free) for place, free in _room_left(market, found).items() if free])
