"""Where somebody stands among all who answered: who answers like them, and how many said the same to each statement they answered.

Shown only after answering, so that nobody answers as others did. Of others it says tenths, never one person: where one to four say
something it reads "a few", and nothing where too few took a side at all.
"""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.safeguarding.disclosure import FEWEST
from medskapa.ground.web.languages import asked
from medskapa.ground.web.moments import number
from medskapa.stages.listening.landscape import Sides, sides_of
from medskapa.stages.listening.models import AnswersSetAside, Conversation, Statement, Vote
from medskapa.stages.listening.queries.statements import COUNTED, next_statement, of_voter, voter_of

NEARLY_ALL, FEW = 10, 0  # where tenths would tell of one to four people


@dataclass(frozen=True, slots=True)
class Compared:
    """A statement the reader answered. ``same``: of ten others who took a side, how many say the same (or agree, if the reader passed).

    None where too few others took a side; 0 reads "a few", which may be nobody, and 10 "nearly all".
    """

    statement: Statement
    own: int
    same: int | None

    @property
    def words(self) -> str:
        """The same in words."""
        if self.same is None:
            return _("Too few others have answered this to tell.")
        texts = {
            (Vote.Value.AGREE, FEW): _("You agreed. Only a few others did."),
            (Vote.Value.AGREE, NEARLY_ALL): _("You agreed. So did nearly all."),
            (Vote.Value.DISAGREE, FEW): _("You did not agree. Only a few others said the same."),
            (Vote.Value.DISAGREE, NEARLY_ALL): _("You did not agree. Nearly all said the same."),
            (Vote.Value.PASS, FEW): _("You passed. Only a few others agreed."),
            (Vote.Value.PASS, NEARLY_ALL): _("You passed. Nearly all others agreed."),
        }
        tenths = {
            Vote.Value.AGREE: _("You agreed. So did %(number)s in 10."),
            Vote.Value.DISAGREE: _("You did not agree. %(number)s in 10 said the same."),
            Vote.Value.PASS: _("You passed. %(number)s in 10 others agreed."),
        }
        own = Vote.Value(self.own)
        return texts.get((own, self.same)) or tenths[own] % {"number": number(self.same)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader stands: the groups, their own among them, and each statement they answered, what joins them with others first."""

    sides: Sides
    compared: list[Compared]
    left: int
    aside: AnswersSetAside | None  # since the reader's answers count no more


def place_of(conversation: Conversation, *, reader: Actor) -> Place | None:
    """The reader's place in a conversation, or None if they have answered nothing in it. Ten SQL queries at most."""
    voter = voter_of(conversation, reader)
    if voter is None:
        return None
    mine = Vote.objects.filter(of_voter(voter), statement=OuterRef("pk"))
    own = {"own": Subquery(mine.values("value")), "own_counts": Exists(mine.filter(aside__isnull=True))}
    rows = _with_sides(conversation.statements.filter(Exists(mine), state=Statement.State.OPEN).annotate(**own))
    answered = list(rows.select_related("lab", "conversation").order_by("pk"))
    sides = sides_of(conversation, reader=reader) if answered else None
    if sides is None:
        return None
    compared = [_compared(row) for row in worded(answered, asked())]
    _next, done, most = next_statement(conversation, voter)
    aside = conversation.asides.filter(of_voter(voter, "votes__"), restored_at__isnull=True).first()
    return Place(sides, sorted(compared, key=lambda one: -1 if one.same is None else one.same, reverse=True), most - done, aside)


def may_read_results(conversation: Conversation, *, reader: Actor) -> bool:
    """Whether what others answered would not sway the reader: the team, who is on no roll, who has answered all, or it is closed."""
    if reader.is_team or conversation.closed_at is not None:
        return True
    voter = voter_of(conversation, reader)
    return voter is None or next_statement(conversation, voter)[0] is None


def _with_sides(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    counts = {name: Count("votes", filter=COUNTED & Q(votes__value=value)) for name, value in (("agrees", 1), ("disagrees", -1))}
    return rows.annotate(**counts)


def _compared(row: Statement) -> Compared:
    own: int = row.own  # type: ignore[attr-defined]
    counts: bool = row.own_counts  # type: ignore[attr-defined]
    agree = row.agrees - (counts and own == Vote.Value.AGREE)  # type: ignore[attr-defined]
    disagree = row.disagrees - (counts and own == Vote.Value.DISAGREE)  # type: ignore[attr-defined]
    same, other = (disagree, agree) if own == Vote.Value.DISAGREE else (agree, disagree)
    return Compared(row, own, _tenths(same, other))


def _tenths(same: int, other: int) -> int | None:
    """Of ten how many say the same.

    >>> [_tenths(*counts) for counts in ((4, 0), (4, 4), (3, 20), (30, 2), (14, 6), (99, 5))]
    [None, None, 0, 10, 7, 9]
    """
    if same + other < FEWEST or (same < FEWEST and other < FEWEST):
        return None
    if same < FEWEST:
        return FEW
    if other < FEWEST:
        return NEARLY_ALL
    return min(9, max(1, round(10 * same / (same + other))))
