"""Conversations, their statements, whose turn it is to answer what, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from medskapa.ground.labs.models import Lab, Participation, Pseudonym
from medskapa.ground.labs.queries import participation_of, pseudonym_of
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.safeguarding.disclosure import a_few, is_few
from medskapa.ground.web.languages import asked as page_language
from medskapa.methods.landscape.order import order
from medskapa.stages.listening.models import AnswersSetAside, Conversation, Statement, StatementDecision, Vote

Voter = Pseudonym | Participation
COUNTED = Q(votes__aside__isnull=True)  # of a statement's votes, those that were not set aside
SAID = {"agrees": Vote.Value.AGREE, "disagrees": Vote.Value.DISAGREE, "passes": Vote.Value.PASS}

SURE = 0.95


@dataclass(frozen=True, slots=True)
class Result:
    """What people answered to one statement; to outsiders small counts read "a few", and shares of small groups are left out."""

    statement: Statement
    answered: int
    agree: str
    disagree: str
    passed: str
    share: int | None  # of a hundred who agreed or disagreed, how many agreed
    interval: tuple[int, int] | None  # between which that lies 19 times of 20, had as many others like them answered
    with_aside: int | None  # the same, had nothing been set aside


SORTS: dict[
    str, Callable[[Result], float]
] = {  # by what is shown only, so that an order tells nothing of what is withheld; ties as answered
    "answered": lambda result: 0,
    "agree": lambda result: 101 if result.share is None else 100 - result.share,
    "disagree": lambda result: 101 if result.share is None else result.share,
    "divides": lambda result: 101 if result.share is None else abs(50 - result.share),
}


def conversations_of(lab: Lab, *, reader: Actor) -> QuerySet[Conversation]:
    """The conversations of a lab, open ones first. One SQL query."""
    rows = lab.conversations.select_related("lab")
    count = Count("statements", filter=Q(statements__state=Statement.State.OPEN))
    return rows.annotate(open_statements=count).order_by(F("closed_at").asc(nulls_first=True), "-opened_at", "pk")


def open_conversation_of(lab: Lab, *, roll: str) -> Conversation | None:
    """A conversation that this roll can answer now, if there is one. One SQL query."""
    rows = lab.conversations.filter(roll=roll, closed_at__isnull=True, statements__state=Statement.State.OPEN)
    return rows.order_by("-opened_at", "pk").first()


def statements_of(lab: Lab, *, reader: Actor) -> QuerySet[Statement]:
    """The statements of a lab: those that can be answered; the team also sees suggested ones and those set aside. One SQL query."""
    rows = lab.statements.select_related("lab", "conversation", "by_pseudonym", "by_participation", "first_by")
    mine = Q(by_pseudonym__public_id=reader.key) | Q(by_participation__public_id=reader.key)
    seen = rows if reader.is_team or reader.kind == "system" else rows.filter(mine | Q(state=Statement.State.OPEN))
    return seen.order_by("conversation", "made_at", "pk")


def suggested_by(voter: Voter, conversation: Conversation) -> list[Statement]:
    """What somebody suggested in a conversation, latest first, each with what was ``decided``. Three SQL queries."""
    rows = conversation.statements.filter(of_voter(voter, "by_")).select_related("lab", "conversation").order_by("-made_at", "-pk")
    found = worded(rows.prefetch_related(Prefetch("decisions", decisions())), page_language())
    for statement in found:
        statement.decided = decided(statement)  # type: ignore[attr-defined]
    return found


def decided(statement: Statement) -> StatementDecision | None:
    """Why a statement is set aside: the latest word on it; None if it is not. One SQL query unless they are loaded."""
    latest = next(iter(statement.decisions.all()), None) if statement.state == Statement.State.SET_ASIDE else None
    return latest if latest and latest.reason else None


def decisions() -> QuerySet[StatementDecision]:
    """Who decided what about statements, latest first."""
    return StatementDecision.objects.select_related("by").order_by("-at", "-pk")


def decisions_of(conversation: Conversation, *, reader: Actor) -> QuerySet[StatementDecision]:
    """The log of a conversation for those who decide, latest first; nothing for others. One SQL query."""
    rows = decisions().filter(statement__conversation=conversation).select_related("by", "statement__lab", "statement__conversation")
    return rows if may(reader, "statement.open", conversation) else rows.none()


def undecided_in(lab: Lab) -> QuerySet[Statement]:
    """Statements of conversations that go on that wait for a first or a second yes, each with ``waits_since``, longest first."""
    rows = lab.statements.filter(state__in=Statement.UNDECIDED, conversation__closed_at__isnull=True)
    return rows.annotate(waits_since=Coalesce("first_at", "made_at")).order_by("waits_since", "pk")


def is_by(statement: Statement, reader: Actor) -> bool:
    """Whether somebody suggested this statement. At most one SQL query unless its author is loaded."""
    authors = (statement.by_pseudonym, statement.by_participation)
    return any(author.public_id == reader.key for author in authors if author)


def voter_of(conversation: Conversation, reader: Actor) -> Voter | None:
    """The entry of the conversation's roll that this reader is, or None if the roll has no such entry. One SQL query."""
    if conversation.roll == Conversation.Roll.PSEUDONYMS:
        return pseudonym_of(reader)
    return participation_of(reader)


def next_statement(conversation: Conversation, voter: Voter) -> tuple[Statement | None, int, int]:
    """The statement to answer now (at random, those that need answers sooner), how many are done, of how many. Two SQL queries."""
    mine = Vote.objects.filter(of_voter(voter), statement=OuterRef("pk"))
    rows = conversation.statements.filter(state=Statement.State.OPEN).annotate(is_done=Exists(mine), answers=Count("votes", filter=COUNTED))
    known = {public_id: (is_done, answers) for public_id, is_done, answers in rows.values_list("public_id", "is_done", "answers")}
    left = {public_id: answers for public_id, (is_done, answers) in known.items() if not is_done}
    done, most = len(known) - len(left), len(known)
    if not left:
        return None, done, most
    first = order(left, seed=f"{conversation.public_id} {voter.public_id}")[0]
    statement = conversation.statements.select_related("lab", "conversation").get(public_id=first)
    return worded([statement], page_language())[0], done, most


def results_of(conversation: Conversation, *, reader: Actor, sort: str = "answered") -> list[Result]:
    """What came of each statement that people could answer, most answered first, or as ``SORTS`` says. Two SQL queries."""
    rows = conversation.statements.select_related("lab", "conversation")
    rows = rows.filter(Q(state=Statement.State.OPEN) | Exists(Vote.objects.filter(statement=OuterRef("pk"))))
    counted = rows.annotate(
        **{name: Count("votes", filter=COUNTED & Q(votes__value=value)) for name, value in SAID.items()},
        **{f"all_{name}": Count("votes", filter=Q(votes__value=value)) for name, value in SAID.items()},
        answered=Count("votes", filter=COUNTED),
    ).order_by("-answered", "pk")
    return sorted((_result(row, reader) for row in worded(counted, page_language())), key=SORTS[sort])


def _result(row: Statement, reader: Actor) -> Result:
    counts, of_all = ([getattr(row, before + name) for name in SAID] for before in ("", "all_"))
    agree, disagree, passed = (a_few(count, reader) for count in counts)
    share = _share(counts, reader)
    interval = None if share is None else _interval(counts[0], counts[0] + counts[1])
    return Result(row, sum(counts), agree, disagree, passed, share, interval, _share(of_all, reader))


def _interval(agree: int, sides: int) -> tuple[int, int]:
    """Wilson's, with 95 %, in hundredths: it never leaves 0 to 100 and says something of few answers, too.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
    """
    from medskapa.methods.effect.chance import wilson

    low, high = wilson(agree, sides, SURE)
    return round(100 * low), round(100 * high)


def _share(counts: list[int], reader: Actor) -> int | None:
    """Of a hundred who agreed or disagreed, how many agreed; None where nobody did, or where it would tell of a few."""
    agree, disagree, _passed = counts
    sides = agree + disagree
    withheld = not reader.is_team and any(is_few(count) for count in (*counts, sides))
    return None if withheld or not sides else round(100 * agree / sides)


def set_aside_in(conversation: Conversation) -> QuerySet[AnswersSetAside]:
    """Every time answers of a conversation were set aside, those counted again included, latest first. One SQL query."""
    return conversation.asides.select_related("lab").order_by("-at", "-pk")


def of_voter(voter: Voter, prefix: str = "") -> Q:
    """What is of an entry of a roll; ``prefix`` as in `by_pseudonym`."""
    return Q(**{prefix + ("pseudonym" if isinstance(voter, Pseudonym) else "participation"): voter})
