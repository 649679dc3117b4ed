"""How it goes with all supports, on one page: a light for each area, what was reached, what was paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from medskapa.stages.incubation.models import Goal, Support

STANDS_STILL = timedelta(days=90)
WORK = frozenset({Goal.Area.SOLUTION, Goal.Area.SCALING, Goal.Area.SYSTEM})


@dataclass(frozen=True, slots=True)
class Going:
    """One support at a glance."""

    support: Support
    work: str  # lights: good, warn, halt, or nothing while it is too early
    money: str
    team: str
    spark: str
    spark_end: tuple[str, str]
    next: Goal | None
    paid_minor: int
    reached: int


def going_of(support: Support, today: date) -> Going:
    """One support at a glance; its goals and events are loaded. No SQL."""
    goals = list(support.goals.all())
    path, end = _spark(support, goals, today)
    return Going(
        support=support,
        work=light([goal for goal in goals if goal.area in WORK], today),
        money=light([goal for goal in goals if goal.area == Goal.Area.FINANCE], today),
        team=light([goal for goal in goals if goal.area == Goal.Area.TEAM], today),
        spark=path,
        spark_end=end,
        next=next((goal for goal in goals if goal.reached_on is None), None),
        paid_minor=sum(event.amount_minor or 0 for event in support.events.all()),
        reached=sum(goal.reached_on is not None for goal in goals),
    )


def light(goals: Iterable[Goal], today: date) -> str:
    """``good``: nothing is late; ``warn``: something is; ``halt``: for more than three months. Nothing without goals."""
    goals = list(goals)
    late = [today - goal.due_on for goal in goals if is_late(goal, today)]
    if any(delay > STANDS_STILL for delay in late):
        return "halt"
    return "warn" if late else "good" if goals else ""


def is_late(goal: Goal, today: date) -> bool:
    """Whether a goal's day has passed without it."""
    return goal.reached_on is None and goal.due_on < today


def _spark(support: Support, goals: list[Goal], today: date) -> tuple[str, tuple[str, str]]:
    """Goals reached over the time of the support, in a drawing of 80 by 30: in seven steps, as far as it has come."""
    last = min(max(today, support.starts_on), support.ends_on)
    span = max((support.ends_on - support.starts_on).days, 1)
    points = []
    for step in range(7):
        day = support.starts_on + (last - support.starts_on) * step / 6
        reached = sum(goal.reached_on is not None and goal.reached_on <= day for goal in goals)
        x = 4 + 70 * (day - support.starts_on).days / span
        points.append((f"{x:.1f}", f"{26 - 20 * reached / max(len(goals), 1):.1f}"))
    return "M" + "L".join(f"{x} {y}" for x, y in points), points[-1]
