"""`medskapa landscape`: which groups see things differently, what each stands for, and what all agree on."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medskapa.cli.computing.common import Progress, add_command, write_csv, write_json, write_table

if TYPE_CHECKING:
    from medskapa.methods.landscape.picture import Landscape, Positions
    from medskapa.methods.landscape.reading import Statements
    from medskapa.methods.landscape.statements import Shared
    from medskapa.methods.landscape.votes import Votes

EXAMPLES = """\
  medskapa landscape votes.csv --comments comments.csv
  medskapa landscape participants-votes.csv --groups 3 --positions positions.csv
  medskapa landscape votes.csv --before positions.csv --positions new-positions.csv
  medskapa landscape votes.csv --comments comments.csv --json > landscape.json

The files are those that Polis exports: votes.csv has the columns voter-id, comment-id and vote (1 agree, 0 pass, -1 disagree), and
timestamp if somebody may have voted twice; participants-votes.csv has participant and a column for each statement. comments.csv has
comment-id and moderated (-1: left out of all lists), and is-meta and comment-body if it likes.
"""
MOST_GROUPS = 20


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = add_command(commands, "landscape", "show who answers alike, and what joins them", EXAMPLES, compute, "VOTES.csv")
    parser.add_argument("--comments", type=Path, metavar="COMMENTS.csv", help="the statements: their texts, and which were rejected")
    parser.add_argument(
        "--groups", type=_groups, default=None, metavar="auto|N", help="how many groups (default: as many as the votes bear)"
    )
    parser.add_argument(
        "--min-votes", type=_min_votes, default=7, metavar="N", help="votes of a person who is put into a group (default: 7)"
    )
    parser.add_argument("--positions", type=Path, metavar="OUT.csv", help="write participant, x, y and group to this CSV file")
    parser.add_argument(
        "--before", type=Path, metavar="OUT.csv", help="positions of an earlier run: groups that are still there keep their id"
    )


def _groups(text: str) -> int | None:
    if text == "auto":
        return None
    if not text.isdecimal() or not 2 <= int(text) <= MOST_GROUPS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of groups, expected auto or a number from 2 to {MOST_GROUPS}")
    return int(text)


def _min_votes(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of votes, expected a whole number of at least 1")
    return int(text)


def compute(options: argparse.Namespace) -> int:
    """Find the landscape. Raises Refused, MethodError."""
    import numpy as np

    from medskapa.methods.landscape.finding import landscape
    from medskapa.methods.landscape.reading import Statements, read_positions, read_statements, read_votes

    statements = read_statements(options.comments) if options.comments else Statements({}, frozenset())
    votes = read_votes(options.votes, out=statements.out, tell=Progress("votes read"))
    before = read_positions(options.before) if options.before else None
    rng = np.random.default_rng(options.seed)
    found = landscape(votes, rng=rng, groups=options.groups, min_votes=options.min_votes, before=before, progress=Progress("steps"))
    warnings = [str(caution) for caution in found.cautions] + (_unknown(votes, statements) if options.comments else [])
    sys.stderr.writelines(f"{warning}\n" for warning in warnings)
    if options.positions:
        write_csv(options.positions, ("participant", "x", "y", "group"), _places(found.positions))
    if options.json:
        write_json(_as_json(found, warnings))
    else:
        _show(found, statements, options.min_votes)
    return 0


def _unknown(votes: "Votes", statements: "Statements") -> list[str]:
    missing = sum(str(one) not in statements.texts for one in votes.statements.tolist())
    return [f"{missing} statements with votes are not in the file of comments: they are taken as accepted"] if missing else []


def _places(positions: "Positions") -> Iterator[tuple[Any, float, float, int | None]]:
    for person, (x, y), group in zip(positions.people.tolist(), positions.xy.tolist(), positions.groups.tolist(), strict=True):
        yield person, x, y, group if group >= 0 else None


def _as_json(found: "Landscape", warnings: list[str]) -> dict[str, Any]:
    spoken = ("statement", "position", "share", "ratio", "z")
    return {
        "participants": found.participants,
        "placed": found.placed,
        "statements": found.statements,
        "votes": found.votes,
        "explained_variance": found.explained_variance,
        "k": found.k,
        "stability": found.stability,
        "groups": [
            {
                "id": group.id,
                "size": group.size,
                "representative": [{key: getattr(one, key) for key in spoken} for one in group.representative],
            }
            for group in found.groups
        ],
        "consensus": [_shared(one) for one in found.consensus],
        "bridging": [_shared(one) for one in found.bridging],
        "positions": [{"participant": person, "x": x, "y": y, "group": group} for person, x, y, group in _places(found.positions)],
        "warnings": warnings,
    }


def _shared(one: "Shared") -> dict[str, Any]:
    return {"statement": one.statement, "position": one.position, "share": one.share, "shares": one.shares, "interval": one.interval}


def _show(found: "Landscape", statements: "Statements", min_votes: int) -> None:
    sys.stdout.write(
        f"People who voted: {found.participants}. Statements: {found.statements}. Votes: {found.votes}.\n"
        f"People with at least {min_votes} votes, who can be put into groups: {found.placed}.\n"
        f"On a map, the two axes show {sum(found.explained_variance):.0%} of the differences.\n"
    )
    if found.stability is not None:
        sys.stdout.write(
            f"There are {found.k} groups. If other people like these had voted, two of one group would be in one group again in "
            f"{100 * found.stability:.0f} of 100 cases.\n"
        )
    for group in found.groups:
        write_table(
            f"Group {group.id}, {group.size} people: what it says unlike the others",
            ("statement", "", "the group", "share", "times the others", "said so", "of"),
            [
                (one.statement, _text(statements, one.statement), f"{one.position}s", one.share, one.ratio, one.said, one.voted)
                for one in group.representative
            ],
        )
    _show_shared("What most people say", found.consensus, found, statements)
    _show_shared("What joins the groups: more than half of each say so", found.bridging, found, statements)


def _show_shared(title: str, shared: tuple["Shared", ...], found: "Landscape", statements: "Statements") -> None:
    ids = [group.id for group in found.groups]
    write_table(
        title,
        ("statement", "", "people", "share", "likely between", *(f"group {group}" for group in ids)),
        [
            (
                one.statement,
                _text(statements, one.statement),
                one.position,
                one.share,
                f"{one.interval[0]:.2f} and {one.interval[1]:.2f}",
                *(one.shares[group] for group in ids),
            )
            for one in shared
        ],
    )


def _text(statements: "Statements", statement: int | str) -> str:
    return statements.texts.get(str(statement), "")
