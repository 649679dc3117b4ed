"""Heeding: words that worry raise a concern the moment they are written, also where nobody may read them yet."""

from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.safeguarding.actions import add_to_concern, raise_concern, worry_in
from medskapa.ground.safeguarding.models import Concern
from medskapa.stages.listening.models import Story, StoryConcern


def heed(words: str, *, teller: Pseudonym, by: Actor, story: Story | None = None) -> None:
    """Tell the officer if what a teller writes, in a story or elsewhere, holds words that worry. One SQL query if it does not.

    However much comes, a story has one concern that waits for the officer: what comes later stands under it, until it is taken on.
    """
    worry = worry_in(words, teller.lab)
    if not worry:
        return
    waiting = _waiting(teller, story)
    if waiting:
        add_to_concern(waiting, worry=worry, by=by)
        return
    concern = raise_concern(teller.lab, worry=worry, by=by, about=teller, is_by_words=True)
    if story:
        StoryConcern.objects.create(lab=story.lab, story=story, concern=concern)


def heed_translation(words: str, *, story: Story, by: Actor) -> None:
    """The same for a translation, where the teller's own words raised nothing: their language may have no list of its own.

    Once words of a story have raised a concern, its translations raise no second one for the same words. One SQL query, or two.
    """
    if not StoryConcern.objects.filter(story=story, concern__is_by_words=True).exists():
        heed(words, teller=story.teller, by=by, story=story)


def _waiting(teller: Pseudonym, story: Story | None) -> Concern | None:
    """The concern that words raised in the same story, or in the teller's messages, if nobody has taken it on. Locked; one SQL query."""
    rows = Concern.objects.filter(lab=teller.lab, pseudonym=teller, is_by_words=True, state=Concern.State.RAISED, about_story__story=story)
    return rows.select_related("key").select_for_update(of=["self"]).order_by("-pk").first()
