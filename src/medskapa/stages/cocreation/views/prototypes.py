"""Prototypes and their versions: the list, one of them, making from an idea, changing, stopping."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.cocreation.actions import add_version, edit_prototype, edit_version, make_prototype, stop_prototype, take_up_prototype
from medskapa.stages.cocreation.forms.ideas import ReasonForm
from medskapa.stages.cocreation.forms.prototypes import MakePrototypeForm, PrototypeForm, VersionForm
from medskapa.stages.cocreation.models import Prototype
from medskapa.stages.cocreation.queries.ideas import prototypes_of
from medskapa.stages.understanding.asking import Question, ask_first, typed


@require_safe
def prototypes(request: LabRequest) -> HttpResponse:
    """All prototypes, perhaps those in one state. Stopped ones stay: each says why."""
    require(request.actor, "prototype.see", request.lab)
    state = request.GET.get("state", "")
    rows = prototypes_of(request.lab)
    page = paged(request, rows.filter(state=state) if state else rows, 24)
    named = [thing for row in page.object_list for thing in (row, row.idea, row.gathering) if thing is not None]
    worded(named, get_language() or "")
    return render(request, "cocreation/prototypes.html", {"page": page, "state": state, "states": Prototype.State.choices})


@require_safe
def prototype(request: LabRequest, prototype: str) -> HttpResponse:
    """One prototype: its versions, its trials, and what was learnt."""
    found = _seen(request, prototype)
    versions = list(found.versions.select_related("lab").order_by("-number"))
    trials = list(found.trials.select_related("lab", "version").order_by("-planned_on", "-pk"))
    named = [thing for thing in (found, found.idea, found.idea.challenge, found.team, found.gathering) if thing is not None]
    worded([*named, *versions, *trials], get_language() or "")
    context = {"prototype": found, "versions": versions, "trials": trials}
    return render(request, "cocreation/prototype.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_prototype(request: LabRequest, idea: str) -> HttpResponse:
    """Make an idea so that it can be tried."""
    found = get_object_or_404(request.lab.ideas.select_related("lab"), public_id=idea)
    require(request.actor, "prototype.make", found)
    form = MakePrototypeForm(typed(request), lab=request.lab, idea=found, initial={"title": found.title, "team": found.teams.first()})
    if form.is_valid():
        return see_other(
            request, make_prototype(found, by=request.actor, **form.cleaned_data), _("The prototype is there. Plan a trial next.")
        )
    lead = _("Build as little as possible so that somebody can try it.")
    context = {"title": _("New prototype"), "lead": lead, "form": form, "back": found.get_absolute_url()}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def edit_a_prototype(request: LabRequest, prototype: str) -> HttpResponse:
    """Word a prototype anew, say who makes it."""
    found = _for(request, prototype, "prototype.edit")
    form = PrototypeForm(typed(request), lab=request.lab, idea=found.idea, instance=found)
    if form.is_valid():
        return see_other(request, edit_prototype(found, by=request.actor, **form.cleaned_data), _("Saved."))
    context = {"title": _("Edit the prototype"), "form": form, "back": found.get_absolute_url()}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def new_version(request: LabRequest, prototype: str) -> HttpResponse:
    """Say what it looks like now."""
    found = _for(request, prototype, "prototype.add_version")
    form = VersionForm(typed(request))
    if form.is_valid():
        add_version(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The new version is there."))
    context = {"title": _("New version"), "lead": text_of(found), "form": form, "back": found.get_absolute_url()}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def edit_a_version(request: LabRequest, prototype: str, version: str) -> HttpResponse:
    """Put right how a version is described."""
    found = _for(request, prototype, "prototype.edit_version")
    row = get_object_or_404(found.versions.select_related("lab", "prototype__lab", "prototype__idea", "prototype__team"), public_id=version)
    form = VersionForm(typed(request), instance=row)
    if form.is_valid():
        edit_version(row, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("Saved."))
    context = {"title": _("Describe this version anew"), "lead": text_of(found), "form": form, "back": found.get_absolute_url()}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def stop(request: LabRequest, prototype: str) -> HttpResponse:
    """Stop a prototype, with the reason."""
    found = _for(request, prototype, "prototype.stop")
    text = _("Stopped is a result. The reason stays readable and credited, so that others need not try the same.")
    question = Question(_("Stop this prototype?"), text, _("Stop it"), found.get_absolute_url())
    act = partial(stop_prototype, found, by=request.actor)
    return ask_first(request, question, do=act, done=_("Stopped, with the reason."), form=ReasonForm(typed(request)))


@require_http_methods(["GET", "POST"])
@once
def take_up(request: LabRequest, prototype: str) -> HttpResponse:
    """Build on it again."""
    found = _for(request, prototype, "prototype.take_up")
    question = Question(_("Take this prototype up again?"), _("It is being built again then."), _("Take it up"), found.get_absolute_url())
    act = partial(take_up_prototype, found, by=request.actor)
    return ask_first(request, question, do=act, done=_("The prototype is being built again."))


def _seen(request: LabRequest, public_id: str) -> Prototype:
    require(request.actor, "prototype.see", request.lab)
    return get_object_or_404(prototypes_of(request.lab), public_id=public_id)


def _for(request: LabRequest, public_id: str, verb: str) -> Prototype:
    found = _seen(request, public_id)
    require(request.actor, verb, found)
    return found
