"""`medskapa panel`: draw a panel by lot, with quotas and the fairest chances."""

import argparse
import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medskapa.cli.computing.common import Progress, add_command, write_csv, write_json, write_table
from medskapa.cli.refusals import Refused

if TYPE_CHECKING:
    from medskapa.methods.panel.committees import Committees
    from medskapa.methods.panel.draw import Draw
    from medskapa.methods.panel.fairness import Lottery
    from medskapa.methods.panel.pool import Pool

EXAMPLES = """\
  medskapa panel quotas.csv people.csv --size 24
  medskapa panel quotas.csv people.csv --size 24 --seed "lottery numbers of 1 March" --audit audit.json --out panel.csv
  medskapa panel quotas.csv people.csv --check audit.json     draw it again, and see that the panel is the same

quotas.csv has the columns category, feature, min and max (or feature, value, min and max); people.csv an id and a column for each
category. The seed should be something that nobody can choose, said before anybody knows it.
"""


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = add_command(commands, "panel", "draw a panel by lot", EXAMPLES, compute, "CATEGORIES.csv", "PEOPLE.csv", seed=str)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--size", type=int, help="how many people the panel has")
    what.add_argument("--check", type=Path, metavar="AUDIT", help="draw again from an audit file, and compare")
    parser.add_argument(
        "--fairness",
        choices=("leximin", "maximin"),
        default="leximin",
        help="make the smallest chance as large as can be, then (leximin) the next smallest and so on, or (maximin) the largest small",
    )
    parser.add_argument("--out", type=Path, help="write the panel to this CSV file")
    parser.add_argument("--audit", type=Path, help="write what is needed to draw it again to this JSON file")


def compute(options: argparse.Namespace) -> int:
    """Draw the panel, or draw it again. Raises Refused, MethodError."""
    from medskapa.methods.panel.pool import read_pool

    pool = read_pool(options.categories, options.people)
    return _check(pool, options.check) if options.check else _draw(pool, options)


def _draw(pool: "Pool", options: argparse.Namespace) -> int:
    from medskapa.methods.panel.committees import Committees
    from medskapa.methods.panel.draw import draw
    from medskapa.methods.panel.fairness import fairest

    if not 1 <= options.size <= len(pool.people):
        raise Refused(f"--size is {options.size}, expected a number from 1 to {len(pool.people)}, the people in the pool")
    committees = Committees(pool, options.size)
    lottery = fairest(committees, only_smallest=options.fairness == "maximin", progress=Progress("panels found"))
    drawn = draw(committees, lottery, seed=options.seed, fairness=options.fairness)
    if options.audit:
        _write_audit(options.audit, drawn)
    if options.out:
        write_csv(options.out, ("id", *pool.categories), [(person, *(pool.people[person].values())) for person in drawn.panel])
    if options.json:
        write_json(_as_json(committees, lottery, drawn))
    else:
        _show(committees, lottery, drawn)
    return 0


def _check(pool: "Pool", path: Path) -> int:
    from medskapa.methods.panel.draw import AuditBroken, drawn_again
    from medskapa.methods.tables import text_of

    try:
        panel = drawn_again(pool, json.loads(text_of(path)))
    except AuditBroken as broken:
        sys.stdout.write(f"{path}: {broken}\n")
        return 1
    except ValueError as error:
        raise Refused(f"{path}: {error}, expected an audit file in JSON") from None
    sys.stdout.write(f"The draw gives the same panel of {len(panel)} again: {', '.join(panel)}\n")
    return 0


def _write_audit(path: Path, drawn: "Draw") -> None:
    try:
        path.write_text(json.dumps(drawn.audit, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise Refused(f"cannot write {path}: {error.strerror}") from None


def _as_json(committees: "Committees", lottery: "Lottery", drawn: "Draw") -> dict[str, Any]:
    possible = _possible(drawn)
    return {
        "fairness": drawn.audit["fairness"],
        "size": committees.size,
        "pool": len(committees.pool.people),
        "panel": drawn.panel,
        "replacements": drawn.replacements,
        "probabilities": {person: drawn.chances[person] for person in sorted(drawn.chances)},
        "min_probability": min(possible),
        "max_probability": max(possible),
        "bound": lottery.bound,
        "cannot_be_drawn": sorted(person for person, chance in drawn.chances.items() if not chance),
        "panels": len(lottery.weights),
        "quotas": [
            {"category": quota.category, "value": quota.value, "min": quota.least, "max": quota.most, "pool": in_pool, "panel": on_panel}
            for quota, in_pool, on_panel in _counted(committees.pool, drawn)
        ],
        "seed": drawn.audit["seed"],
    }


def _possible(drawn: "Draw") -> list[Fraction]:
    return [chance for chance in drawn.chances.values() if chance]


def _counted(pool: "Pool", drawn: "Draw") -> list[tuple[Any, int, int]]:
    return [
        (
            quota,
            sum(values[quota.category] == quota.value for values in pool.people.values()),
            sum(pool.people[person][quota.category] == quota.value for person in drawn.panel),
        )
        for quota in pool.quotas
    ]


def _show(committees: "Committees", lottery: "Lottery", drawn: "Draw") -> None:
    pool, possible = committees.pool, _possible(drawn)
    shut_out = len(drawn.chances) - len(possible)
    sys.stdout.write(f"A panel of {committees.size} from {len(pool.people)} people, seed {drawn.audit['seed']!r}.\n")
    sys.stdout.write(
        f"Everybody who can be drawn had a chance of at least {float(min(possible)):.2%}; no lottery that keeps the quotas can give all of "
        f"them more than {lottery.bound:.2%}. The largest chance was {float(max(possible)):.2%}.\n"
    )
    if shut_out:
        sys.stdout.write(f"No panel that keeps the quotas can have any of {shut_out} people: they had no chance.\n")
    counted = _counted(pool, drawn)
    write_table(
        "Quotas",
        ("category", "value", "min", "max", "in the pool", "on the panel"),
        [(quota.category, quota.value, quota.least, quota.most, in_pool, on_panel) for quota, in_pool, on_panel in counted],
    )
    write_table(
        "The panel",
        ("id", *pool.categories, "could come in, in this order"),
        [(person, *pool.people[person].values(), ", ".join(drawn.replacements[person])) for person in drawn.panel],
    )
