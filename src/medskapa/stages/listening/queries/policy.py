"""How a lab moderates, in figures and roles, as its rules and the table of permissions say it now: what is published cannot differ."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median

from django.db.models import Min

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.disclosure import FEWEST
from medskapa.stages.listening.models import DeskRules, Statement, StatementDecision, Story
from medskapa.stages.listening.queries.rules import DECIDES, how_many, roles_for, rules_of, who_decides

LATEST = 200  # how a lab worked long ago says little of how long it takes now


@dataclass(frozen=True, slots=True)
class Policy:
    """What everybody may know of how a lab moderates."""

    rules: DeskRules
    moderators: int
    seconds: int  # who may say yes to a story, as the first or the second
    read: list[Role]  # who opens a teller's own words
    let_go: list[Role]
    decide: list[Role]  # about statements
    decides_alone: bool  # about statements, their own too
    set_aside: list[Role]  # answers that came in a burst
    story_days: int | None  # within which half of them were let go; None where too few would be told of
    statement_days: int | None

    @property
    def two_for_stories(self) -> bool:
        """Whether two let every story go."""
        return self.rules.release == DeskRules.Two.ALWAYS

    @property
    def two_for_public(self) -> bool:
        """Whether two let go what everybody may read."""
        return self.two_for_stories or (self.rules.release == DeskRules.Two.PUBLIC and self.moderators > 1)

    @property
    def two_for_rare(self) -> bool:
        """Whether two let a text go in a language that fewer than five have told in; else nobody does."""
        return self.seconds > 1

    @property
    def two_for_statements(self) -> bool:
        """Whether two let a statement through."""
        return self.rules.statements == DeskRules.Pair.ALWAYS or (
            self.rules.statements == DeskRules.Pair.MODERATORS and self.moderators > 1
        )

    @property
    def kept_back(self) -> list[str]:
        """The reasons for which a story waits, as its teller reads them."""
        return [str(label) for label in Story.HeldFor.labels]

    @property
    def not_through(self) -> list[str]:
        """The reasons for which a statement is not let through, as whoever suggested it reads them; but for those in own words."""
        return [str(reason.label) for reason in Statement.NotFor if reason != Statement.NotFor.OTHER]


def policy_of(lab: Lab) -> Policy:
    """How a lab moderates now. Six SQL queries."""
    rules = rules_of(lab)
    return Policy(
        rules=rules,
        moderators=how_many(lab, Role.MODERATOR),
        seconds=how_many(lab, *roles_for("story.second")),
        read=roles_for("story.read"),
        let_go=roles_for("story.release"),
        decide=roles_for(DECIDES),
        decides_alone=rules.statements != DeskRules.Pair.ALWAYS and who_decides(lab).count() == 1,
        set_aside=roles_for("vote.set_aside"),
        story_days=_days_of_stories(lab),
        statement_days=_days_of_statements(lab),
    )


def _days_of_stories(lab: Lab) -> int | None:
    """Of what five tellers or more told."""
    out = lab.stories.filter(state=Story.State.RELEASED, released_at__lte=now()).order_by("-released_at", "-pk")
    rows = list(out.values_list("teller", "told_at", "released_at")[:LATEST])
    waits = [released - told for _teller, told, released in rows if released]
    return _half_within(waits) if len({row[0] for row in rows}) >= FEWEST else None


def _days_of_statements(lab: Lab) -> int | None:
    """Until the first decision about each that put an end to its waiting."""
    ends = StatementDecision.objects.filter(lab=lab).exclude(state__in=Statement.UNDECIDED).values("statement", "statement__made_at")
    rows = list(ends.annotate(ended=Min("at")).order_by("-ended").values_list("statement__made_at", "ended")[:LATEST])
    return _half_within([ended - made for made, ended in rows]) if len(rows) >= FEWEST else None


def _half_within(waits: list[timedelta]) -> int:
    """Within how many whole days half of them ended."""
    return max(1, ceil(median(wait / timedelta(days=1) for wait in waits)))
