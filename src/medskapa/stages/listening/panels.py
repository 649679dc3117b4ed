"""What listening shows on other rooms' pages, and where its own hang on the rail."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.rail import hang
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.ledger.db.shapes import STAND_IN, Shape
from medskapa.ground.safeguarding.models import Concern
from medskapa.ground.web.moments import number
from medskapa.ground.web.panels import CONCERN_ABOUT, DESK_WAITING, FIRST_TODO, LAB_FIGURES, LAB_FRONT, Built, Panel, Todo, offer
from medskapa.stages.listening.figures import figures
from medskapa.stages.listening.models import Story
from medskapa.stages.listening.queries import (
    shown,
    undecided_by,
    untranslated_stories,
    waiting_for_answer,
    waiting_stories,
)
from medskapa.stages.listening.visibility import may_read_original, readable

VOICES = 3
SAME_DAY = timedelta(hours=24)


def register() -> None:
    """Offer the panels and hang the pages on the rail. Called when the installation starts."""
    offer(Panel(FIRST_TODO, 10, 4, to_do))
    offer(Panel(DESK_WAITING, 10, 2, who_waits))
    offer(Panel(LAB_FRONT, 10, 6, voices))
    offer(Panel(LAB_FIGURES, 10, 1, figures))
    offer(Panel(CONCERN_ABOUT, 10, 1, where_it_was_seen))
    pages = ("story", "prompts", "prompt", "desk", "desk_story", "translations", "translate", "answers", "answer", "cross", "concern")
    begun = ("beginnings", "new_beginning", "edit_beginning")
    talks = ("conversations", "conversation", "statement", "edit_statement", "new_statement", "edit_conversation", "new_conversation")
    collect = ("partners", "partner", "new_partner", "end_partner", "cards", "new_cards", "open_card", "card", "heard", "target_groups")
    decided = ("decisions", "set_aside_statement", "bursts", "count_again")
    placed = ("scales", "new_scale", "scale", "edit_scale")
    opened = ("transcribe", "cover")
    hang(
        "listen",
        "listening:stories",
        *(f"listening:{name}" for name in (*pages, *begun, *talks, *decided, *collect, *placed, *opened, "new_prompt", "edit_prompt")),
    )


def to_do(actor: Actor, lab: Any) -> Built:
    """What to moderate, answer, translate and decide about, each with the time by which it is due. Five SQL queries."""
    if not isinstance(lab, Lab):
        return None
    return [*_to_moderate(actor, lab), *_to_answer(actor, lab), *_to_translate(actor, lab), *_to_decide(actor, lab)]


def who_waits(actor: Actor, lab: Any) -> Built:
    """How many wait for an answer, and since when the one who waited longest. Two SQL queries."""
    if not isinstance(lab, Lab) or not may(actor, "story.answer", lab):
        return None
    waiting = waiting_for_answer(lab, reader=actor)
    return "listening/panels/waiting.html", {"waiting": waiting, "longest": waiting[0] if waiting else None}


def voices(actor: Actor, lab: Any) -> Built:
    """Up to three public stories, in their words, for anybody. Six SQL queries."""
    everybody = Actor.public(lab.public_id)
    rows = _VOICES.rows(lab.pk, lab.public_id)
    found = [one for one in shown(rows, reader=everybody, only_words=True) if one.text is not None]
    return ("listening/panels/voices.html", {"voices": found}) if found else None


def where_it_was_seen(actor: Actor, concern: Any) -> Built:
    """The story or the teller's message in which a concern was seen, for who may open concerns. One SQL query."""
    if not isinstance(concern, Concern) or not may(actor, "concern.read", concern) or concern.pseudonym is None:
        return None
    story = Story.objects.filter(concerns__concern=concern).select_related("lab").defer("words", "title").first()
    may_open = story is not None and may_read_original(story, reader=actor)
    return "listening/panels/seen_in.html", {"story": story, "may_open": may_open, "teller": concern.pseudonym}


def _to_moderate(actor: Actor, lab: Lab) -> list[Todo]:
    if not may(actor, "story.release", lab):
        return []
    told = list(waiting_stories(lab, reader=actor).values_list("told_at", flat=True))
    if not told:
        return []
    text = ngettext("%(number)s story to moderate", "%(number)s stories to moderate", len(told)) % {"number": number(len(told))}
    return [Todo(text, reverse("listening:desk", kwargs={"lab": lab.slug}), told[0] + SAME_DAY)]


def _to_answer(actor: Actor, lab: Lab) -> list[Todo]:
    waiting = waiting_for_answer(lab, reader=actor)
    if not waiting:
        return []
    text = ngettext("%(number)s person waits for an answer", "%(number)s people wait for an answer", len(waiting))
    due = waiting[0].since + timedelta(days=lab.promise_days)
    return [Todo(text % {"number": number(len(waiting))}, reverse("listening:answers", kwargs={"lab": lab.slug}), due)]


def _to_translate(actor: Actor, lab: Lab) -> list[Todo]:
    if not may(actor, "story.translate", lab):
        return []
    told = list(untranslated_stories(lab, reader=actor).values_list("told_at", flat=True))
    if not told:
        return []
    text = ngettext("%(number)s story to translate", "%(number)s stories to translate", len(told)) % {"number": number(len(told))}
    return [Todo(text, reverse("listening:translations", kwargs={"lab": lab.slug}), told[0] + 2 * SAME_DAY)]


def _to_decide(actor: Actor, lab: Lab) -> list[Todo]:
    if not may(actor, "statement.open", lab):
        return []
    waiting = undecided_by(lab, actor)
    if not waiting:
        return []
    text = ngettext("%(number)s suggested statement to decide about", "%(number)s suggested statements to decide about", len(waiting))
    return [Todo(text % {"number": number(len(waiting))}, waiting[0], waiting[0].waits_since + SAME_DAY)]  # type: ignore[attr-defined]


def _voices(lab: int, public_id: str) -> QuerySet[Story]:
    everybody = Actor.public(public_id)
    rows = Story.objects.filter(lab=lab).select_related("lab", "teller", "key__under").defer("words")
    return readable(rows, reader=everybody).order_by("-released_at", "-pk")[:VOICES]


_VOICES = Shape(_voices, STAND_IN, "id of a lab")
