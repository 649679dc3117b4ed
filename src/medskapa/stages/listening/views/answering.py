"""Answers: who waits for a word from the lab, and the talk with one teller."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.ledger.sealing import Opened
from medskapa.ground.web.languages import READ_BY_NOBODY_YET, asked, shown
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.listening.actions import answer_teller, read_messages
from medskapa.stages.listening.actions.contacting import may_reach
from medskapa.stages.listening.beginnings import offered
from medskapa.stages.listening.forms.desk import AnswerForm
from medskapa.stages.listening.models import Message, Story
from medskapa.stages.listening.queries import contact_yes, told_in, waiting_for_answer, waiting_of


@dataclass(frozen=True, slots=True)
class Turn:
    """What was told or written at a moment: a story without its words, or a message."""

    at: datetime
    story: Story | None = None
    message: Opened[Message] | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A text to begin with, as the reader understands it, and whether there is one in the language of the answer."""

    key: str
    title: str
    text: str
    language: str
    is_there: bool


@require_safe
def answers(request: LabRequest) -> HttpResponse:
    """Everybody who waits for an answer, longest first."""
    require(request.actor, "story.answer", request.lab)
    page = paged(request, waiting_for_answer(request.lab, reader=request.actor))
    return render(request, "listening/answers.html", {"title": _("Answers"), "page": page, "share": told_in(request.lab).share_answered})


@require_http_methods(["GET", "POST"])
@once
def answer(request: LabRequest, teller: str) -> HttpResponse:
    """What a teller and the lab wrote to each other, and the next word. Opening it leaves a line."""
    who = get_object_or_404(request.lab.pseudonyms.select_related("lab", "key"), public_id=teller)
    if not may(request.actor, "story.answer", who):
        raise NotAllowed(secret=True)
    form = AnswerForm(request.POST if request.method == "POST" else None, teller=who, beginnings=offered(request.lab))
    if "begin" in request.POST:
        return _talk(request, who, form.begin(request.POST["begin"]))
    if not form.is_valid():
        return _talk(request, who, form)
    said = form.cleaned_data
    answer_teller(who, words=said["words"], language=said["language"], story=said["about"], by=request.actor)
    return see_other(
        request, reverse("listening:answers", kwargs={"lab": request.lab.slug}), _("Sent. It stands on the teller's own page.")
    )


def _talk(request: LabRequest, who: Pseudonym, form: AnswerForm) -> HttpResponse:
    language = str(form["language"].value())
    context = {
        "teller": who,
        "form": form,
        "talk": _in_order(who, read_messages(who, by=request.actor)),
        "waiting": waiting_of(who, reader=request.actor),
        "may_contact": contact_yes(who) is not None and may_reach(who, reader=request.actor),
        "language": language,
        "is_foreign": language not in (shown(), request.lab.language),
        **_beginnings(form, language),
    }
    return render(request, "listening/answer.html", context, status=422 if request.method == "POST" else 200)


def _in_order(who: Pseudonym, messages: list[Opened[Message]]) -> list[Turn]:
    """What was told, without its words, and what was written, oldest first. One SQL query."""
    stories = who.stories.exclude(state=Story.State.WITHDRAWN).select_related("lab").defer("words", "title").order_by("told_at", "pk")
    turns = [Turn(story.told_at, story=story) for story in stories] + [Turn(one.sent_at, message=one) for one in messages]
    return sorted(turns, key=lambda turn: turn.at)


def _beginnings(form: AnswerForm, language: str) -> dict[str, Any]:
    """The texts to begin with as the reader understands them, and the one that the form began with."""
    here, chosen = asked(), form.beginning
    texts = [
        Begun(one.key, one.title(here), one.text(here), one.language_of(here), language in one.texts) for one in form.beginnings.values()
    ]
    unread = chosen is not None and not chosen.is_own and language in READ_BY_NOBODY_YET
    return {
        "beginnings": texts,
        "chosen": next((one for one in texts if chosen and one.key == chosen.key), None),
        "is_read_by_nobody": unread,
    }
