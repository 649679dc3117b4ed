"""Pages of pilots."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.asking import ask, confirm
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.incubation.models import Support
from medskapa.stages.outcomes.chart import charts
from medskapa.stages.pilots import actions, queries
from medskapa.stages.pilots.errors import SaidBefore
from medskapa.stages.pilots.forms import AimForm, EditAimForm, NewPilotForm, NextForm, PilotForm, RunningPilotForm, VerdictForm
from medskapa.stages.pilots.life import steps_of
from medskapa.stages.pilots.models import Pilot


@require_GET
def pilots(request: LabRequest) -> HttpResponse:
    """Everything that is tried, and what was stopped."""
    require(request.actor, "pilot.see", request.lab)
    page = paged(request, queries.pilots_of(request.lab))
    page.object_list = worded(page.object_list, get_language())
    return render(request, "pilots/pilots.html", {"page": page, "title": _("Pilots")})


@require_GET
def pilot(request: LabRequest, pilot: str) -> HttpResponse:
    """One pilot: what changed, the line over time, who owns it, what was said before, and what comes next."""
    require(request.actor, "pilot.see", request.lab)
    found = _pilot(request, pilot)
    may_judge = may(request.actor, "pilot.judge", found) and found.state in (Pilot.State.RUNNING, Pilot.State.PLANNED, Pilot.State.KEPT)
    return _shown(request, found, VerdictForm(pilot=found) if may_judge else None)


@require_http_methods(["GET", "POST"])
@once
def new_pilot(request: LabRequest) -> HttpResponse:
    """Plan a pilot, from a support or from what was selected (``?from=``)."""
    require(request.actor, "pilot.plan", request.lab)
    form = NewPilotForm(request.POST or None, lab=request.lab, initial=_begun(request))
    if form.is_bound and form.is_valid():
        clean = {name: value for name, value in form.cleaned_data.items() if name != "origin"}
        made = actions.plan_pilot(request.lab, by=request.actor, **form.grew_from, **clean)
        return see_other(request, made, _("The pilot is planned. Now say what it is measured by."))
    lead = _("A pilot has an owner who can change a routine, a day to stop, and an answer to what happens if it works.")
    back = reverse("pilots:pilots", kwargs={"lab": request.lab.slug})
    return ask(request, form, title=_("Plan a pilot"), lead=lead, submit=_("Save the plan"), back=back)


@require_http_methods(["GET", "POST"])
@once
def edit_pilot(request: LabRequest, pilot: str) -> HttpResponse:
    """Change the plan; while it runs, only what does not move the goal posts."""
    found = _pilot(request, pilot)
    require(request.actor, "pilot.edit", found)
    kind = PilotForm if found.state == Pilot.State.PLANNED else RunningPilotForm
    form = kind(request.POST or None, lab=request.lab, instance=found)
    if form.is_bound and form.is_valid():
        actions.edit_pilot(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The pilot is changed."))
    return ask(request, form, title=_("Change the pilot"), submit=_("Save"), back=found)


@require_http_methods(["GET", "POST"])
@once
def new_aim(request: LabRequest, pilot: str) -> HttpResponse:
    """Say what the pilot is measured by."""
    found = _pilot(request, pilot)
    require(request.actor, "pilot.measure", found)
    form = AimForm(request.POST or None, lab=request.lab)
    if form.is_bound and form.is_valid():
        actions.measure_pilot(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("It is measured by this from now on."))
    return ask(request, form, title=_("What is it measured by?"), lead=text_of(found), submit=_("Save"), back=found)


@require_http_methods(["GET", "POST"])
@once
def edit_aim(request: LabRequest, pilot: str, aim: str) -> HttpResponse:
    """Say anew what value a plan aims at."""
    found = _plan(request, pilot, "pilot.measure")
    link = get_object_or_404(found.indicator_links.select_related("indicator"), public_id=aim)
    form = EditAimForm(request.POST or None, lab=request.lab, instance=link)
    if form.is_bound and form.is_valid():
        actions.measure_pilot(found, indicator=link.indicator, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The aim is changed."))
    return ask(request, form, title=_("Change the aim"), lead=text_of(link.indicator), submit=_("Save"), back=found)


@require_http_methods(["GET", "POST"])
@once
def remove_aim(request: LabRequest, pilot: str, aim: str) -> HttpResponse:
    """Ask once more, then measure the plan by this no more."""
    found = _plan(request, pilot, "pilot.unmeasure")
    link = get_object_or_404(found.indicator_links.select_related("indicator"), public_id=aim)
    if request.method == "POST":
        actions.unmeasure_pilot(found, indicator=link.indicator, by=request.actor)
        return see_other(request, found, _("The plan is no longer measured by it. What was measured stays with the indicator."))
    text = _("What was measured stays with the indicator. Once the pilot runs this cannot be done.")
    return confirm(
        request, title=_("Take this indicator away from the plan?"), text=text, submit=_("Take it away"), back=found, kind="stop"
    )


@require_http_methods(["GET", "POST"])
@once
def start_pilot(request: LabRequest, pilot: str) -> HttpResponse:
    """Ask once more, then begin."""
    found = _pilot(request, pilot)
    require(request.actor, "pilot.start", found)
    if request.method == "POST":
        actions.start_pilot(found, by=request.actor)
        return see_other(request, found, _("The pilot runs."))
    text = _("From now on it cannot be changed who owns it, when it stops, what happens if it works, and what it aims at.")
    return confirm(request, title=_("Start the pilot?"), text=text, submit=_("Start it"), back=found)


@require_http_methods(["GET", "POST"])
@once
def judge_pilot(request: LabRequest, pilot: str) -> HttpResponse:
    """Keep it or stop it, with the reason."""
    found = _pilot(request, pilot)
    require(request.actor, "pilot.judge", found)
    form = VerdictForm(request.POST or None, pilot=found)
    if form.is_bound and form.is_valid():
        actions.judge_pilot(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("It is decided, and the reason stands here."))
    return ask(request, form, title=_("Keep it or stop it?"), lead=text_of(found), submit=_("Decide"), back=found)


@require_http_methods(["GET", "POST"])
@once
def next_challenge(request: LabRequest, pilot: str) -> HttpResponse:
    """Say which challenge the pilot gave."""
    found = _pilot(request, pilot)
    require(request.actor, "pilot.next", found)
    form = NextForm(request.POST or None, pilot=found, reader=request.actor)
    if form.is_bound and form.is_valid():
        actions.give_next_challenge(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The thread goes on from here."))
    lead = _("What we learnt here often begins with a new question, also when it was stopped.")
    return ask(request, form, title=_("What comes next?"), lead=lead, submit=_("Save"), back=found)


def _shown(request: LabRequest, pilot: Pilot, verdict: VerdictForm | None) -> HttpResponse:
    aims = queries.aims_of(pilot, reader=request.actor)
    first = aims[0].standing if aims else None
    adoptions = list(queries.adoptions_of(request.lab).filter(pilot=pilot))
    following = queries.next_challenges(pilot, reader=request.actor)
    grew_from = pilot.support or (pilot.decision.application if pilot.decision else None)
    named = [thing for thing in (pilot, grew_from, pilot.best_interests) if thing is not None]
    worded([*named, *(aim.standing.indicator for aim in aims), *following], get_language())
    may_start = pilot.state == Pilot.State.PLANNED and may(request.actor, "pilot.start", pilot)
    context: dict[str, Any] = {
        "pilot": pilot,
        "aims": aims,
        "first": first,
        "charts": charts(first, began=queries.began_on(pilot)) if first else [],
        "adoptions": adoptions,
        "next_challenges": following,
        "grew_from": grew_from,
        "steps": steps_of(pilot, aims, adoptions, following),
        "missing": queries.missing_before_start(pilot) if may_start else [],
        "may_start": may_start,
        "verdict": verdict,
    }
    return render(request, "pilots/pilot.html", context)


def _begun(request: LabRequest) -> dict[str, str]:
    public_id = request.GET.get("from", "")
    row = next((row for row in queries.origins(request.lab) if row.public_id == public_id), None)
    if row is None:
        return {}
    title = row.title if isinstance(row, Support) else row.application.title
    return {"origin": public_id, "title": title, "summary": row.summary if isinstance(row, Support) else row.application.summary}


def _pilot(request: LabRequest, public_id: str) -> Pilot:
    return get_object_or_404(queries.pilots_of(request.lab), public_id=public_id)


def _plan(request: LabRequest, public_id: str, verb: str) -> Pilot:
    """A pilot that has not begun. Raises SaidBefore for one that has: what it is judged by was said before."""
    found = _pilot(request, public_id)
    require(request.actor, verb, found)
    if found.state != Pilot.State.PLANNED:
        raise SaidBefore
    return found
