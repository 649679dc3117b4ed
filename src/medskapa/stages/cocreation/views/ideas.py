"""Ideas: the list in an order of the reader's own, one of them, sharing from a challenge, editing, setting aside."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded, worded_one
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.cocreation.actions import edit_idea, set_aside_idea, share_idea, take_up_idea
from medskapa.stages.cocreation.forms.ideas import EditIdeaForm, IdeaFilter, IdeaForm, ReasonForm
from medskapa.stages.cocreation.models import Challenge, Idea
from medskapa.stages.cocreation.people import own_credit, person_of
from medskapa.stages.cocreation.queries.challenges import challenges_seen_by, open_challenges, tried_before
from medskapa.stages.cocreation.queries.ideas import ideas_of, in_order, insights_beside, prototypes_of, shuffled_for, teams_of
from medskapa.stages.understanding.asking import Question, ask_first, typed

AUTHORS = ("by_pseudonym", "by_participation")


@require_safe
def ideas(request: LabRequest) -> HttpResponse:
    """All ideas, in an order of the reader's own that changes each day; perhaps for one challenge, or of one kind."""
    require(request.actor, "idea.see", request.lab)
    language = get_language() or ""
    questions = worded(
        challenges_seen_by(request.actor).filter(lab=request.lab).select_related("lab").order_by("-made_at", "-pk"), language
    )
    chosen = IdeaFilter(request.GET, challenges=[(one.public_id, _title(one)) for one in questions])
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    found = ideas_of(request.lab, **wanted)
    page = paged(request, shuffled_for(found, reader=request.actor), 24)
    page.object_list = worded(in_order(found, page.object_list), language)
    titles = {one.pk: one for one in questions}
    for idea in page.object_list:
        idea.challenge = titles.get(idea.challenge_id)
    context = {
        "page": page,
        "filter": chosen,
        "is_filtered": any(wanted.values()),
        "open_challenges": any(one.state == "open" for one in questions),
    }
    return render(request, "cocreation/ideas.html", context)


@require_safe
def idea(request: LabRequest, idea: str) -> HttpResponse:
    """One idea: what it answers, who thought of it, who builds it, what became of it."""
    found = _seen(request, idea)
    insights = list(insights_beside(found, reader=request.actor))
    prototypes = list(prototypes_of(request.lab).filter(idea=found))
    teams = list(teams_of(request.lab).filter(idea=found))
    worded([found, *insights, *prototypes, *teams, *([found.challenge] if found.challenge else [])], get_language() or "")
    context = {"idea": found, "insights": insights, "prototypes": prototypes, "teams": teams}
    return render(request, "cocreation/idea.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_idea(request: LabRequest, challenge: str) -> HttpResponse:
    """Share an idea for a challenge; what was tried before stands beside the form."""
    require(request.actor, "idea.share", request.lab)
    question = get_object_or_404(open_challenges(request.lab), public_id=challenge)
    form = IdeaForm(typed(request), lab=request.lab, initial={"credit": own_credit(person_of(request.actor))})
    if form.is_valid():
        made = share_idea(request.lab, challenge=question, language=form.likely_language(), by=request.actor, **form.cleaned_data)
        return see_other(request, made, _("Thank you. Your idea is shared with the lab."))
    context = {
        "form": form,
        "challenge": worded_one(question, get_language() or ""),
        "tried": worded(tried_before(question), get_language() or ""),
    }
    return render(request, "cocreation/idea_form.html", context, status=422 if form.is_bound else 200)


@require_safe
def choose_challenge(request: LabRequest) -> HttpResponse:
    """An idea answers a challenge: choose which."""
    require(request.actor, "idea.share", request.lab)
    rows = worded(open_challenges(request.lab), get_language() or "")
    return render(request, "cocreation/choose_challenge.html", {"challenges": rows})


@require_http_methods(["GET", "POST"])
@once
def edit_an_idea(request: LabRequest, idea: str) -> HttpResponse:
    """Word an idea anew."""
    found = _for(request, idea, "idea.edit")
    form = EditIdeaForm(typed(request), lab=request.lab, instance=found)
    if form.is_valid():
        return see_other(request, edit_idea(found, by=request.actor, **{"insights": (), **form.cleaned_data}), _("Saved."))
    context = {"title": _("Edit the idea"), "form": form, "back": found.get_absolute_url()}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def set_aside(request: LabRequest, idea: str) -> HttpResponse:
    """Stop working on an idea, with the reason."""
    found = _for(request, idea, "idea.set_aside")
    text = _("It stays readable and credited, with the reason, so that others learn from it. It can be taken up again.")
    question = Question(_("Set this idea aside?"), text, _("Set it aside"), found.get_absolute_url())
    act = partial(set_aside_idea, found, by=request.actor)
    return ask_first(request, question, do=act, done=_("Set aside, with the reason."), form=ReasonForm(typed(request)))


@require_http_methods(["GET", "POST"])
@once
def take_up(request: LabRequest, idea: str) -> HttpResponse:
    """Work on an idea again."""
    found = _for(request, idea, "idea.take_up")
    question = Question(
        _("Take this idea up again?"), _("It can be built and tried again then."), _("Take it up"), found.get_absolute_url()
    )
    return ask_first(request, question, do=partial(take_up_idea, found, by=request.actor), done=_("The idea is taken up again."))


def _seen(request: LabRequest, public_id: str) -> Idea:
    require(request.actor, "idea.see", request.lab)
    return get_object_or_404(request.lab.ideas.select_related("lab", "challenge__lab", *AUTHORS), public_id=public_id)


def _for(request: LabRequest, public_id: str, verb: str) -> Idea:
    found = _seen(request, public_id)
    require(request.actor, verb, found)
    return found


def _title(challenge: Challenge) -> Any:
    wording = challenge.wordings.get("title")  # type: ignore[attr-defined]
    return wording.text if wording else challenge.title
