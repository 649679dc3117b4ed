"""Trials: the plan before, the result after."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import see_other
from medskapa.stages.cocreation.actions import edit_trial, note_trial, plan_trial
from medskapa.stages.cocreation.forms.prototypes import NoteTrialForm, TrialForm
from medskapa.stages.cocreation.models import Trial
from medskapa.stages.cocreation.queries.ideas import prototypes_of
from medskapa.stages.understanding.asking import typed


@require_safe
def trial(request: LabRequest, trial: str) -> HttpResponse:
    """One trial: what was said before it, and what came out."""
    found = _found(request, trial, "prototype.see")
    worded([found, found.prototype], get_language() or "")
    return render(request, "cocreation/trial.html", {"trial": found, "prototype": found.prototype})


@require_http_methods(["GET", "POST"])
@once
def new_trial(request: LabRequest, prototype: str) -> HttpResponse:
    """Plan a trial: what is believed and how we would know, said before."""
    found = get_object_or_404(prototypes_of(request.lab), public_id=prototype)
    require(request.actor, "trial.plan", found)
    newest = found.versions.order_by("-number").first()
    form = TrialForm(typed(request), prototype=found, initial={"planned_on": today_of(request.lab), "version": newest})
    if form.is_valid():
        return see_other(
            request, plan_trial(found, by=request.actor, **form.cleaned_data), _("Planned. Note the result when it has been tried.")
        )
    lead = _("Say now what would count. Afterwards it is easy to see what one hoped for.")
    return _form_page(request, form, title=_("Plan a trial"), lead=lead, back=found.get_absolute_url(), submit=_("Plan it"))


@require_http_methods(["GET", "POST"])
@once
def edit_a_trial(request: LabRequest, trial: str) -> HttpResponse:
    """Change the plan, as long as no result is noted."""
    found = _planned(request, trial, "trial.edit")
    form = TrialForm(typed(request), prototype=found.prototype, instance=found)
    if form.is_valid():
        return see_other(request, edit_trial(found, by=request.actor, **form.cleaned_data), _("Saved."))
    return _form_page(request, form, title=_("Edit the plan"), back=found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@once
def note_a_trial(request: LabRequest, trial: str) -> HttpResponse:
    """Note what happened and what was learnt. It can be noted once."""
    found = _planned(request, trial, "trial.note")
    form = NoteTrialForm(typed(request), instance=Trial.objects.get(pk=found.pk))
    if form.is_valid():
        return see_other(request, note_trial(found, by=request.actor, **form.cleaned_data), _("The result is noted."))
    lead = _("It was to hold up if: %(pass_mark)s") % {"pass_mark": found.pass_mark}
    return _form_page(request, form, title=_("What came out?"), lead=lead, back=found.get_absolute_url(), submit=_("Note the result"))


def _found(request: LabRequest, public_id: str, verb: str) -> Trial:
    found = get_object_or_404(request.lab.trials.select_related("lab", "version"), public_id=public_id)
    found.prototype = prototypes_of(request.lab).get(pk=found.prototype_id)
    require(request.actor, verb, found)
    return found


def _planned(request: LabRequest, public_id: str, verb: str) -> Trial:
    found = _found(request, public_id, verb)
    if found.result != Trial.Result.PLANNED:
        raise WrongState(_("The result of this trial is noted."), _("What was said before it, and what came out, stay as they are."))
    return found


def _form_page(request: LabRequest, form: TrialForm | NoteTrialForm, **context: object) -> HttpResponse:
    return render(request, "web/form.html", {"form": form, **context}, status=422 if form.is_bound else 200)
