"""Weighing the child's best interests, and deciding about applications."""

from collections.abc import Iterable
from typing import Any

from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.labs.queries import participation_of
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.chain import head_of
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.stages.listening.models import Story
from medskapa.stages.selection.errors import NotWeighed, Settled
from medskapa.stages.selection.models import Application, BestInterests, BestInterestsVoice, Call, Decision

WORDS = ("title", "who", "views", "evidence", "weighing", "conclusion", "feedback", "follow_up_on")


@action("best_interests.write")
def write_best_interests(
    lab: Lab, /, *, by: Actor, stories: Iterable[Story] = (), made_by: Participation | None = None, **words: Any
) -> BestInterests:
    """Weigh what a measure means for children: who is affected, what they said, what is known, what follows, how they are told.

    ``words``: title, who, views, evidence, weighing, conclusion, feedback, follow_up_on. ``stories``: those that were heard.
    """
    review = BestInterests.objects.create(lab=lab, made_by=made_by or participation_of(by), **_only_words(words))
    _hear(review, stories)
    return review


@action("best_interests.edit")
def edit_best_interests(review: BestInterests, /, *, by: Actor, stories: Iterable[Story] = (), **words: Any) -> BestInterests:
    """Go on writing it. Raises Settled once a decision rests on it."""
    if review.decisions.exists():
        raise Settled
    for name, text in _only_words(words).items():
        setattr(review, name, text)
    review.save(update_fields=list(words))
    heard = list(stories)
    review.voices.exclude(story__in=heard).delete()
    _hear(review, heard)
    return review


@action("decision.take")
def take_decision(
    application: Application,
    *,
    outcome: str,
    reason: str,
    feedback: str,
    by: Actor,
    way_on: str = "",
    best_interests: BestInterests | None = None,
    source: str | None = None,
) -> Decision:
    """Decide, with the reason for all and feedback for the applicant. The decision bears the head of the audit chain.

    Raises NotWeighed if something is selected and children's best interests were not weighed (a public fact excepted),
    WrongState if the call is not being judged, or the application was taken back or decided already.
    """
    if outcome == Decision.Outcome.SELECTED and best_interests is None and not source:
        raise NotWeighed
    _must_wait(application)
    note(application.call, *([best_interests] if best_interests else []))
    head = head_of(application.chain_key)
    return Decision.objects.create(
        lab=application.lab,
        application=application,
        best_interests=best_interests,
        outcome=outcome,
        reason=reason,
        feedback=feedback,
        way_on=way_on,
        chain_head=head.hash if head else "",
        decided_at=now(),
        source=source,
    )


def _must_wait(application: Application) -> None:
    waiting = Application.objects.filter(
        pk=application.pk, state=Application.State.SENT, call__state=Call.State.JUDGING, decision__isnull=True
    )
    if not waiting.exists():
        raise WrongState


def _only_words(words: dict[str, Any]) -> dict[str, Any]:
    unknown = set(words) - set(WORDS)
    if unknown:
        raise TypeError(f"a review of the child's best interests has no {', '.join(sorted(unknown))}")
    return words


def _hear(review: BestInterests, stories: Iterable[Story]) -> None:
    there = set(review.voices.values_list("story_id", flat=True))
    voices = [BestInterestsVoice(lab=review.lab, best_interests=review, story=story) for story in stories if story.pk not in there]
    BestInterestsVoice.objects.bulk_create(voices)
