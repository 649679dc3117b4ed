"""Pages where the jury's work becomes decisions, and where decisions are read."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.safeguarding.disclosure import a_few
from medskapa.ground.web.asking import ask
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.selection import actions, queries
from medskapa.stages.selection.forms import DecisionForm
from medskapa.stages.selection.models import Decision
from medskapa.stages.selection.views.addresses import at


@require_http_methods(["GET", "POST"])
@once
def decide_call(request: LabRequest, call: str) -> HttpResponse:
    """All applications side by side, as the jury sees them; when each has its decision, the call is decided."""
    found = get_object_or_404(queries.visible_calls(request.lab, reader=request.actor), public_id=call)
    require(request.actor, "call.judge", found)
    if request.method == "POST":
        actions.decide_call(found, by=request.actor)
        return see_other(request, found, _("The call is decided. What was selected is public now."))
    judging = queries.judging_of(found)
    worded([found, *(row.application for row in judging.rows)], get_language())
    decided = [row for row in judging.rows if hasattr(row.application, "decision")]
    chosen = [row for row in decided if row.application.decision.outcome == Decision.Outcome.SELECTED]
    context = {
        "call": found,
        "judging": judging,
        "asked": sum(row.application.asks_minor for row in judging.rows[: found.places]) // 100,
        "left": len(judging.rows) - len(decided),
        "chosen": len(chosen),
    }
    return render(request, "selection/decide_call.html", context)


@require_http_methods(["GET", "POST"])
@once
def decide_application(request: LabRequest, application: str) -> HttpResponse:
    """Decide about one application: outcome, reason, feedback, a way on."""
    rows = queries.readable_applications(request.lab, reader=request.actor).select_related("call__lab")
    found = get_object_or_404(rows, public_id=application)
    require(request.actor, "decision.take", found)
    if hasattr(found, "decision"):
        return see_other(request, found.decision)
    if found.call.is_blind and request.method == "GET":
        actions.read_applications(found.call, applications=[found], by=request.actor)
    form = DecisionForm(request.POST or None, lab=request.lab)
    if form.is_bound and form.is_valid():
        decision = actions.take_decision(found, by=request.actor, **form.cleaned_data)
        return see_other(request, decision, _("The decision is taken. The applicant can read it now."))
    more: dict[str, Any] = {"application": found, "reviews": list(queries.reviews_of(found, reader=request.actor))}
    back = at("decide_call", request.lab, call=found.call.public_id)
    return ask(request, form, title=found.title, submit=_("Decide"), back=back, template="selection/decide_application.html", **more)


@require_GET
def decisions(request: LabRequest) -> HttpResponse:
    """What was selected, and how many were not."""
    require(request.actor, "decision.see", request.lab)
    page = paged(request, queries.readable_decisions(request.lab, reader=request.actor))
    worded([thing for row in page.object_list for thing in (row.application, row.application.call)], get_language())
    others = a_few(queries.not_selected_count(request.lab), request.actor)
    return render(request, "selection/decisions.html", {"page": page, "others": others, "title": _("Decisions")})


@require_GET
def decision(request: LabRequest, decision: str) -> HttpResponse:
    """One decision with its reason; the feedback only for the applicant and for who leads the call."""
    require(request.actor, "decision.see", request.lab)
    found = get_object_or_404(queries.readable_decisions(request.lab, reader=request.actor), public_id=decision)
    weighed = [found.best_interests] if found.best_interests else []
    worded([found, found.application, found.application.call, *weighed], get_language())
    context = {
        "decision": found,
        "application": found.application,
        "is_for_reader": queries.is_for(request.actor, found),
        "may_open": queries.readable_applications(request.lab, reader=request.actor).filter(pk=found.application_id).exists(),
    }
    return render(request, "selection/decision.html", context)
