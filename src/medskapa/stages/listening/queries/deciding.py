"""Who decides about a suggested statement: who said yes, and who could be the next."""

from dataclasses import dataclass

from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.ledger.actors import Actor, may
from medskapa.stages.listening.models import Statement
from medskapa.stages.listening.queries.rules import DECIDES, needs_two, who_decides
from medskapa.stages.listening.queries.statements import is_by, undecided_in


@dataclass(frozen=True, slots=True)
class Deciding:
    """Where a decision stands, for somebody who may decide in this lab."""

    wants_two: bool
    is_own: bool  # they suggested it, and others decide
    is_first: bool  # they said the first yes
    others: list[Participation]  # who could say the yes that lacks, but for them

    @property
    def may_say_yes(self) -> bool:
        """Whether their yes is the one that lacks."""
        return not self.is_own and not (self.wants_two and self.is_first)


def deciding(statement: Statement, *, reader: Actor) -> Deciding | None:
    """Where the decision about a statement stands; None for who does not decide. Three SQL queries."""
    if not may(reader, DECIDES, statement):
        return None
    out = (statement.by_participation_id, statement.first_by_id)
    besides = [one for one in who_decides(statement.lab) if one.public_id != reader.key]
    others = [one for one in besides if one.pk not in out]
    is_first = statement.first_by is not None and statement.first_by.public_id == reader.key
    wants_two = needs_two(statement.lab, by=reader)
    return Deciding(wants_two, is_by(statement, reader) and (wants_two or bool(besides)), is_first, others)


def is_for_others(statement: Statement, by: Actor) -> bool:
    """Whether somebody suggested this and others decide: always where two are wanted, else unless nobody else may. Four SQL queries."""
    return is_by(statement, by) and (needs_two(statement.lab, by=by) or who_decides(statement.lab).exclude(public_id=by.key).exists())


def undecided_by(lab: Lab, reader: Actor) -> list[Statement]:
    """The statements that wait for somebody, longest first: neither with their yes already, nor theirs for others to decide about.

    One SQL query, four more if one is theirs.
    """
    rows = undecided_in(lab).exclude(first_by__public_id=reader.key).select_related("lab", "conversation", "by_participation")
    own = [one for one in rows if one.by_participation and one.by_participation.public_id == reader.key]
    return [one for one in rows if one not in own] if own and is_for_others(own[0], reader) else list(rows)
