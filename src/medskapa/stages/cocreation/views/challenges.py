"""Challenges: the list, one of them, writing and editing, and the steps of its life."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of, worded, worded_one
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.cocreation.actions import (
    ask_again,
    close_challenge,
    edit_challenge,
    keep_promise,
    open_challenge,
    promise,
    write_challenge,
)
from medskapa.stages.cocreation.forms.challenges import AskAgainForm, ChallengeForm, KeepForm, PromiseForm
from medskapa.stages.cocreation.models import Challenge
from medskapa.stages.cocreation.queries.challenges import challenges_of, insights_behind, promise_clock
from medskapa.stages.cocreation.queries.ideas import ideas_of, in_order, shuffled_for
from medskapa.stages.understanding.asking import Question, ask_first, typed
from medskapa.stages.understanding.voices import voices_behind

MOST_IDEAS = 12


@require_safe
def challenges(request: LabRequest) -> HttpResponse:
    """All challenges the reader may see, open ones first."""
    require(request.actor, "challenge.see", request.lab)
    page = paged(request, challenges_of(request.lab, reader=request.actor), 30)
    page.object_list = [(row, promise_clock(row)) for row in worded(page.object_list, get_language() or "")]
    return render(request, "cocreation/challenges.html", {"page": page})


@require_safe
def challenge(request: LabRequest, challenge: str) -> HttpResponse:
    """One challenge: what it grew from, who has promised what, and the ideas that answer it."""
    found = _seen(request, challenge)
    insights = list(insights_behind(found, reader=request.actor))
    ideas = ideas_of(request.lab, challenge=found.public_id)
    order = shuffled_for(ideas, reader=request.actor)
    shown = in_order(ideas, order[:MOST_IDEAS])
    asked = [asking.prompt for asking in found.asked_again.select_related("prompt__lab").order_by("asked_at", "pk")]
    worded([found, *insights, *shown, *asked], get_language() or "")
    context = {
        "challenge": found,
        "clock": promise_clock(found),
        "insights": insights,
        "voices": voices_behind(insights, reader=request.actor),
        "ideas": shown,
        "more_ideas": len(order) - len(shown),
        "asked": asked,
    }
    return render(request, "cocreation/challenge.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_challenge(request: LabRequest) -> HttpResponse:
    """Turn insights into a question; an address that names an insight has it chosen already."""
    require(request.actor, "challenge.write", request.lab)
    chosen = request.lab.insights.filter(public_id=request.GET.get("insight", ""))
    form = ChallengeForm(typed(request), lab=request.lab, initial={"insights": list(chosen)})
    if form.is_valid():
        made = write_challenge(request.lab, by=request.actor, **form.cleaned_data)
        return see_other(request, made, _("Saved as a draft. Open it when the question is right."))
    lead = _("A good challenge says for whom and what, and leaves open how.")
    return _form_page(request, form, title=_("New challenge"), lead=lead)


@require_http_methods(["GET", "POST"])
@once
def edit_a_challenge(request: LabRequest, challenge: str) -> HttpResponse:
    """Word a question anew."""
    found = _for(request, challenge, "challenge.edit")
    form = ChallengeForm(typed(request), lab=request.lab, instance=found)
    if form.is_valid():
        values = {"insights": (), **form.cleaned_data}
        return see_other(request, edit_challenge(found, by=request.actor, **values), _("Saved."))
    return _form_page(request, form, title=_("Edit the challenge"), back=found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@once
def open_a_challenge(request: LabRequest, challenge: str) -> HttpResponse:
    """Let everyone read and answer it."""
    found = _for(request, challenge, "challenge.open")
    question = Question(
        _("Open this challenge?"), _("Everybody can read it then, and the lab answers with ideas."), _("Open it"), found.get_absolute_url()
    )
    return ask_first(request, question, do=partial(open_challenge, found, by=request.actor), done=_("The challenge is open."))


@require_http_methods(["GET", "POST"])
@once
def close_a_challenge(request: LabRequest, challenge: str) -> HttpResponse:
    """Take no more ideas."""
    found = _for(request, challenge, "challenge.close")
    text = _("No new ideas can be shared then. Those it has stay, and can be built and tried. You can open it again.")
    question = Question(_("Close this challenge?"), text, _("Close it"), found.get_absolute_url())
    return ask_first(request, question, do=partial(close_challenge, found, by=request.actor), done=_("The challenge is closed."))


@require_http_methods(["GET", "POST"])
@once
def promise_something(request: LabRequest, challenge: str) -> HttpResponse:
    """Say what the problem owner will decide, and by when."""
    found = _for(request, challenge, "challenge.promise")
    back = found.get_absolute_url()
    form = PromiseForm(typed(request), instance=Challenge.objects.get(pk=found.pk))
    if form.is_valid():
        said = form.cleaned_data
        return see_other(
            request, promise(found, text=said["promise"], due_on=said["promise_due_on"], by=request.actor), _("The promise stands.")
        )
    lead = _("Everybody who reads the challenge sees the promise, the day, and later whether it was kept.")
    return _form_page(request, form, title=_("What do you promise?"), lead=lead, back=back, submit=_("Promise this"))


@require_http_methods(["GET", "POST"])
@once
def keep_a_promise(request: LabRequest, challenge: str) -> HttpResponse:
    """Note that the owner decided what they promised."""
    found = _for(request, challenge, "challenge.keep")
    form = KeepForm(typed(request), lab=request.lab)
    question = Question(_("Was the promise kept?"), text_of(found, "promise"), _("Yes, it was decided"), found.get_absolute_url())
    keep = partial(keep_promise, found, by=request.actor)
    return ask_first(request, question, do=lambda kept_on: keep(on=kept_on), done=_("The promise is kept."), form=form)


@require_http_methods(["GET", "POST"])
@once
def ask_for_stories(request: LabRequest, challenge: str) -> HttpResponse:
    """Go back to new stories with a question."""
    found = _for(request, challenge, "challenge.ask_again")
    form = AskAgainForm(typed(request))
    if form.is_valid():
        language = get_language() or ""
        written_in = language if language in {*request.lab.languages, "en"} else request.lab.language
        ask_again(found, by=request.actor, language=written_in, **form.cleaned_data)
        return see_other(request, found, _("Tellers are asked this question from now on. Their stories belong to this challenge's thread."))
    lead = _("What do you still need to hear from people? The question is added to those that tellers can answer.")
    return _form_page(request, form, title=_("Ask for new stories"), lead=lead, back=found.get_absolute_url(), submit=_("Ask this"))


def _seen(request: LabRequest, public_id: str) -> Challenge:
    require(request.actor, "challenge.see", request.lab)
    found = get_object_or_404(request.lab.challenges.select_related("lab", "owner__organisation"), public_id=public_id)
    if found.state == Challenge.State.DRAFT and not request.actor.is_team:
        raise NotAllowed
    return found


def _for(request: LabRequest, public_id: str, verb: str) -> Challenge:
    found = worded_one(_seen(request, public_id), get_language() or "")
    require(request.actor, verb, found)
    return found


def _form_page(request: LabRequest, form: object, **context: object) -> HttpResponse:
    return render(request, "web/form.html", {"form": form, **context}, status=422 if form.is_bound else 200)  # type: ignore[attr-defined]
