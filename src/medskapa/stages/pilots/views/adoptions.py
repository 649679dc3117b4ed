"""Pages of adoptions."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.asking import ask
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.pilots import actions, queries
from medskapa.stages.pilots.forms import AdoptionForm, EditAdoptionForm, MoveForm
from medskapa.stages.pilots.models import Adoption


@require_GET
def adoptions(request: LabRequest) -> HttpResponse:
    """Where pilots are taken on."""
    require(request.actor, "adoption.see", request.lab)
    page = paged(request, queries.adoptions_of(request.lab))
    worded([row.pilot for row in page.object_list], get_language())
    return render(request, "pilots/adoptions.html", {"page": page, "title": _("Where it spreads")})


@require_GET
def adoption(request: LabRequest, adoption: str) -> HttpResponse:
    """One adoption: how far they are, and what they do in their own way."""
    require(request.actor, "adoption.see", request.lab)
    found = _adoption(request, adoption)
    worded([found, found.pilot], get_language())
    return render(request, "pilots/adoption.html", {"adoption": found})


@require_http_methods(["GET", "POST"])
@once
def new_adoption(request: LabRequest, pilot: str) -> HttpResponse:
    """Note that another municipality considers it."""
    found = get_object_or_404(queries.pilots_of(request.lab), public_id=pilot)
    require(request.actor, "adoption.note", found)
    form = AdoptionForm(request.POST or None, pilot=found)
    if form.is_bound and form.is_valid():
        made = actions.note_adoption(found, by=request.actor, **form.cleaned_data)
        return see_other(request, made, _("It is noted."))
    return ask(request, form, title=_("Who takes it on?"), lead=text_of(found), submit=_("Note it"), back=found)


@require_http_methods(["GET", "POST"])
@once
def edit_adoption(request: LabRequest, adoption: str) -> HttpResponse:
    """Say who takes it on there, and what they do in their own way."""
    found = _adoption(request, adoption)
    require(request.actor, "adoption.edit", found)
    form = EditAdoptionForm(request.POST or None, pilot=found.pilot, instance=found)
    if form.is_bound and form.is_valid():
        actions.edit_adoption(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("It is changed."))
    return ask(request, form, title=_("Change what is noted"), lead=found.municipality.name, submit=_("Save"), back=found)


@require_http_methods(["GET", "POST"])
@once
def move_adoption(request: LabRequest, adoption: str) -> HttpResponse:
    """Say how far they are."""
    found = _adoption(request, adoption)
    require(request.actor, "adoption.move", found)
    form = MoveForm(request.POST or None, adoption=found)
    if form.is_bound and form.is_valid():
        actions.move_adoption(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("It is noted how far they are."))
    return ask(request, form, title=_("How far are they?"), lead=found.municipality.name, submit=_("Save"), back=found)


def _adoption(request: LabRequest, public_id: str) -> Adoption:
    return get_object_or_404(queries.adoptions_of(request.lab), public_id=public_id)
