"""Reads of insights: who may see which, how many tellers carry each, and how people answered the statements behind them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.db.shapes import STAND_IN, Shape
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.stages.listening.models import Reach, Statement, Story, Version, Vote
from medskapa.stages.listening.visibility import counting, placed, released
from medskapa.stages.understanding.models import Evidence, Insight

CONFIRMED_FROM = 3  # tellers
PUBLIC_FROM = 5  # tellers, and answers before shares are shown outside the team
OUTSIDERS = frozenset({"public", "account", "reader", "operator"})

WITHDRAWN = Q(evidence__story__state=Story.State.WITHDRAWN)
CHANGED = Q(evidence__story__isnull=False, evidence__quote__isnull=True)  # its teller took the words away that were quoted


def is_inside(reader: Actor) -> bool:
    """Whether the reader takes part in the lab: in the team or beside it, with a name or a code."""
    return bool(reader.roles - OUTSIDERS)


def states_seen_by(reader: Actor) -> frozenset[str]:
    """The states of insights a reader may see: the team all, the lab what is confirmed, everybody what is public."""
    if reader.is_team or reader.kind == "system":
        return frozenset(Insight.State.values)
    return frozenset({Insight.State.PUBLIC.value} | ({Insight.State.CONFIRMED.value} if is_inside(reader) else set()))


def insights_seen_by(reader: Actor) -> QuerySet[Insight]:
    """The insights a reader may see, of any lab. No order."""
    return Insight.objects.filter(state__in=states_seen_by(reader))


def insight_for(lab: Lab, public_id: str, *, reader: Actor) -> Insight:
    """One insight with its tellers counted. One SQL query. Raises Http404 if there is none, NotAllowed if it is not for this reader yet."""
    found = _ONE.rows(lab.pk, public_id)
    if not found:
        raise Http404
    insight: Insight = found[0]
    insight.lab = lab
    if insight.state not in states_seen_by(reader):
        raise NotAllowed
    return insight


def insights_of(lab: Lab, *, reader: Actor, state: str = "") -> QuerySet[Insight]:
    """A lab's insights with their tellers counted, newest first, perhaps only those in one state. One SQL query."""
    found = insights_seen_by(reader).filter(lab=lab).select_related("lab")
    if state:
        found = found.filter(state=state)
    return carried(found).order_by("-made_at", "-pk")


def standing_quotes() -> QuerySet[Evidence]:
    """Quotes whose words others read now, in the lab at least: not what was withdrawn, changed, taken down, or taken out of the text,
    nor what its teller lets only the team read by now. No SQL of its own.
    """
    read = placed(Story.objects.all(), need=Reach.LAB).values("pk")
    return Evidence.objects.filter(quote__isnull=False, story__in=read, texts__in=counting(Version.objects.all()).values("pk"))


def speaks_for() -> Q:
    """Evidence that makes its teller count for an insight. No SQL of its own."""
    return Q(evidence__side=Evidence.Side.FOR, evidence__in=standing_quotes().values("pk"))


def carried(insights: QuerySet[Insight]) -> QuerySet[Any]:
    """The same insights, each with ``teller_count``, ``withdrawn_count``, ``changed_count``, ``resting_count``, ``quote_count`` and
    ``answered_count``.
    """
    resting = Q(evidence__quote__isnull=False) & ~Q(evidence__in=standing_quotes().values("pk"))
    return insights.annotate(
        teller_count=Count("evidence__story__teller", filter=speaks_for(), distinct=True),
        withdrawn_count=Count("evidence__story", filter=WITHDRAWN, distinct=True),
        changed_count=Count("evidence__story", filter=CHANGED & ~WITHDRAWN, distinct=True),
        resting_count=Count("evidence", filter=resting & ~WITHDRAWN, distinct=True),
        quote_count=Count("evidence", filter=Q(evidence__quote__isnull=False) & ~WITHDRAWN, distinct=True),
        answered_count=Count("evidence__statement", distinct=True),
    )


def state_counts(lab: Lab, *, reader: Actor) -> dict[str, int]:
    """How many insights the reader may see in each state. One SQL query."""
    rows = insights_seen_by(reader).filter(lab=lab).order_by().values_list("state").annotate(number=Count("pk"))
    return dict(rows)


def tellers_of(insight: Insight) -> int:
    """How many different people's stories speak for an insight now, with words that others read. One SQL query."""
    return int(carried(Insight.objects.filter(pk=insight.pk)).values_list("teller_count", flat=True).get())


@dataclass(frozen=True, slots=True)
class Standing:
    """What carries an insight now, and whether that is enough."""

    tellers: int
    withdrawn: int
    changed: int
    resting: int
    quotes: int
    answered: int

    @property
    def still_stands(self) -> bool:
        """Whether at least three people's stories speak for it."""
        return self.tellers >= CONFIRMED_FROM

    @property
    def may_be_public(self) -> bool:
        """Whether at least five people's stories speak for it."""
        return self.tellers >= PUBLIC_FROM


def standing(insight: Insight) -> Standing:
    """How an insight stands; it has to come from ``insights_of``, or from anything else that is ``carried``. No SQL."""
    names = ("teller_count", "withdrawn_count", "changed_count", "resting_count", "quote_count", "answered_count")
    return Standing(*(getattr(insight, name) for name in names))


@dataclass(frozen=True, slots=True)
class Answers:
    """How people answered one statement."""

    agree: int
    passed: int
    disagree: int

    @property
    def total(self) -> int:
        """How many answered."""
        return self.agree + self.passed + self.disagree

    def share(self, count: int) -> int:
        """A count in percent of all who answered, rounded."""
        return round(100 * count / self.total) if self.total else 0


def answers_to(statements: Iterable[Statement]) -> dict[int, Answers]:
    """How people answered each of these statements, by its key. One SQL query, none for none."""
    wanted = [statement.pk for statement in statements]
    found: dict[int, dict[int, int]] = defaultdict(dict)
    if wanted:
        rows = (
            Vote.objects.filter(statement__in=wanted, aside__isnull=True)
            .order_by()
            .values_list("statement", "value")
            .annotate(number=Count("pk"))
        )
        for statement, value, number in rows:
            found[statement][value] = number
    return {pk: Answers(found[pk].get(1, 0), found[pk].get(0, 0), found[pk].get(-1, 0)) for pk in wanted}


def evidence_of(insight: Insight) -> list[Any]:
    """All evidence of an insight in the order in which it was added, each with whether it ``stands``; its quotes are sealed. One SQL
    query.
    """
    return _EVIDENCE.rows(insight.pk)


def insights_falling_below(lab: Lab) -> QuerySet[Insight]:
    """Confirmed and public insights that fewer than three people's stories speak for now. One SQL query."""
    stated = lab.insights.filter(state__in=[Insight.State.CONFIRMED, Insight.State.PUBLIC]).select_related("lab")
    lost = Q(withdrawn_count__gt=0) | Q(changed_count__gt=0) | Q(resting_count__gt=0)
    return carried(stated).filter(lost, teller_count__lt=CONFIRMED_FROM).order_by("made_at", "pk")


def drafts_ready(lab: Lab) -> QuerySet[Insight]:
    """Drafts that have enough tellers to be confirmed. One SQL query."""
    drafts = lab.insights.filter(state=Insight.State.DRAFT).select_related("lab")
    return carried(drafts).filter(teller_count__gte=CONFIRMED_FROM).order_by("made_at", "pk")


def stories_without_insight(lab: Lab) -> QuerySet[Story]:
    """Released stories that no insight rests on yet, or on words that are no longer there. One SQL query."""
    return released(lab.stories.exclude(evidence__quote__isnull=False)).order_by(F("released_at").asc(nulls_last=True), "pk")


def _one(lab: int, public_id: str) -> QuerySet[Any]:
    return carried(Insight.objects.filter(lab=lab, public_id=public_id))


def _evidence(insight: int) -> QuerySet[Any]:
    rows = Evidence.objects.filter(insight=insight).annotate(stands=Q(pk__in=standing_quotes().values("pk")))
    return rows.select_related("lab", "story__lab", "story__key__under", "statement__lab").order_by("added_at", "pk")


_ONE = Shape(_one, STAND_IN, "id of an insight")
_EVIDENCE = Shape(_evidence)
