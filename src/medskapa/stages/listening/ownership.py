"""Whose a story, a conversation with the lab or a code is: always its teller's."""

from typing import Any

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.permissions import owns

OF_A_STORY = ("story.add", "story.correct", "story.read_back", "story.withdraw", "consent.change", "mark.place")
OF_WHAT_CAME_WITH_IT = ("picture.remove", "recording.remove")
OF_A_TELLER = (
    "story.read_own",
    "message.write",
    "message.read",
    "teller.stop",
    "teller.copy",
    "adult_code.make",
    "age.confirm",
    "contact.change",
    "representative.end",
)


def register() -> None:
    """Tell the permission table. Called when the installation starts."""
    for verb in OF_A_STORY:
        owns(verb, is_own_story)
    for verb in OF_WHAT_CAME_WITH_IT:
        owns(verb, is_of_own_story)
    for verb in OF_A_TELLER:
        owns(verb, is_oneself)


def is_own_story(actor: Actor, story: Any) -> bool:
    """Whether the actor told this story. One SQL query unless the teller is loaded."""
    teller = getattr(story, "teller", None)
    return actor.kind == "pseudonym" and teller is not None and teller.public_id == actor.key


def is_of_own_story(actor: Actor, sent: Any) -> bool:
    """Whether the actor sent this picture or recording. Two SQL queries unless story and teller are loaded."""
    return is_own_story(actor, getattr(sent, "story", None))


def is_oneself(actor: Actor, teller: Any) -> bool:
    """Whether the actor is this teller. No SQL."""
    return actor.kind == "pseudonym" and getattr(teller, "public_id", None) == actor.key
