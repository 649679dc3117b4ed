"""Prompts, stories, conversations and statements, for tests."""

import io
import secrets
from datetime import timedelta
from typing import Any

from PIL import Image

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab, Participation, Pseudonym
from medskapa.ground.labs.tests.makers import a_participation, a_pseudonym, an_actor
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import OrganisationKind, Role
from medskapa.ground.people.tests.makers import an_organisation
from medskapa.stages.listening.actions import (
    Telling,
    add_card_photo,
    answer_teller,
    cast_vote,
    cover_picture,
    edit_statement,
    make_partner_link,
    open_statement,
    print_cards,
    read_picture,
    release_story,
    revise_story,
    save_beginning,
    save_conversation,
    save_prompt,
    save_scale,
    suggest_statement,
    tell_story,
    withdraw_story,
)
from medskapa.stages.listening.actions.releasing import UNDO
from medskapa.stages.listening.models import (
    Beginning,
    Card,
    Conversation,
    Cover,
    Message,
    PartnerLink,
    Picture,
    Prompt,
    Reach,
    Recording,
    Scale,
    Statement,
    Story,
    Vote,
)
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


def a_partner_link(lab: Lab, **what: Any) -> PartnerLink:
    """A link on which an organisation collects stories for the lab, for a month."""
    said = {"language": lab.language, "ends_on": today_of(lab) + timedelta(days=30)}
    organisation = what.pop("organisation", None) or an_organisation(OrganisationKind.NGO)
    return make_partner_link(PartnerLink(lab=lab, organisation=organisation, **(said | what)), by=_demo(lab))


def a_card(lab: Lab, photo: bytes = b"") -> Card:
    """A card of paper that waits to be typed in."""
    by = an_actor(lab, Role.FACILITATOR)
    [card] = print_cards(lab, hashes=[secrets.token_hex(32)], language=lab.language, by=by)
    return add_card_photo(card, photo=photo, by=by) if photo else card


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


def a_drawing(*marks: tuple[int, int, int, int], size: tuple[int, int] = (480, 320), colour: str = "red") -> bytes:
    """A picture as it is once it was drawn anew: white, with marks on it at these places."""
    image, target = Image.new("RGB", size, "white"), io.BytesIO()
    for mark in marks:
        image.paste(colour, mark)
    image.save(target, "JPEG", quality=85)
    return target.getvalue()


def a_picture(story: Story, content: bytes = b"") -> Picture:
    """A picture of a story."""
    picture = sealed_picture(story, content or a_drawing())
    picture.save()
    return picture


def a_cover(picture: Picture, *cells: int, shows: str = "A white sheet", by: Actor | None = None) -> Cover:
    """What a moderator made of a picture after looking at it, with these fields covered."""
    by = by or an_actor(picture.lab, Role.MODERATOR)
    read_picture(picture.story, picture=picture, by=by)
    return cover_picture(picture, cells=cells, shows=shows, by=by)


def a_shown_picture(lab: Lab, *cells: int, content: bytes = b"", reach: str = Reach.LAB, **telling: Any) -> Cover:
    """A picture that others see, with these fields covered: its story was let go with it ten minutes ago."""
    with at(now() - UNDO):
        story = a_story(lab, reach=reach, **telling)
        cover = a_cover(a_picture(story, content), *cells)
        let_go(story, covers=[cover], reach=reach, by=_demo(lab))
    cover.refresh_from_db()
    return cover


def let_go(story: Story, **what: Any) -> Story:
    """The story let go by a moderator, in its own words unless something else is said; others read it in ten minutes."""
    said = {"title": "A long wait", "texts": {story.language: "I waited."}, "reach": Reach.LAB, "by": an_actor(story.lab, Role.MODERATOR)}
    return (revise_story if story.state == Story.State.RELEASED else release_story)(story, **(said | what))


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


def a_beginning(lab: Lab, texts: dict[str, str] | None = None, **what: Any) -> Beginning:
    """A text of the lab's own with which answers can begin, in other languages too."""
    said = {"title": "Who helps here", "text": "The youth centre helps with this: […].", "language": lab.language}
    return save_beginning(Beginning(lab=lab, **(said | what)), texts=texts or {}, by=_demo(lab))


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
