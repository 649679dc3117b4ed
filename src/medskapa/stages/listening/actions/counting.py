"""Which answers count: those that came in a burst can be set aside openly, and counted again."""

from medskapa.ground.labs.queries import participation_of
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import TEAM_ROLES, Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.stages.listening.bursts import marked_in
from medskapa.stages.listening.models import AnswersSetAside, Conversation, Vote


@action("vote.set_aside")
def set_answers_aside(conversation: Conversation, *, key: str, why: str, by: Actor) -> AnswersSetAside:
    """Let a burst of answers count no more, and say why to everybody who reads the results.

    Raises NotAllowed, WrongState (these answers are no burst, or no longer).
    """
    burst = next((one for one in marked_in(conversation) if one.key == key), None)
    if burst is None:
        raise WrongState
    made = AnswersSetAside.objects.create(
        lab=conversation.lab,
        conversation=conversation,
        why=why,
        people_count=burst.people,
        answers_count=burst.answers,
        role=_role(by),
        by=participation_of(by),
    )
    if Vote.objects.filter(pk__in=burst.votes, aside__isnull=True).update(aside=made) != len(burst.votes):
        raise WrongState
    return made


@action("vote.restore")
def count_again(aside: AnswersSetAside, *, by: Actor) -> AnswersSetAside:
    """Count answers again that were set aside. Raises NotAllowed, WrongState (they count already)."""
    again = {"restored_at": now(), "restored_role": _role(by)}
    if AnswersSetAside.objects.filter(pk=aside.pk, restored_at__isnull=True).update(**again) != 1:
        raise WrongState
    aside.votes.update(aside=None)
    aside.refresh_from_db()
    return aside


def _role(by: Actor) -> str:
    """In which role somebody does it: the one with most to answer for."""
    return next((role for role in TEAM_ROLES if role in by.roles), "")
