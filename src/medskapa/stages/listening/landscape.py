"""Who answers alike in a conversation, and what joins them: the opinion landscape of ``medskapa.methods``, as a reader may see it.

No group of fewer than five people is told of, and to those outside the team no share: of few people it would be a count.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import gettext as _

from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.web.languages import asked
from medskapa.stages.listening.areas import Picture, drawn
from medskapa.stages.listening.models import Conversation, Statement, Vote
from medskapa.stages.listening.queries.statements import voter_of

if TYPE_CHECKING:
    from medskapa.methods.landscape.picture import Caution, Landscape
    from medskapa.methods.landscape.statements import Representative, Shared

MOST = 5  # statements of a group, and of all together
VOTER = ("pseudonym", "participation")
KEPT = 64  # conversations whose landscape is remembered until somebody answers


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, and what most of some people say to it. ``share``: of a hundred of them, how many; None where it is not told."""

    statement: Statement
    agrees: bool
    share: int | None


@dataclass(frozen=True, slots=True)
class Side:
    """A group of at least five people who answer alike, and what they say unlike the others. ``is_own``: the reader is one of them."""

    number: int
    size: int
    says: list[Said]
    is_own: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """Who answers alike, what all of them say, and what to know before it is believed."""

    people: int
    placed: int
    sides: list[Side]
    together: list[Said]
    cautions: list[str]
    picture: Picture | None

    @property
    def own(self) -> Side | None:
        """The group that answers like the reader."""
        return next((side for side in self.sides if side.is_own), None)


def sides_of(conversation: Conversation, *, reader: Actor) -> Sides | None:
    """The landscape of a conversation, or None while nobody has answered. Four SQL queries at most, one more after a new answer."""
    known = _counted(conversation.pk).aggregate(latest=Max("at"), count=Count("pk"), which=Sum("pk"))
    if not known["count"]:
        return None
    found = _landscape(conversation.pk, (known["count"], known["latest"], known["which"]))
    statements = {row.pk: row for row in worded(conversation.statements.select_related("lab", "conversation"), asked())}
    own, you = _place_of(found, conversation, reader)
    tells_shares = reader.is_team
    return Sides(
        people=found.participants,
        placed=found.placed,
        sides=[
            Side(group.id, group.size, [_said(one, statements, tells_shares) for one in group.representative[:MOST]], group.id == own)
            for group in found.groups
        ],
        together=[_said(one, statements, tells_shares) for one in found.consensus[:MOST]],
        cautions=[in_words(caution) for caution in found.cautions],
        picture=_picture(found, you) if found.groups else None,
    )


def _counted(conversation: int) -> QuerySet[Vote]:
    """The answers that make the landscape."""
    return Vote.counted(conversation).filter(statement__state=Statement.State.OPEN)


@lru_cache(maxsize=KEPT)
def _landscape(conversation: int, _answers: tuple[object, ...]) -> "Landscape":
    """Computed anew when other answers count: a third of a second for sixty people. One SQL query."""
    import numpy as np

    from medskapa.methods.landscape.finding import landscape
    from medskapa.methods.landscape.votes import votes_of

    rows = _counted(conversation).values_list(*VOTER, "statement", "value")
    table = [(_entry(*by), statement, value) for *by, statement, value in rows]
    people, statements, values = map(np.array, zip(*table, strict=True))
    return landscape(votes_of(people, statements, values), rng=np.random.default_rng(conversation))


def _entry(pseudonym: int | None, participation: int | None) -> int:
    """One number for each entry of a roll: those with a code even, those with a name odd."""
    return 2 * pseudonym if pseudonym else 2 * (participation or 0) + 1


def _place_of(found: "Landscape", conversation: Conversation, reader: Actor) -> tuple[int, tuple[float, float] | None]:
    """The group of the reader and where they lie in the picture, or -1 and None. One SQL query."""
    voter = voter_of(conversation, reader)
    entry = _entry(voter.pk, None) if isinstance(voter, Pseudonym) else _entry(None, voter.pk) if voter else -1
    where = found.positions
    row = next((row for row, one in enumerate(where.people) if int(one) == entry and where.groups[row] >= 0), None)
    return (-1, None) if row is None else (int(where.groups[row]), (float(where.xy[row, 0]), float(where.xy[row, 1])))


def _picture(found: "Landscape", you: tuple[float, float] | None) -> Picture:
    from medskapa.methods.landscape.regions import regions

    return drawn(regions(found.positions), {group.id: group.size for group in found.groups}, you)


def _said(one: "Representative | Shared", statements: dict[int, Statement], tells_shares: bool) -> Said:
    return Said(statements[int(one.statement)], one.position == "agree", round(100 * one.share) if tells_shares else None)


def in_words(caution: "Caution") -> str:
    """What to know before the picture is believed, in the language of the page."""
    words = {
        "alike": _("Everybody answers alike: there is nothing that tells people apart."),
        "few_people": _("Too few have answered enough statements to tell who answers alike."),
        "few_votes": _("Too few answers to tell: they hang together no more than answers by lot may."),
        "no_number": _("No groups are shown: one of them would have fewer than five people."),
        "shaky": _("The groups are shaky: with other people answering they could be others."),
        "small": _("One group is small. Take what is said of it with care."),
        "unnamed": _("Some people are in groups of fewer than five, which are not shown."),
    }
    return words[caution.kind]
