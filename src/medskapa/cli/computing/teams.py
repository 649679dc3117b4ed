"""`medskapa teams`: who sits at which table, by rules that must hold and wishes that should."""

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medskapa.cli.computing.common import Progress, add_command, write_csv, write_json, write_table
from medskapa.cli.refusals import Refused

if TYPE_CHECKING:
    from medskapa.methods.teams.seat import RulesClash, Seating

EXAMPLES = """\
  medskapa teams people.csv --tables 12 --rules rules.toml
  medskapa teams people.csv --tables 12 --rules rules.toml --seconds 60 --out seating.csv
  medskapa teams people.csv --tables 12 --rules rules.toml --from seating.csv      change as little as can be

people.csv has an id (the column id, or the first one) and whatever columns the rules speak of. rules.toml, for instance:

  [[share]]                    # rules that must hold: size, share, apart, together, language
  column = "role"
  value = "co-creator"
  least = 2

  [language]
  column = "languages"         # such as "sv en"
  interpreted = "interprets"   # such as "sv ar"

  [[apart]]
  people = ["Ada", "Bo"]

  [[mix]]                      # wishes: mix, balance, near
  column = "age"
  weight = 2

Exit status 1: no seating keeps all rules, and it says which of them cannot hold together.
"""


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = add_command(commands, "teams", "seat people at tables by rules and wishes", EXAMPLES, compute, "PEOPLE.csv")
    parser.add_argument("--tables", type=int, required=True, metavar="N", help="how many tables there are")
    parser.add_argument("--rules", type=Path, required=True, metavar="RULES.toml", help="rules that must hold, and wishes with weights")
    parser.add_argument(
        "--from", dest="start", type=Path, metavar="SEATING.csv", help="an earlier seating (person, table): move as few as can be"
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=10.0,
        help="about how much work may be spent, counted in steps of the search and not by the clock (default: 10)",
    )
    parser.add_argument("--out", type=Path, metavar="OUT.csv", help="write the seating to this CSV file (person, table)")


def compute(options: argparse.Namespace) -> int:
    """Seat people, or say which rules clash. Raises Refused, MethodError."""
    import numpy as np

    from medskapa.methods.teams.files import read_people, read_rules, read_seating
    from medskapa.methods.teams.seat import RulesClash, seat

    if options.tables < 1 or not 0 < options.seconds < float("inf"):
        raise Refused(f"--tables is {options.tables} and --seconds is {options.seconds:g}, expected at least 1 and more than 0")
    group = read_people(options.people)
    rules = read_rules(options.rules, group)
    start = read_seating(options.start) if options.start else None
    gone = sorted({*(start or {})} - {*group.ids})
    if gone:
        sys.stderr.write(f"Not among the people any more, and left out of the earlier seating: {', '.join(gone)}\n")
    tables = _tables(options.tables, start)
    try:
        found = seat(
            group,
            tables,
            rules,
            np.random.default_rng(options.seed),
            seconds=options.seconds,
            start=None if start is None else {one: table for one, table in start.items() if one not in gone},
            progress=Progress("steps of the search"),
        )
    except RulesClash as clash:
        return _clashing(clash, options)
    return _told(found, options, gone)


def _tables(count: int, start: dict[str, str] | None) -> list[str]:
    """The tables of the earlier seating, and numbers that are free for the others; numbers in their order."""
    names = {*(start or {}).values()}
    if len(names) > count:
        raise Refused(f"--tables is {count}, expected at least {len(names)}, as many as the earlier seating has")
    free = (str(number) for number in range(1, 2 * count + 1) if str(number) not in names)
    names |= {next(free) for _table in range(count - len(names))}
    return sorted(names, key=lambda name: [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in _parts(name)])


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"(\d+)", name) if part]


def _clashing(clash: "RulesClash", options: argparse.Namespace) -> int:
    if options.json:
        write_json({"tables": None, "clash": clash.rules, "is_smallest": clash.is_smallest})
        return 1
    alone = len(clash.rules) == 1
    sys.stdout.write("No seating keeps " + ("this rule:\n" if alone else "all rules. These cannot hold together:\n"))
    sys.stdout.writelines(f"  - {rule}\n" for rule in clash.rules)
    if not clash.is_smallest:
        sys.stdout.write("Perhaps fewer of them clash already: more --seconds may tell.\n")
    elif not alone:
        sys.stdout.write("Without any one of them the others can hold.\n")
    return 1


def _told(found: "Seating", options: argparse.Namespace, gone: list[str]) -> int:
    if options.out:
        write_csv(options.out, ("person", "table"), [(person, table.name) for table in found.tables for person in table.people])
    if options.json:
        write_json(_as_json(found, is_change=options.start is not None, gone=gone))
    else:
        _show(found, is_change=options.start is not None)
    return 0


def _as_json(found: "Seating", *, is_change: bool, gone: list[str]) -> dict[str, Any]:
    return {
        "tables": found.tables,
        "wishes": found.wishes,
        "points": found.points,
        "lost": found.lost,
        "bound": found.bound,
        "gap": found.gap,
        "is_best": found.is_best,
        "moved": [{"person": person, "from": before, "to": after} for person, before, after in found.moved] if is_change else None,
        "fewest_moves": found.fewest if is_change else None,
        "gone": gone,
    }


def _show(found: "Seating", *, is_change: bool) -> None:
    people = sum(len(table.people) for table in found.tables)
    sys.stdout.write(f"{people} people at {len(found.tables)} tables. Every rule holds at every table.\n")
    sys.stdout.writelines(f"{line}\n" for line in _in_words(found, is_change=is_change))
    write_table(
        "Wishes",
        ("wish", "weight", "missed", "of"),
        [(wish.words, wish.weight, wish.missed, wish.points) for wish in found.wishes],
    )
    write_table("Who moves", ("person", "from", "to"), found.moved)
    has_language = any(table.language for table in found.tables)
    sys.stdout.write("\nTables\n")
    for table in found.tables:
        said = [table.language] * has_language + list(table.remarks)
        sys.stdout.write(f"  {table.name}: {', '.join(table.people)}\n" + (f"      {'; '.join(said)}\n" if said else ""))


def _in_words(found: "Seating", *, is_change: bool) -> list[str]:
    """How good it is, and what is proven about it."""
    said = []
    if is_change:
        moved = len(found.moved)
        proof = "no seating that keeps the rules moves fewer" if found.fewest == moved else f"perhaps {found.fewest} would be enough"
        said.append(f"People who sit elsewhere than before: {moved}; {proof}.")
    if found.points:
        proof = "no seating does better" if found.is_best else f"the best there could be loses {found.bound} (a gap of {found.gap:.1%})"
        among = " among those that move as few people" if is_change and found.moved and found.is_best else ""
        said.append(f"Wishes: {found.lost} of {found.points} points are lost; {proof}{among}.")
    return said
