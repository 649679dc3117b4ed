"""Answers: who waits for a word from the lab, and the talk with one teller."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.listening.actions import answer_teller, read_messages
from medskapa.stages.listening.forms.desk import AnswerForm
from medskapa.stages.listening.models import Story
from medskapa.stages.listening.queries import told_in, waiting_for_answer


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
    form = AnswerForm(request.POST if request.method == "POST" else None, teller=who)
    if not form.is_valid():
        talk = read_messages(who, by=request.actor)
        stories = who.stories.exclude(state=Story.State.WITHDRAWN).select_related("lab").defer("words", "title").order_by("told_at", "pk")
        context = {"teller": who, "form": form, "talk": talk, "stories": stories}
        return render(request, "listening/answer.html", context, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    answer_teller(who, words=said["words"], language=said["language"], story=said["about"], by=request.actor)
    return see_other(
        request, reverse("listening:answers", kwargs={"lab": request.lab.slug}), _("Sent. It stands on the teller's own page.")
    )
