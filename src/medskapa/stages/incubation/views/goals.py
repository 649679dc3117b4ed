"""Pages of goals."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.asking import ask
from medskapa.ground.web.pages import see_other
from medskapa.stages.incubation import actions, queries
from medskapa.stages.incubation.forms import EditGoalForm, GoalForm, ReachForm
from medskapa.stages.incubation.portfolio import is_late


@require_http_methods(["GET", "POST"])
@once
def new_goal(request: LabRequest, support: str) -> HttpResponse:
    """Set a goal."""
    found = get_object_or_404(queries.supports_of(request.lab), public_id=support)
    require(request.actor, "goal.set", found)
    form = GoalForm(request.POST or None, lab=request.lab)
    if form.is_bound and form.is_valid():
        actions.set_goal(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The goal is set."))
    return ask(request, form, title=_("Set a goal"), lead=text_of(found), submit=_("Set it"), back=found)


@require_GET
def goal(request: LabRequest, goal: str) -> HttpResponse:
    """One goal."""
    found = get_object_or_404(queries.goal_of(request.lab), public_id=goal)
    require(request.actor, "support.follow", found.support)
    worded([found, found.support], get_language())
    return render(request, "incubation/goal.html", {"goal": found, "is_late": is_late(found, today_of(request.lab))})


@require_http_methods(["GET", "POST"])
@once
def edit_goal(request: LabRequest, goal: str) -> HttpResponse:
    """Word a goal anew, or give it another day."""
    found = get_object_or_404(queries.goal_of(request.lab), public_id=goal)
    require(request.actor, "goal.edit", found)
    form = EditGoalForm(request.POST or None, lab=request.lab, instance=found)
    if form.is_bound and form.is_valid():
        unchanged = queries.goal_of(request.lab).get(pk=found.pk)
        actions.edit_goal(unchanged, by=request.actor, **form.cleaned_data)
        return see_other(request, found.support, _("The goal is changed."))
    return ask(request, form, title=_("Change the goal"), submit=_("Save"), back=found)


@require_http_methods(["GET", "POST"])
@once
def reach_goal(request: LabRequest, goal: str) -> HttpResponse:
    """Note that a goal is reached."""
    found = get_object_or_404(queries.goal_of(request.lab), public_id=goal)
    require(request.actor, "goal.reach", found)
    form = ReachForm(request.POST or None, goal=found)
    if form.is_bound and form.is_valid():
        actions.reach_goal(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found.support, _("The goal is reached."))
    lead = _("It is later than planned. That is no fault: say what changed.") if is_late(found, today_of(request.lab)) else ""
    return ask(request, form, title=text_of(found), lead=lead, submit=_("It is reached"), back=found)
