"""One call for every rule: which projects are chosen, why each of them, what the others lacked, and what everybody gets."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from medskapa.methods.errors import MethodError
from medskapa.methods.shares.completion import Comparison, Completed, Completion, Progress, completed
from medskapa.methods.shares.election import Election, Satisfaction
from medskapa.methods.shares.greedy import greedy
from medskapa.methods.shares.groups import Group, groups_of
from medskapa.methods.shares.justified import Complaint, complaints
from medskapa.methods.shares.ledger import Ledger, PaidBy
from medskapa.methods.shares.phragmen import phragmen

Rule = Literal["equal-shares", "phragmen", "greedy"]
RULES: tuple[Rule, ...] = ("equal-shares", "phragmen", "greedy")
USUAL: dict[Rule, Completion] = {"equal-shares": "add1+greedy", "phragmen": "none", "greedy": "none"}


@dataclass(frozen=True, slots=True)
class Winner:
    """A project that was chosen, and why.

    by             the rule that chose it; greedy, too, for what was added to Equal Shares
    effectiveness  satisfaction for each unit of money; by Equal Shares of those who paid most. None for what costs nothing
    paid_by        by Equal Shares: how its supporters paid
    moment         by Phragmén's rule: when they had earned enough
    """

    project: str
    cost: Fraction
    supporters: int
    by: Rule
    effectiveness: Fraction | None
    paid_by: PaidBy | None = None
    moment: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Loser:
    """A project that was not chosen, and what it lacked.

    had      what its supporters had left together in the end; None where the rule gives them no money
    lacks    how much of its cost that left open
    over     how much more it costs than the budget had left in the end
    """

    project: str
    cost: Fraction
    supporters: int
    had: Fraction | None
    lacks: Fraction | None
    over: Fraction


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule chose.

    endowment    what each voter began with in the end, by Equal Shares; None for other rules
    steps        how often everybody was given more
    is_reached   whether these steps came to their end; else a larger step is needed
    comparison   with the greedy rule, where that was asked for
    groups       column that voters carry → what each group got
    without_any  how many voters approved none of the chosen projects
    complaints   of groups to whom the outcome is not justified (EJR+)
    """

    rule: Rule
    satisfaction: Satisfaction
    completion: Completion
    budget: Fraction
    cost: Fraction
    voters: int
    winners: tuple[Winner, ...]
    losers: tuple[Loser, ...]
    endowment: Fraction | None
    steps: int
    is_reached: bool
    comparison: Comparison | None
    groups: dict[str, list[Group]]
    without_any: int
    complaints: list[Complaint]


def outcome_of(
    election: Election,
    rule: Rule = "equal-shares",
    satisfaction: Satisfaction = "cost",
    completion: Completion | None = None,
    *,
    step: Fraction = Fraction(1),
    progress: Progress | None = None,
) -> Outcome:
    """Choose projects, and say why.

    completion  what is done with money that is left; if not said, add1+greedy for Equal Shares and none for the others. Only Equal Shares
                knows add1
    step        by how much everybody is given more each time

    Raises MethodError if nobody voted, or the completion is not one of the rule.

    >>> from medskapa.methods.shares.election import election_of
    >>> found = outcome_of(election_of(6, {"park": 4, "lamp": 1, "pool": 6}, [["park", "lamp"], ["park"], ["pool"]]), completion="none")
    >>> [(winner.project, winner.paid_by.paid_in_full) for winner in found.winners], [(one.project, str(one.lacks)) for one in found.losers]
    ([('park', 2)], [('lamp', '1'), ('pool', '4')])
    """
    used = USUAL[rule] if completion is None else completion
    _check(election, rule, used)
    if rule == "equal-shares":
        found = completed(election, satisfaction, used, step=step, progress=progress)
        winners, had = _by_shares(election, found, satisfaction)
    else:
        found, winners, had = _by_another_rule(election, rule, used, satisfaction)
    chosen = found.projects
    return Outcome(
        rule,
        satisfaction,
        used,
        election.budget,
        election.cost_of(chosen),
        election.voters,
        tuple(winners),
        _losers(election, chosen, had),
        found.endowment if rule == "equal-shares" else None,
        found.steps,
        found.is_reached,
        found.comparison,
        groups_of(election, chosen, satisfaction),
        int((election.gains(chosen, "cardinality") == 0).sum()),
        complaints(election, chosen, satisfaction),
    )


def _check(election: Election, rule: Rule, used: Completion) -> None:
    if not election.voters:
        raise MethodError("nobody voted, expected at least one ballot")
    if rule != "equal-shares" and used not in ("none", "greedy"):
        raise MethodError(f"the completion {used} is one of Equal Shares, expected none or greedy with {rule}")


def _by_another_rule(
    election: Election, rule: Rule, used: Completion, satisfaction: Satisfaction
) -> tuple[Completed, list[Winner], dict[str, Fraction]]:
    """What was chosen by Phragmén's rule or greedily, and what was added; and what the supporters of other projects had saved."""
    winners, had = _by_moments(election, satisfaction) if rule == "phragmen" else ([], {})
    bought = [winner.project for winner in winners]
    added = greedy(election, satisfaction, bought) if "greedy" in (rule, used) else []
    found = Completed(bought, Fraction(0), added, runs=0)
    return found, winners + [_greedily(election, project, satisfaction) for project in added], had


def _by_shares(election: Election, found: Completed, satisfaction: Satisfaction) -> tuple[list[Winner], dict[str, Fraction]]:
    """What was chosen by Equal Shares and after it, and what the supporters of each project had left."""
    ledger = Ledger(election, found.endowment)
    winners = []
    for project in found.bought:
        paid_by = ledger.buy(project)
        effectiveness = election.worth(project, satisfaction) / paid_by.payment if paid_by.payment else None
        winners.append(Winner(project, election.costs[project], election.count(project), "equal-shares", effectiveness, paid_by))
    is_by_votes = found.comparison is not None and found.comparison.is_greedy_better
    had = {} if is_by_votes else {project: ledger.left(project) for project in election.projects}
    return winners + [_greedily(election, project, satisfaction) for project in found.added], had


def _by_moments(election: Election, satisfaction: Satisfaction) -> tuple[list[Winner], dict[str, Fraction]]:
    """What was chosen by Phragmén's rule, and what the supporters of other projects had saved."""
    earned = phragmen(election)
    winners = []
    for project, moment in earned.bought.items():
        effectiveness = _effectiveness(election, project, satisfaction)
        winners.append(Winner(project, election.costs[project], election.count(project), "phragmen", effectiveness, moment=moment))
    return winners, earned.saved


def _greedily(election: Election, project: str, satisfaction: Satisfaction) -> Winner:
    effectiveness = _effectiveness(election, project, satisfaction)
    return Winner(project, election.costs[project], election.count(project), "greedy", effectiveness)


def _effectiveness(election: Election, project: str, satisfaction: Satisfaction) -> Fraction | None:
    """Satisfaction of all supporters for each unit of money."""
    cost = election.costs[project]
    return election.count(project) * election.worth(project, satisfaction) / cost if cost else None


def _losers(election: Election, chosen: Sequence[str], had: dict[str, Fraction]) -> tuple[Loser, ...]:
    """What was not chosen, that of most supporters first."""
    left, taken = election.budget - election.cost_of(chosen), set(chosen)
    found = []
    for project in election.projects:
        if project not in taken:
            cost, mine = election.costs[project], had.get(project)
            lacks = None if mine is None else max(Fraction(0), cost - mine)
            found.append(Loser(project, cost, election.count(project), mine, lacks, max(Fraction(0), cost - left)))
    return tuple(sorted(found, key=lambda loser: (-loser.supporters, loser.project)))
