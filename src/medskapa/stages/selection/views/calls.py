"""Pages of calls, their criteria and their jury."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.asking import ask, confirm
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.selection import actions, queries
from medskapa.stages.selection.forms import CallForm, CriterionForm, JurorForm
from medskapa.stages.selection.models import Call, Criterion
from medskapa.stages.selection.views.addresses import at


@require_GET
def calls(request: LabRequest) -> HttpResponse:
    """The calls of a lab."""
    require(request.actor, "call.see", request.lab)
    page = paged(request, queries.visible_calls(request.lab, reader=request.actor))
    page.object_list = worded(page.object_list, get_language())
    return render(request, "selection/calls.html", {"page": page, "title": _("Calls")})


@require_GET
def call(request: LabRequest, call: str) -> HttpResponse:
    """One call: when, for how many, judged by what; and to those who lead it, how it goes."""
    require(request.actor, "call.see", request.lab)
    found = get_object_or_404(queries.call_with_criteria(request.lab, call, reader=request.actor))
    leads = may(request.actor, "call.edit", found)
    applications = list(queries.applications_of(found, reader=request.actor))
    worded([found, *found.criteria.all(), *applications], get_language())
    context = {
        "call": found,
        "applications": applications,
        "jurors": list(queries.jurors_of(found)) if leads else [],
        "close_ones": queries.close_ones(found) if leads else [],
        "seat": queries.seat_of(found, request.actor),
    }
    return render(request, "selection/call.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_call(request: LabRequest) -> HttpResponse:
    """Write a call; it begins as a draft."""
    require(request.actor, "call.write", request.lab)
    form = CallForm(request.POST or None, lab=request.lab)
    if form.is_bound and form.is_valid():
        made = actions.write_call(request.lab, by=request.actor, **form.cleaned_data)
        return see_other(request, made, _("The call is a draft. Now write what counts."))
    return ask(request, form, title=_("Write a call"), submit=_("Save the draft"), back=at("calls", request.lab))


@require_http_methods(["GET", "POST"])
@once
def edit_call(request: LabRequest, call: str) -> HttpResponse:
    """Change a draft."""
    found = _call(request, call)
    require(request.actor, "call.edit", found)
    form = CallForm(request.POST or None, lab=request.lab, instance=found)
    if form.is_bound and form.is_valid():
        actions.edit_call(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The call is changed."))
    return ask(request, form, title=_("Change the call"), submit=_("Save"), back=found)


@require_http_methods(["GET", "POST"])
@once
def open_call(request: LabRequest, call: str) -> HttpResponse:
    """Ask once more, then open the call."""
    found = _call(request, call)
    require(request.actor, "call.open", found)
    if request.method == "POST":
        actions.open_call(found, by=request.actor)
        return see_other(request, found, _("The call is open. Everyone can read it."))
    text = _("Everyone can read it, and its text and criteria can no longer change.")
    return confirm(request, title=_("Open the call?"), text=text, submit=_("Open the call"), back=found)


@require_http_methods(["GET", "POST"])
@once
def judge_call(request: LabRequest, call: str) -> HttpResponse:
    """Ask once more, then let the jury read."""
    found = _call(request, call)
    require(request.actor, "call.judge", found)
    if request.method == "POST":
        actions.judge_call(found, by=request.actor)
        return see_other(request, found, _("The jury can read the applications now."))
    text = _("Nobody can apply any more. The jury reads what was sent, and writes a review of each.")
    return confirm(request, title=_("Let the jury begin?"), text=text, submit=_("Let the jury begin"), back=found)


@require_http_methods(["GET", "POST"])
@once
def new_criterion(request: LabRequest, call: str) -> HttpResponse:
    """Say one more thing that counts."""
    found = _call(request, call)
    require(request.actor, "criterion.add", found)
    form = CriterionForm(request.POST or None, lab=request.lab)
    if form.is_bound and form.is_valid():
        actions.add_criterion(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The criterion is added."))
    return ask(request, form, title=_("What counts?"), lead=text_of(found), submit=_("Add"), back=found)


@require_http_methods(["GET", "POST"])
@once
def edit_criterion(request: LabRequest, call: str, criterion: str) -> HttpResponse:
    """Word a criterion anew."""
    found = _criterion(request, call, criterion)
    require(request.actor, "criterion.edit", found)
    form = CriterionForm(request.POST or None, lab=request.lab, instance=found)
    if form.is_bound and form.is_valid():
        actions.edit_criterion(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found.call, _("The criterion is changed."))
    return ask(request, form, title=_("Change what counts"), submit=_("Save"), back=found.call)


@require_POST
@once
def remove_criterion(request: LabRequest, call: str, criterion: str) -> HttpResponse:
    """Take a criterion away."""
    found = _criterion(request, call, criterion)
    require(request.actor, "criterion.remove", found)
    actions.remove_criterion(found, by=request.actor)
    return see_other(request, found.call, _("The criterion is gone."))


@require_http_methods(["GET", "POST"])
@once
def new_juror(request: LabRequest, call: str) -> HttpResponse:
    """Give somebody a seat in the jury."""
    found = _call(request, call)
    require(request.actor, "juror.seat", found)
    form = JurorForm(request.POST or None, call=found)
    if form.is_bound and form.is_valid():
        actions.seat_juror(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The juror has a seat."))
    return ask(request, form, title=_("Give a seat in the jury"), lead=text_of(found), submit=_("Give the seat"), back=found)


@require_POST
@once
def remove_juror(request: LabRequest, call: str, juror: str) -> HttpResponse:
    """Take a seat away."""
    found = _call(request, call)
    seat = get_object_or_404(found.jurors.select_related("lab"), public_id=juror)
    require(request.actor, "juror.unseat", seat)
    actions.unseat_juror(seat, by=request.actor)
    return see_other(request, found, _("The seat is free again."))


def _call(request: LabRequest, public_id: str) -> Call:
    return get_object_or_404(queries.visible_calls(request.lab, reader=request.actor), public_id=public_id)


def _criterion(request: LabRequest, call: str, criterion: str) -> Criterion:
    return get_object_or_404(_call(request, call).criteria.select_related("lab", "call__lab"), public_id=criterion)
