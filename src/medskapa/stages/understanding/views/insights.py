"""Insights: the list, one of them, writing and editing, and the steps of its life."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded, worded_one
from medskapa.ground.ledger.actions import Action
from medskapa.ground.ledger.actors import Actor, require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.understanding.actions import (
    confirm_insight,
    edit_insight,
    keep_insight_inside,
    publish_insight,
    set_aside_insight,
    take_up_insight,
    write_insight,
)
from medskapa.stages.understanding.asking import Question, ask_first, typed
from medskapa.stages.understanding.forms import InsightForm
from medskapa.stages.understanding.models import Insight
from medskapa.stages.understanding.queries import (
    PUBLIC_FROM,
    insight_for,
    insights_of,
    standing,
    state_counts,
    states_seen_by,
    stories_without_insight,
)
from medskapa.stages.understanding.voices import behind


@require_safe
def insights(request: LabRequest) -> HttpResponse:
    """All insights the reader may see, perhaps those in one state."""
    require(request.actor, "insight.see", request.lab)
    state = request.GET.get("state", "")
    rows = insights_of(request.lab, reader=request.actor, state=state)
    page = paged(request, rows, 30)
    worded(page.object_list, get_language() or "")
    numbers = state_counts(request.lab, reader=request.actor)
    seen = states_seen_by(request.actor)
    states = [(key, label, numbers.get(key, 0)) for key, label in Insight.State.choices if key in seen]
    return render(request, "understanding/insights.html", {"page": page, "states": states, "state": state, "enough": PUBLIC_FROM})


@require_safe
def insight(request: LabRequest, insight: str) -> HttpResponse:
    """One insight: what it says, what it rests on, whether it still stands."""
    require(request.actor, "insight.see", request.lab)
    found = worded_one(insight_for(request.lab, insight, reader=request.actor), get_language() or "")
    context = {"insight": found, "standing": standing(found), "behind": behind(found, reader=request.actor)}
    return render(request, "understanding/insight.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_insight(request: LabRequest) -> HttpResponse:
    """Begin an insight."""
    require(request.actor, "insight.write", request.lab)
    form = InsightForm(typed(request), lab=request.lab)
    if form.is_valid():
        made = write_insight(request.lab, by=request.actor, **form.cleaned_data)
        return see_other(request, made, _("Saved as a draft. Say now whose stories it rests on."))
    context = {
        "title": _("New insight"),
        "lead": _("One sentence that several people's stories say. Their words come in the next step."),
        "form": form,
        "waiting": stories_without_insight(request.lab).count() if request.actor.is_team else 0,
    }
    return render(request, "understanding/insight_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def edit_an_insight(request: LabRequest, insight: str) -> HttpResponse:
    """Word an insight anew."""
    found = _found(request, insight, "insight.edit")
    form = InsightForm(typed(request), lab=request.lab, instance=found)
    if form.is_valid():
        return see_other(request, edit_insight(found, by=request.actor, **form.cleaned_data), _("Saved."))
    context = {"title": _("Edit the insight"), "form": form, "back": found.get_absolute_url()}
    return render(request, "understanding/insight_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def confirm(request: LabRequest, insight: str) -> HttpResponse:
    """Let everyone in the lab read it."""
    text = _("Everyone in the lab can read it then, and challenges can grow from it.")
    return _step(request, insight, confirm_insight, _("Confirm this insight?"), text, _("Confirm"), _("Confirmed."))


@require_http_methods(["GET", "POST"])
@once
def publish(request: LabRequest, insight: str) -> HttpResponse:
    """Let everybody read it, and see first which voices everybody will read."""
    found = _found(request, insight, "insight.publish")
    seen = behind(found, reader=Actor.public(request.lab.public_id))
    text = _("Everybody can read it then, without signing in. What was read or printed cannot be recalled.")
    question = Question(
        _("Make this insight public?"), text, _("Make it public"), found.get_absolute_url(), template="understanding/publish.html"
    )
    more = {"insight": worded_one(found, get_language() or ""), "behind": seen}
    return ask_first(
        request, question, do=partial(publish_insight, found, by=request.actor), done=_("Everybody can read it now."), more=more
    )


@require_http_methods(["GET", "POST"])
@once
def keep_inside(request: LabRequest, insight: str) -> HttpResponse:
    """Take a public insight back into the lab."""
    text = _("Only the lab reads it then. What was read or printed cannot be recalled.")
    return _step(
        request,
        insight,
        keep_insight_inside,
        _("Take this insight back into the lab?"),
        text,
        _("Take it back"),
        _("Only the lab reads it now."),
    )


@require_http_methods(["GET", "POST"])
@once
def set_aside(request: LabRequest, insight: str) -> HttpResponse:
    """Work no more with it."""
    text = _("Nobody outside the team sees it then. Challenges and ideas that grew from it stay. You can take it up again.")
    return _step(request, insight, set_aside_insight, _("Set this insight aside?"), text, _("Set it aside"), _("Set aside."))


@require_http_methods(["GET", "POST"])
@once
def take_up(request: LabRequest, insight: str) -> HttpResponse:
    """Make it a draft again."""
    text = _("It is a draft again then, and only the team sees it until it is confirmed anew.")
    return _step(request, insight, take_up_insight, _("Work on this insight again?"), text, _("Make it a draft"), _("It is a draft again."))


def _found(request: LabRequest, public_id: str, verb: str) -> Insight:
    found = insight_for(request.lab, public_id, reader=request.actor)
    require(request.actor, verb, found)
    return found


def _step(request: LabRequest, public_id: str, step: Action, title: object, text: object, submit: object, done: object) -> HttpResponse:
    found = _found(request, public_id, step.verb)
    question = Question(title, text, submit, found.get_absolute_url())  # type: ignore[arg-type]
    return ask_first(request, question, do=partial(step, found, by=request.actor), done=done)  # type: ignore[arg-type]
