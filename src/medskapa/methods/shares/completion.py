"""What is done with the money that Equal Shares leaves.

*add1*: everybody gets one unit of the currency more, and again, until nothing more fits into the budget, or what is bought costs too much;
then the outcome before counts. *greedy*: what is left goes to the projects that satisfy most for their cost. *add1+greedy*: both.

*add1-comparison* is the rule of Wieliczka 2023, as Pabulib documents it: everybody has a whole number of units, and gets one more until
what is bought costs too much, even if nothing more fitted before; then the outcome before is compared with that of the greedy rule by
votes. If more voters approved more projects of the greedy outcome than the other way round, that one counts.

Steps that change nothing are not worked out: ``same_with`` proves for many steps at once that the same is bought.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from medskapa.methods.errors import MethodError
from medskapa.methods.shares.election import Election, Satisfaction
from medskapa.methods.shares.equal_shares import Run, run, same_with
from medskapa.methods.shares.greedy import greedy

Completion = Literal["none", "add1", "add1-comparison", "greedy", "add1+greedy"]
COMPLETIONS: tuple[Completion, ...] = ("none", "add1", "add1-comparison", "greedy", "add1+greedy")
MOST_RUNS = 20_000
Progress = Callable[[int], None]
Step = tuple[int, Run, int]  # how often everybody was given more, what is bought then, how often it was worked out so far
MOST_RESTS = 16


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many voters approved more projects of one outcome than of the other, and which one counts."""

    prefer_equal_shares: int
    prefer_greedy: int

    @property
    def is_greedy_better(self) -> bool:
        """Whether more voters prefer the greedy outcome."""
        return self.prefer_greedy > self.prefer_equal_shares


@dataclass(frozen=True, slots=True)
class Completed:
    """What was bought, and how it came about.

    bought      by Equal Shares, in order
    added       greedily, in order
    endowment   what each voter began with in the end
    steps       how often everybody was given more
    runs        how often Equal Shares was worked out for it; steps in between are proven to change nothing
    is_reached  whether the steps came to their end; else a larger step is needed
    comparison  with the greedy rule, if that was asked for
    """

    bought: list[str]
    endowment: Fraction
    added: list[str]
    steps: int = 0
    runs: int = 1
    is_reached: bool = True
    comparison: Comparison | None = None

    @property
    def projects(self) -> list[str]:
        """All that is chosen, in order."""
        return [*self.bought, *self.added]


def completed(
    election: Election,
    satisfaction: Satisfaction = "cost",
    completion: Completion = "add1+greedy",
    *,
    step: Fraction = Fraction(1),
    most_runs: int = MOST_RUNS,
    progress: Progress | None = None,
) -> Completed:
    """Equal Shares with a completion. Every outcome keeps to the budget.

    step       by how much everybody is given more each time
    most_runs  after so many the answer says that it was not reached

    Raises MethodError for a step that is not above 0.

    >>> from medskapa.methods.shares.election import election_of
    >>> election = election_of(6, {"park": 4, "lamp": 1}, [["park", "lamp"], ["park"], ["lamp"], []])
    >>> completed(election, completion="none").projects, completed(election, completion="add1").projects
    (['lamp'], ['lamp', 'park'])
    """
    if step <= 0:
        raise MethodError(f"the step is {step}, expected an amount above 0")
    if not completion.startswith("add1"):
        found = Completed(run(election, satisfaction, election.share).projects, election.share, [])
    elif completion == "add1-comparison":
        steps = _steps(election, satisfaction, election.share // step * step, step, most_runs)
        found = _compared(election, _given_more(election, steps, step, progress, ends_when_full=False))
    else:
        steps = _steps(election, satisfaction, election.share, step, most_runs)
        found = _given_more(election, steps, step, progress, ends_when_full=True)
    return replace(found, added=greedy(election, satisfaction, found.bought)) if completion.endswith("greedy") else found


def _given_more(election: Election, steps: Iterator[Step], step: Fraction, progress: Progress | None, *, ends_when_full: bool) -> Completed:
    """The last outcome before one that costs too much; or the first into which nothing more fits, if it ends there."""
    before: Completed | None = None
    for number, found, runs in steps:
        projects = found.projects
        if before is not None and election.cost_of(projects) > election.budget:
            last = max(before.endowment, found.endowment - step)
            return replace(before, endowment=last, steps=number - 1, runs=runs)
        before = Completed(projects, found.endowment, [], number, runs)
        if len(projects) == len(election.wanted) or (ends_when_full and not election.left_out_that_fits(projects)):
            return before
        if progress is not None:
            progress(number)
    assert before is not None  # noqa: S101  # there is always a first outcome
    return replace(before, is_reached=False)


def _steps(election: Election, satisfaction: Satisfaction, begin: Fraction, step: Fraction, most_runs: int) -> Iterator[Step]:
    """The first outcome, with an equal share, and after it every step which is not proven to give the same as the one before."""
    number, runs, before = 0, 0, list[str]()
    leaps = _Leaps(step)
    while runs < most_runs:
        found = run(election, satisfaction, begin + number * step if number else election.share)
        yield number, found, runs + 1
        reach, tried = leaps.from_here(found) if found.projects == before else (0, 0)
        number, runs, before = number + 1 + reach, runs + 1 + tried, found.projects


class _Leaps:
    """How far the same is bought. A leap that went well is doubled (after a failure: that went well twice), one that failed is halved. If
    even the shortest fails, some steps are only worked out."""

    def __init__(self, step: Fraction) -> None:
        self._step = step
        self._leap, self._rest, self._rests = 2, 0, 1

    def from_here(self, found: Run) -> tuple[int, int]:
        """For how many steps more it is proven that the same is bought, and how many proofs were tried."""
        if self._rest:
            self._rest -= 1
            return 0, 0
        reach, tried, went_well = 0, 0, 1
        while self._leap > 1:
            later = same_with(found, found.endowment + self._leap * self._step)
            tried += 1
            if later is None:
                self._leap, went_well = self._leap // 2, 0
            else:
                reach, found, went_well = reach + self._leap, later, went_well + 1
                self._leap *= 2 if went_well > 1 else 1
        self._leap = 2
        self._rests = 1 if reach else min(2 * self._rests, MOST_RESTS)
        self._rest = 0 if reach else self._rests
        return reach, tried


def _compared(election: Election, found: Completed) -> Completed:
    """The outcome, or that of the greedy rule by votes if more voters approved more of its projects."""
    by_votes = greedy(election, "cost")
    gain = election.gains(found.bought, "cardinality") - election.gains(by_votes, "cardinality")
    comparison = Comparison(int((gain > 0).sum()), int((gain < 0).sum()))
    if comparison.is_greedy_better:
        return replace(found, bought=[], added=by_votes, comparison=comparison)
    return replace(found, comparison=comparison)
