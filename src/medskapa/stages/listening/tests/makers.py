"""Prompts, stories, conversations and statements, for tests."""

from typing import Any

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.models import Lab, Participation, Pseudonym
from medskapa.ground.labs.tests.makers import a_participation, a_pseudonym
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.actions import (
    Telling,
    answer_teller,
    cast_vote,
    edit_statement,
    open_statement,
    release_story,
    save_conversation,
    save_prompt,
    save_scale,
    suggest_statement,
    tell_story,
    withdraw_story,
)
from medskapa.stages.listening.actions.releasing import UNDO
from medskapa.stages.listening.models import Conversation, Message, Picture, Prompt, Reach, Recording, Scale, Statement, Story, Vote
from medskapa.stages.listening.pictures import sealed_picture
from medskapa.stages.listening.recordings import Sound, sealed_recording


def a_prompt(lab: Lab, **what: Any) -> Prompt:
    """A question that tellers are asked."""
    return save_prompt(Prompt(lab=lab, **({"title": "What happened?", "language": lab.language} | what)), by=_demo(lab))


def a_scale(lab: Lab, **what: Any) -> Scale:
    """A scale between two ends."""
    said = {"title": "This made me feel", "first": "seen", "second": "invisible", "language": lab.language}
    return save_scale(Scale(lab=lab, **(said | what)), by=_demo(lab))


def a_triangle(lab: Lab, **what: Any) -> Scale:
    """A scale among three corners."""
    return a_scale(lab, **({"title": "What helped was about", "first": "people", "second": "rules", "third": "luck"} | what))


def a_story(
    lab: Lab,
    words: str = "I waited two years for an answer.",
    language: str = "sv",
    released: bool = False,
    reach: str = Reach.LAB,
    teller: Pseudonym | None = None,
    title: str = "A long wait",
    texts: dict[str, str] | None = None,
    **telling: Any,
) -> Story:
    """A story that was told; ``released`` with this reach, which its teller agreed to, in its own words unless ``texts`` are given.

    A released one was let go ten minutes ago, so that others read it.

    ``wish`` says that the teller agreed to more (or less) than ``reach``.
    """
    teller = teller or a_pseudonym(lab, language=language)
    wish = telling.pop("wish", reach)
    said = Telling(words=words, language=language, wish=wish, **telling)
    if not released:
        return tell_story(teller, telling=said, by=actor_of_pseudonym(teller))
    with at(now() - UNDO):
        story = tell_story(teller, telling=said, by=actor_of_pseudonym(teller))
        return release_story(story, title=title, texts=texts or {language: words}, reach=reach, by=Actor.system("demo", lab.public_id))


def a_withdrawn_story(lab: Lab, **what: Any) -> Story:
    """A story that was released and then taken back by its teller."""
    story = a_story(lab, released=True, **what)
    return withdraw_story(story, by=teller_of(story))


def a_picture(story: Story, content: bytes = b"a picture that was drawn anew") -> Picture:
    """A picture of a story."""
    picture = sealed_picture(story, content)
    picture.save()
    return picture


def a_recording(story: Story, content: bytes = b"a sound that was written anew", seconds: int = 42) -> Recording:
    """The recording of a story."""
    recording = sealed_recording(story, Sound(content, seconds))
    recording.save()
    return recording


def teller_of(story: Story) -> Actor:
    """The one who told the story, as an actor."""
    return actor_of_pseudonym(story.teller)


def an_answer(story: Story, words: str = "Thank you. We will tell you what becomes of it.") -> Message:
    """A personal answer of the lab to a story."""
    author = a_participation(story.lab, Role.MODERATOR)
    return answer_teller(story.teller, story=story, words=words, language="sv", author=author, by=_demo(story.lab))


def a_conversation(lab: Lab, **what: Any) -> Conversation:
    """An open conversation that co-creators with a code answer."""
    return save_conversation(Conversation(lab=lab, **({"title": "Letters and answers"} | what)), by=_demo(lab))


def a_statement(
    lab: Lab, title: str = "A letter should say what to do next.", is_open: bool = True, story: Story | None = None, **what: Any
) -> Statement:
    """A statement that can be answered, in a conversation of its own unless one is given."""
    conversation = what.pop("conversation", None) or a_conversation(lab)
    statement = suggest_statement(conversation, title=title, language="sv", by=_demo(lab), **what)
    if story is not None:
        edit_statement(statement, origins=[story], by=_demo(lab))
    return open_statement(statement, by=_demo(lab)) if is_open else statement


def a_vote(statement: Statement, value: int = Vote.Value.AGREE, voter: Pseudonym | Participation | None = None) -> Vote:
    """An answer to a statement, by somebody with a code unless a voter is given."""
    return cast_vote(statement, value=value, voter=voter or a_pseudonym(statement.lab), by=_demo(statement.lab))


def _demo(lab: Lab) -> Actor:
    return Actor.system("demo", lab.public_id)
