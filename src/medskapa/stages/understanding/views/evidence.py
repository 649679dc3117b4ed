"""What an insight rests on: choosing a story, quoting it, taking a statement's answers, taking something away."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of, worded_one
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.listening.queries.stories import shown
from medskapa.stages.listening.visibility import readable
from medskapa.stages.understanding.actions import add_answers, add_quote, edit_evidence, remove_evidence
from medskapa.stages.understanding.asking import Question, ask_first, typed
from medskapa.stages.understanding.forms import AnswersForm, EvidenceForm, QuoteForm
from medskapa.stages.understanding.models import Insight
from medskapa.stages.understanding.queries import insight_for, standing
from medskapa.stages.understanding.quoting import versions_to_quote


@require_safe
def choose_story(request: LabRequest, insight: str) -> HttpResponse:
    """The released stories that can be quoted, with those that are quoted here already marked."""
    found = _found(request, insight)
    rows = readable(request.lab.stories.select_related("lab", "teller"), reader=request.actor).order_by("-told_at", "-pk")
    page = paged(request, rows, 30)
    page.object_list = shown(page.object_list, reader=request.actor)
    quoted = set(found.evidence.filter(story__isnull=False, quote__isnull=False).values_list("story", flat=True))
    context = {"insight": found, "standing": standing(found), "page": page, "quoted": quoted}
    return render(request, "understanding/choose_story.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_quote(request: LabRequest, insight: str, story: str) -> HttpResponse:
    """Quote a story: its readable versions stand beside the form. They are released, so reading them leaves no line."""
    found = _found(request, insight)
    told = get_object_or_404(
        readable(request.lab.stories.select_related("lab", "teller", "key__under"), reader=request.actor), public_id=story
    )
    form = QuoteForm(typed(request), story=told, reader=request.actor)
    if form.is_valid():
        add_quote(found, story=told, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The voice is there now."))
    context = {
        "insight": found,
        "story": shown([told], reader=request.actor)[0],
        "versions": versions_to_quote(told, reader=request.actor),
        "form": form,
    }
    return render(request, "understanding/quote_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def new_answers(request: LabRequest, insight: str) -> HttpResponse:
    """Let it rest on how people answered a statement, too."""
    found = _found(request, insight, "evidence.add_answers")
    form = AnswersForm(typed(request), lab=request.lab, insight=found)
    if form.is_valid():
        add_answers(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The answers are there now."))
    context = {
        "title": _("Add answers to a statement"),
        "lead": text_of(found),
        "form": form,
        "insight": found,
        "back": found.get_absolute_url(),
        "has_none": not form.fields["statement"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return render(request, "understanding/answers_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def edit(request: LabRequest, insight: str, evidence: str) -> HttpResponse:
    """Say anew which way something speaks, and why it counts."""
    found = _found(request, insight, "evidence.edit")
    row = get_object_or_404(found.evidence.select_related("lab", "insight__lab", "story"), public_id=evidence)
    form = EvidenceForm(typed(request), initial={"side": row.side, "note": row.note})
    if form.is_valid():
        edit_evidence(row, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("Saved."))
    context = {"title": _("Why it counts"), "lead": text_of(found), "form": form, "back": found.get_absolute_url()}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def remove(request: LabRequest, insight: str, evidence: str) -> HttpResponse:
    """Take a quote or a statement's answers away."""
    found = _found(request, insight, "evidence.remove")
    row = get_object_or_404(found.evidence.select_related("lab", "insight__lab", "story"), public_id=evidence)
    text = _("The insight no longer rests on it. The story, or the answers, stay as they are.")
    question = Question(_("Take this away from the insight?"), text, _("Take it away"), found.get_absolute_url(), kind="stop")
    return ask_first(request, question, do=partial(remove_evidence, row, by=request.actor), done=_("Taken away."))


def _found(request: LabRequest, public_id: str, verb: str = "evidence.add") -> Insight:
    found = insight_for(request.lab, public_id, reader=request.actor)
    require(request.actor, verb, found)
    return worded_one(found, get_language() or "")
