"""Reads of challenges."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.stages.cocreation.models import Challenge, Idea
from medskapa.stages.understanding.models import Insight
from medskapa.stages.understanding.queries import insights_seen_by


def challenges_seen_by(reader: Actor) -> QuerySet[Challenge]:
    """The challenges a reader may see, of any lab: drafts are the team's. No order."""
    rows = Challenge.objects.all()
    return rows if reader.is_team else rows.exclude(state=Challenge.State.DRAFT)


def challenges_of(lab: Lab, *, reader: Actor) -> QuerySet[Challenge]:
    """A lab's challenges with how many ideas and insights each has, open ones first. One SQL query."""
    found = challenges_seen_by(reader).filter(lab=lab).select_related("lab", "owner__organisation")
    return counted(found).order_by("-state", "-made_at", "-pk")  # open, draft, closed


def counted(challenges: QuerySet[Challenge]) -> QuerySet[Challenge]:
    """The same challenges, each with ``idea_count`` and ``insight_count``."""
    return challenges.annotate(idea_count=Count("ideas", distinct=True), insight_count=Count("insight_links", distinct=True))


def insights_behind(challenge: Challenge, *, reader: Actor) -> QuerySet[Insight]:
    """The insights a challenge grew from, as far as the reader may see them. One SQL query."""
    return insights_seen_by(reader).filter(challenge_links__challenge=challenge).select_related("lab").order_by("made_at", "pk")


def open_challenges(lab: Lab) -> QuerySet[Challenge]:
    """The challenges that take ideas now. One SQL query."""
    return lab.challenges.filter(state=Challenge.State.OPEN).select_related("lab").order_by("-made_at", "-pk")


def tried_before(challenge: Challenge) -> QuerySet[Idea]:
    """Ideas for the same question that were set aside or whose prototype was stopped: each says why. Two SQL queries."""
    ended = Q(state=Idea.State.SET_ASIDE) | Q(prototypes__state="stopped")
    return challenge.ideas.filter(ended).select_related("lab").prefetch_related("prototypes").distinct().order_by("-made_at", "-pk")


@dataclass(frozen=True, slots=True)
class PromiseClock:
    """How it stands with a promise: kept, still running, or late by so many days."""

    due_on: date
    kept_on: date | None
    days: int  # left if positive, late if negative

    @property
    def is_kept(self) -> bool:
        """Whether the owner has decided."""
        return self.kept_on is not None

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed and nothing was decided."""
        return self.kept_on is None and self.days < 0

    @property
    def days_late(self) -> int:
        """How many days the promise is late."""
        return max(0, -self.days)


def promise_clock(challenge: Challenge) -> PromiseClock | None:
    """The clock of a challenge's promise, in the lab's own day; None without a promise. No SQL."""
    if not challenge.promise or challenge.promise_due_on is None:
        return None
    until = challenge.promise_kept_on or today_of(challenge.lab)
    return PromiseClock(challenge.promise_due_on, challenge.promise_kept_on, (challenge.promise_due_on - until).days)


def promises_running(lab: Lab) -> QuerySet[Challenge]:
    """The challenges of a lab with a promise that was not kept yet, the nearest day first. One SQL query."""
    waiting = lab.challenges.filter(promise_kept_on__isnull=True).exclude(promise="").select_related("lab", "owner")
    return waiting.order_by("promise_due_on", "pk")
