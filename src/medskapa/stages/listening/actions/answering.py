"""Personal words between a teller and the lab. Everybody who told something gets an answer."""

from collections.abc import Mapping

from medskapa.ground.labs.actions import word
from medskapa.ground.labs.models import Participation, Pseudonym
from medskapa.ground.labs.queries import participation_of
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.sealing import seal
from medskapa.stages.listening.actions.heeding import heed
from medskapa.stages.listening.errors import NothingTold
from medskapa.stages.listening.models import Beginning, Message, Story


@action("story.answer")
def answer_teller(
    teller: Pseudonym, *, words: str, language: str, by: Actor, story: Story | None = None, author: Participation | None = None
) -> Message:
    """Write to a teller, about one of their stories or without one. Raises NotAllowed, NothingTold."""
    author = author or participation_of(by)
    if author is None:
        raise NotAllowed
    if not words.strip():
        raise NothingTold
    return Message.objects.create(
        lab=teller.lab, pseudonym=teller, story=story, words=seal(words, teller.key), language=language, from_lab=True, author=author
    )


@action("beginning.edit")
def save_beginning(beginning: Beginning, *, texts: Mapping[str, str], by: Actor) -> Beginning:
    """Offer a text with which answers can begin, or change it; ``texts`` says it in other languages, or no longer. Raises NotAllowed."""
    beginning.save()
    translator = participation_of(by)
    for language, text in texts.items():
        word(beginning, "text", language, text, translator=translator.name if translator else "", by=by)
    return beginning


@action("message.write")
def write_to_lab(teller: Pseudonym, *, words: str, language: str, by: Actor) -> Message:
    """Let a teller write to the lab. Raises NotAllowed, NothingTold."""
    if not words.strip():
        raise NothingTold
    heed(words, teller=teller, by=by)
    return Message.objects.create(lab=teller.lab, pseudonym=teller, words=seal(words, teller.key), language=language, from_lab=False)
