"""Pages of applications: writing, reading, sending, taking back, and saying that one may not judge."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.queries import participation_of
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.chain import readings_of
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.asking import ask, confirm
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.cocreation.models import Idea, Prototype
from medskapa.stages.selection import actions, queries
from medskapa.stages.selection.forms import ApplicationForm, ConflictForm
from medskapa.stages.selection.models import Application
from medskapa.stages.selection.views.addresses import at


@require_GET
def applications(request: LabRequest) -> HttpResponse:
    """The applications somebody may see: their own, those they judge, those they lead."""
    require(request.actor, "application.see", request.lab)
    page = paged(request, queries.readable_applications(request.lab, reader=request.actor))
    worded([thing for row in page.object_list for thing in (row, row.call)], get_language())
    hidden = {row.pk for row in page.object_list if queries.is_hidden_from(request.actor, row)}
    return render(request, "selection/applications.html", {"page": page, "hidden": hidden, "title": _("Applications")})


@require_GET
def application(request: LabRequest, application: str) -> HttpResponse:
    """One application. In a blind call the reading leaves a line, and the jury does not see who applies."""
    found = _application(request, application)
    is_own = queries.is_applicant(request.actor, found)
    if found.call.is_blind and not is_own:
        actions.read_applications(found.call, applications=[found], by=request.actor)
    reviews = list(queries.reviews_of(found, reader=request.actor))
    criteria = [score.criterion for review in reviews for score in review.scores.all()]
    worded([thing for thing in (found, found.call, found.prototype, found.idea, *criteria) if thing is not None], get_language())
    context = {
        "application": found,
        "is_own": is_own,
        "is_hidden": queries.is_hidden_from(request.actor, found),
        "judges": queries.may_judge(request.actor, found),
        "own_review": queries.own_review(found, request.actor),
        "reviews": reviews,
        "decision": queries.readable_decisions(request.lab, reader=request.actor).filter(application=found).first(),
        "conflicts": list(found.conflicts.select_related("juror__participation")) if may(request.actor, "call.judge", found) else [],
        "readings": readings_of(found) if is_own and found.call.is_blind else [],
    }
    return render(request, "selection/application.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_application(request: LabRequest, call: str) -> HttpResponse:
    """Apply: from a prototype or an idea (``?from=``), prefilled with what the thread knows, or from outside."""
    found = get_object_or_404(queries.visible_calls(request.lab, reader=request.actor), public_id=call)
    require(request.actor, "application.write", found)
    queries.must_be_able_to_apply(found, participation_of(request.actor))
    origin = _origin(request)
    form = ApplicationForm(request.POST or None, lab=request.lab, initial=queries.prefilled(origin))
    if form.is_bound and form.is_valid():
        grew: dict[str, Any] = {"prototype": origin} if isinstance(origin, Prototype) else {"idea": origin}
        made = actions.write_application(found, by=request.actor, **grew, **form.cleaned_data)
        return see_other(request, made, _("The application is a draft. Nobody else sees it until you send it."))
    more: dict[str, Any] = {"call": found, "origin": origin, "starting_points": [] if origin else queries.starting_points(request.lab)}
    return ask(request, form, title=_("Apply"), submit=_("Save the draft"), back=found, template="selection/new_application.html", **more)


@require_http_methods(["GET", "POST"])
@once
def edit_application(request: LabRequest, application: str) -> HttpResponse:
    """Go on writing a draft."""
    found = _application(request, application)
    require(request.actor, "application.edit", found)
    form = ApplicationForm(request.POST or None, lab=request.lab, instance=found)
    if form.is_bound and form.is_valid():
        actions.edit_application(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The application is changed."))
    return ask(request, form, title=_("Change the application"), submit=_("Save"), back=found)


@require_http_methods(["GET", "POST"])
@once
def send_application(request: LabRequest, application: str) -> HttpResponse:
    """Ask once more, then hand the application in."""
    found = _application(request, application)
    require(request.actor, "application.send", found)
    if request.method == "POST":
        actions.send_application(found, by=request.actor)
        return see_other(request, found, _("The application is sent. You get an answer here, with reasons."))
    text = _("After that it cannot be changed, but it can be taken back until there is a decision.")
    return confirm(request, title=_("Send the application?"), text=text, submit=_("Send"), back=found)


@require_http_methods(["GET", "POST"])
@once
def take_back_application(request: LabRequest, application: str) -> HttpResponse:
    """Ask once more, then take the application out of the call."""
    found = _application(request, application)
    require(request.actor, "application.take_back", found)
    if request.method == "POST":
        actions.take_back_application(found, by=request.actor)
        return see_other(request, found, _("The application is taken back. The jury sees it no more."))
    text = _("The jury sees it no more, and it gets no decision. This cannot be undone.")
    return confirm(request, title=_("Take the application back?"), text=text, submit=_("Take it back"), back=found, kind="stop")


@require_http_methods(["GET", "POST"])
@once
def new_conflict(request: LabRequest, application: str) -> HttpResponse:
    """Say that a juror may not judge this."""
    found = _application(request, application)
    require(request.actor, "conflict.declare", found)
    form = ConflictForm(request.POST or None, call=found.call, own=queries.seat_of(found.call, request.actor))
    if form.is_bound and form.is_valid():
        actions.declare_conflict(found, by=request.actor, **form.cleaned_data)
        return see_other(
            request, at("call", request.lab, call=found.call.public_id), _("It is noted. This juror no longer sees the application.")
        )
    lead = _("The application is closed to this juror, and a review of theirs does not count.")
    return ask(request, form, title=_("A conflict of interest"), lead=lead, submit=_("Declare it"), back=found)


def _application(request: LabRequest, public_id: str) -> Application:
    rows = queries.readable_applications(request.lab, reader=request.actor).select_related("prototype__lab", "idea__lab", "call__lab")
    return get_object_or_404(rows, public_id=public_id)


def _origin(request: LabRequest) -> Prototype | Idea | None:
    public_id = request.GET.get("from", "")
    if not public_id:
        return None
    prototype = request.lab.prototypes.select_related("lab", "idea__challenge").filter(public_id=public_id).first()
    return prototype or request.lab.ideas.select_related("lab", "challenge").filter(public_id=public_id).first()
