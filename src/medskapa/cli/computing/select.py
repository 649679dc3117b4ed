"""`medskapa select`: which projects are chosen within a budget, by approval ballots."""

import argparse
import re
import sys
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from medskapa.cli.computing.common import Progress, add_command, plain, write_json, write_table

if TYPE_CHECKING:
    from medskapa.methods.shares.election import Election
    from medskapa.methods.shares.outcome import Loser, Outcome, Winner
    from medskapa.methods.shares.pabulib import File

RULES = ("equal-shares", "phragmen", "greedy")
SATISFACTIONS = ("cost", "cardinality")
COMPLETIONS = ("none", "add1", "add1-comparison", "greedy", "add1+greedy")
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
        "--satisfaction", choices=SATISFACTIONS, default="cost", help="what a project gives a supporter: its cost, or 1 (default: cost)"
    )
    parser.add_argument(
        "--completion",
        choices=COMPLETIONS,
        help="what is done with money that is left (default: add1+greedy with equal-shares, none with the others)",
    )
    parser.add_argument("--step", type=_step, default=Fraction(1), help="by how much add1 gives everybody more each time (default: 1)")


def _step(text: str) -> Fraction:
    step = Fraction(text) if re.fullmatch(r"\d{1,15}(\.\d{1,15})?", text) else Fraction(0)
    if step <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not an amount above 0")
    return step


def compute(options: argparse.Namespace) -> int:
    """Choose. Raises MethodError."""
    from medskapa.methods.shares.outcome import outcome_of
    from medskapa.methods.shares.pabulib import read_pb

    file = read_pb(options.file)
    progress = Progress("steps of giving everybody more")
    found = outcome_of(file.election, options.rule, options.satisfaction, options.completion, step=options.step, progress=progress)
    warnings = [*file.remarks, *_warnings(found, options.step)]
    for warning in warnings:
        sys.stderr.write(f"{warning}\n")
    if options.json:
        write_json(_as_json(found, file, warnings))
    else:
        _show(found, file)
    return 0


def _warnings(found: "Outcome", step: Fraction) -> list[str]:
    if found.is_reached:
        return []
    given = f"when everybody had been given {float(step):g} more {found.steps} times, projects still fitted"
    return [f"{given}: add1 did not come to its end, try --step {float(step * 10):g}"]


def _as_json(found: "Outcome", file: "File", warnings: list[str]) -> dict[str, Any]:
    """All of it, with the names of projects beside their ids."""
    result: dict[str, Any] = plain(found)
    for kind in ("winners", "losers", "complaints"):
        for one in result[kind]:
            one["name"] = file.projects.get(one["project"], {}).get("name", "")
    for loser, one in zip(found.losers, result["losers"], strict=True):
        one["why"] = _why(loser)
    if found.comparison is not None:
        result["comparison"]["is_greedy_better"] = found.comparison.is_greedy_better
    return result | {"warnings": warnings}


def _show(found: "Outcome", file: "File") -> None:
    projects = len(found.winners) + len(found.losers)
    sys.stdout.write(
        f"{len(found.winners)} of {projects} projects are chosen. They cost {_money(found.cost)} of {_money(found.budget)}.\n"
        f"{found.without_any} of {found.voters} voters got none of the projects they approved.\n"
    )
    _show_how(found, file.election)
    if found.complaints:
        said = "; ".join(f"{one.group} people about {file.name(one.project)}" for one in found.complaints)
        sys.stdout.write(f"Groups that could say their share would have paid for more: {said}\n")
    else:
        sys.stdout.write("No group can say that its share would have paid for more (EJR+).\n")
    winners = [(file.name(one.project), _money(one.cost), one.supporters, _paid(one)) for one in found.winners]
    write_table("Chosen, in this order", ("project", "cost", "supporters", "how it was paid"), winners)
    losers = [(file.name(one.project), _money(one.cost), one.supporters, _why(one)) for one in found.losers]
    write_table("Not chosen", ("project", "cost", "supporters", "why not"), losers)
    for name, groups in found.groups.items():
        write_table(
            f"By {name}",
            ("group", "voters", "chosen projects each approved, on average", "who approved none"),
            [(one.group, one.voters, f"{one.projects:.2f}", one.without_any) for one in groups],
        )


def _show_how(found: "Outcome", election: "Election") -> None:
    """What each began with, and the comparison, where there is one."""
    if found.steps and found.endowment is not None:
        sys.stdout.write(
            f"An equal share is {_money(election.share)}; so that more is bought, each began with {_money(found.endowment)}.\n"
        )
    if found.comparison is not None:
        chosen = "greedy" if found.comparison.is_greedy_better else "Equal Shares"
        sys.stdout.write(
            f"{found.comparison.prefer_equal_shares} voters got more of their projects by Equal Shares, "
            f"{found.comparison.prefer_greedy} by the greedy rule: {chosen} counts.\n"
        )


def _money(amount: Fraction) -> str:
    if amount.denominator == 1:
        return f"{amount.numerator:,}".replace(",", " ")
    return f"{float(amount):,.2f}".replace(",", " ")


def _paid(winner: "Winner") -> str:
    if winner.moment is not None:
        return f"its supporters had saved enough when each had earned {_money(winner.moment)}"
    if winner.paid_by is None:
        return "most satisfaction for its cost among what still fitted"
    by = winner.paid_by
    rest = f", {by.paid_the_rest} all they had left" if by.paid_the_rest else ""
    nothing = f", {by.paid_nothing} had nothing left" if by.paid_nothing else ""
    return f"{by.paid_in_full} paid {_money(by.payment)} each{rest}{nothing}"


def _why(loser: "Loser") -> str:
    if not loser.supporters:
        return "nobody approved it"
    if loser.lacks:
        return f"its supporters had {_money(loser.had or Fraction(0))} left together: {_money(loser.lacks)} too little"
    return f"it costs {_money(loser.over)} more than the budget had left"
