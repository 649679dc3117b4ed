"""A teller's last word: take a story back, stop altogether."""

from medskapa.ground.labs.models import Pseudonym, Wording
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.models import DataKey
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import destroy
from medskapa.ground.ledger.withdrawal import withdrawn
from medskapa.stages.listening.actions.contacting import forget_contact_of
from medskapa.stages.listening.actions.telling import end_consents
from medskapa.stages.listening.models import Cover, Recording, Story


@action("story.withdraw")
def withdraw_story(story: Story, *, by: Actor) -> Story:
    """Take a story back: its key is destroyed here and now, so nobody reads it or what quotes it any more. A stump keeps the count.

    Raises NotAllowed, WrongState (it was taken back before).
    """
    return _close_for_ever(story)


@action("story.let_go")
def let_go_of_story(story: Story, *, by: Actor) -> Story:
    """Let go of a story whose time has run out, as if it had been taken back. Raises NotAllowed, WrongState (it was before)."""
    return _close_for_ever(story, is_let_go=True)


def withdraw_again(key: DataKey) -> None:
    """Clean up after this key: a story that a backup brought back, and whose key is destroyed, is withdrawn as it was before.

    Can run twice without harm. One SQL query if there is no such story.
    """
    for story in Story.objects.filter(key=key).exclude(state=Story.State.WITHDRAWN).select_related("lab", "key"):
        withdraw_story(story, by=Actor.system("withdrawal", story.lab.public_id))


def _close_for_ever(story: Story, *, is_let_go: bool = False) -> Story:
    of_whom = {"partner": None, "writer": "", "read_back_at": None}
    story.move_to(Story.State.WITHDRAWN, withdrawn_at=now(), is_let_go=is_let_go, **of_whom)
    end_consents(story)
    Wording.objects.filter(lab=story.lab, subject=story.public_id).delete()  # titles in other languages
    story.marks.all().delete()
    story.earlier.all().delete()
    Cover.objects.filter(picture__story=story).delete()
    story.pictures.all().delete()
    Recording.objects.filter(story=story).delete()
    destroy(story.key)
    withdrawn(story.key)
    return story


@action("teller.stop")
def stop_teller(teller: Pseudonym, *, by: Actor) -> Pseudonym:
    """Let a code open nothing any more, in any browser. What was told stays as its teller left it, and how
    to reach them is gone. Raises NotAllowed, WrongState."""
    if not Pseudonym.objects.filter(pk=teller.pk, stopped_at__isnull=True).update(stopped_at=now()):
        raise WrongState
    teller.sessions.all().delete()
    forget_contact_of(teller)
    return teller
