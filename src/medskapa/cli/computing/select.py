"""`medskapa select`: which projects are chosen within a budget, by approval ballots."""

import argparse
import sys
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from medskapa.cli.computing.common import Progress, add_command, write_json, write_table
from medskapa.cli.refusals import Refused

if TYPE_CHECKING:
    from medskapa.methods.shares.election import Election
    from medskapa.methods.shares.pabulib import File

RULES = ("equal-shares", "phragmen", "greedy")
EXAMPLES = """\
  medskapa select election.pb
  medskapa select election.pb --completion none --satisfaction cardinality
  medskapa select election.pb --rule greedy --json

election.pb is a file in the format of Pabulib with approval ballots.
"""


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = add_command(commands, "select", "choose projects within a budget", EXAMPLES, compute, "FILE.pb")
    parser.add_argument("--rule", choices=RULES, default="equal-shares", help="how projects are chosen (default: equal-shares)")
    parser.add_argument(
        "--satisfaction", choices=("cost", "cardinality"), default="cost", help="what a project gives a supporter: its cost, or 1"
    )
    parser.add_argument(
        "--completion",
        choices=("none", "add1", "add1-comparison", "greedy", "add1+greedy"),
        default="add1+greedy",
        help="what is done with the money that Equal Shares leaves (default: add1+greedy)",
    )
    parser.add_argument("--step", type=_step, default=Fraction(1), help="by how much add1 gives everybody more each time (default: 1)")


def _step(text: str) -> Fraction:
    step = Fraction(text)
    if step <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return step


def compute(options: argparse.Namespace) -> int:
    """Choose. Raises Refused, MethodError."""
    from medskapa.methods.shares.pabulib import read_pb

    file = read_pb(options.file)
    if not file.election.voters:
        raise Refused(f"{options.file}: nobody voted, expected at least one ballot")
    result = _result(file, options)
    for warning in result["warnings"]:
        sys.stderr.write(f"{warning}\n")
    if options.json:
        write_json(result)
    else:
        _show(result, file)
    return 0


def _result(file: "File", options: argparse.Namespace) -> dict[str, Any]:
    from medskapa.methods.shares.justified import complaints
    from medskapa.methods.shares.reasons import losers, satisfaction_of_groups

    election, by = file.election, options.satisfaction
    winners, warnings = _winners(election, options)
    chosen = [winner["project"] for winner in winners]
    return {
        "rule": options.rule,
        "satisfaction": by,
        "completion": options.completion if options.rule == "equal-shares" else None,
        "budget": election.budget,
        "cost": election.cost_of(chosen),
        "voters": election.voters,
        "winners": winners,
        "losers": losers(election, chosen),
        "groups": satisfaction_of_groups(election, chosen),
        "without_any": sum(1 for count in _approved(election, chosen) if not count),
        "complaints": complaints(election, chosen, by),
        "warnings": warnings,
    }


def _winners(election: "Election", options: argparse.Namespace) -> tuple[list[dict[str, Any]], list[str]]:
    from medskapa.methods.shares.completion import completed, greedy, phragmen

    if options.rule == "phragmen":
        return [{"project": one, "bought_at": moment, "supporters": election.count(one)} for one, moment in phragmen(election)], []
    if options.rule == "greedy":
        return [_added(election, one) for one in greedy(election, options.satisfaction)], []
    found = completed(
        election, options.satisfaction, options.completion, step=options.step, progress=Progress("steps of giving everybody more")
    )
    bought = [
        {
            "project": one.project,
            "effectiveness": 1 / one.price if one.price else None,
            "supporters": one.supporters,
            "paid_by": {"paid_in_full": one.paid_in_full, "payment": one.payment, "paid_the_rest": one.paid_the_rest},
        }
        for one in found.purchases
    ]
    warnings = (
        [] if found.is_reached else [f"after {found.steps} steps of {options.step} more still fitted: not reached, try a larger --step"]
    )
    return bought + [_added(election, one) for one in found.added], warnings


def _added(election: "Election", project: str) -> dict[str, Any]:
    return {"project": project, "supporters": election.count(project), "added": "greedily"}


def _approved(election: "Election", chosen: list[str]) -> list[int]:
    counts = [0] * election.voters
    for project in chosen:
        for voter in election.supporters[project].tolist():
            counts[voter] += 1
    return counts


def _show(result: dict[str, Any], file: "File") -> None:
    election = file.election
    sys.stdout.write(
        f"{len(result['winners'])} of {len(election.costs)} projects are chosen. They cost {_money(result['cost'])} of "
        f"{_money(result['budget'])}.\n{result['without_any']} of {result['voters']} voters got none of the projects they approved.\n"
    )
    if result["complaints"]:
        said = "; ".join(f"{one.group} people about {_named(file, one.project)}" for one in result["complaints"])
        sys.stdout.write(f"Groups that could say their share would have paid for more: {said}\n")
    else:
        sys.stdout.write("No group can say that its share would have paid for more (EJR+).\n")
    write_table(
        "Chosen, in this order",
        ("project", "cost", "supporters", "how it was paid"),
        [
            (_named(file, one["project"]), _money(election.costs[one["project"]]), one["supporters"], _paid(one))
            for one in result["winners"]
        ],
    )
    write_table(
        "Not chosen",
        ("project", "cost", "supporters", "why not"),
        [(_named(file, one.project), _money(election.costs[one.project]), one.supporters, str(one)) for one in result["losers"]],
    )
    for name, groups in result["groups"].items():
        write_table(
            f"By {name}",
            ("group", "voters", "chosen projects each approved, on average"),
            [(one.group, one.voters, one.mean) for one in groups],
        )


def _named(file: "File", project: str) -> str:
    name = file.names.get(project, "")
    return f"{project} {name}" if name else project


def _money(amount: Fraction) -> str:
    return f"{amount.numerator:,}".replace(",", " ") if amount.denominator == 1 else f"{float(amount):,.2f}".replace(",", " ")


def _paid(winner: dict[str, Any]) -> str:
    if "added" in winner:
        return "most satisfaction for its cost among what still fitted"
    if "bought_at" in winner:
        return f"its supporters had saved enough at {float(winner['bought_at']):.2f}"
    by = winner["paid_by"]
    rest = f", {by['paid_the_rest']} all they had left" if by["paid_the_rest"] else ""
    return f"{by['paid_in_full']} paid {by['payment']:.2f} each{rest}"
