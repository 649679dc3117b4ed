"""Organisations with their units, types and names."""

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.people import actions
from medskapa.ground.people.forms import OrganisationForm, RenameForm, UnitForm
from medskapa.ground.people.models import Organisation
from medskapa.ground.people.queries import names_of_organisations
from medskapa.ground.people.queries import organisations as organisations_for
from medskapa.ground.people.requests import PersonRequest
from medskapa.ground.web.forms import Form
from medskapa.ground.web.pages import paged, see_other


@require_safe
def organisations(request: PersonRequest) -> HttpResponse:
    """All organisations by name."""
    require(request.actor, "organisation.see")
    wish = request.GET.get("q", "").strip()[:100]
    page = paged(request, organisations_for(reader=request.actor, wish=wish))
    return render(request, "people/organisations.html", {"page": page, "wish": wish, "title": _("Organisations")})


@require_safe
def organisation(request: PersonRequest, organisation: str) -> HttpResponse:
    """One organisation: kind, units, names and their dates."""
    found = _organisation(request, organisation)
    context = {
        "organisation": found,
        "units": found.units.select_related("municipality").order_by("name", "pk"),
        "names": found.names.order_by(F("valid_from").asc(nulls_first=True), "pk"),
        "facts": _facts(found),
    }
    return render(request, "people/organisation.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_organisation(request: PersonRequest) -> HttpResponse:
    """Add an organisation."""
    require(request.actor, "organisation.make")
    form = OrganisationForm(request.POST or None, beside=names_of_organisations())
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        made = actions.make_organisation(answers.pop("name"), by=request.actor, **answers)
        return see_other(request, _address(made), _("The organisation is added."))
    return _form(request, form, _("Add an organisation"), reverse("people:organisations"))


@require_http_methods(["GET", "POST"])
@once
def edit_organisation(request: PersonRequest, organisation: str) -> HttpResponse:
    """Correct an organisation."""
    found = _organisation(request, organisation)
    require(request.actor, "organisation.edit", found)
    beside = names_of_organisations(but=found)
    form = OrganisationForm(request.POST or None, initial=OrganisationForm.initial_of(found), beside=beside)
    if request.method == "POST" and form.is_valid():
        actions.edit_organisation(found, by=request.actor, **form.cleaned_data)
        return see_other(request, _address(found), _("The organisation is changed."))
    return _form(request, form, _("Change %(name)s") % {"name": found.name}, _address(found))


@require_http_methods(["GET", "POST"])
@once
def rename_organisation(request: PersonRequest, organisation: str) -> HttpResponse:
    """Give an organisation a new name from a day on."""
    found = _organisation(request, organisation)
    require(request.actor, "organisation.rename", found)
    form = RenameForm(request.POST or None, beside=names_of_organisations(but=found))
    if request.method == "POST" and form.is_valid():
        actions.rename_organisation(found, by=request.actor, **form.cleaned_data)
        return see_other(request, _address(found), _("The new name is noted. The old one stays known."))
    return _form(request, form, _("A new name for %(name)s") % {"name": found.name}, _address(found))


@require_http_methods(["GET", "POST"])
@once
def new_unit(request: PersonRequest, organisation: str) -> HttpResponse:
    """Add a part of an organisation."""
    found = _organisation(request, organisation)
    require(request.actor, "unit.make", found)
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.make_unit(found, by=request.actor, **form.cleaned_data)
        return see_other(request, _address(found), _("The unit is added."))
    return _form(request, form, _("Add a unit of %(name)s") % {"name": found.name}, _address(found))


@require_http_methods(["GET", "POST"])
@once
def edit_unit(request: PersonRequest, organisation: str, unit: str) -> HttpResponse:
    """Correct a unit."""
    found = _organisation(request, organisation)
    part = get_object_or_404(found.units, public_id=unit)
    require(request.actor, "unit.edit", part)
    form = UnitForm(request.POST or None, initial=UnitForm.initial_of(part))
    if request.method == "POST" and form.is_valid():
        actions.edit_unit(part, by=request.actor, **form.cleaned_data)
        return see_other(request, _address(found), _("The unit is changed."))
    return _form(request, form, _("Change %(name)s") % {"name": part.name}, _address(found))


def _organisation(request: PersonRequest, public_id: str) -> Organisation:
    require(request.actor, "organisation.see")
    return get_object_or_404(Organisation.objects.select_related("municipality"), public_id=public_id)


def _form(request: PersonRequest, form: Form, title: str, back: str) -> HttpResponse:
    return render(request, "web/form.html", {"form": form, "title": title, "back": back}, status=422 if form.errors else 200)


def _address(organisation: Organisation) -> str:
    return reverse("people:organisation", kwargs={"organisation": organisation.public_id})


def _facts(organisation: Organisation) -> list[tuple[str, str]]:
    facts = [(_("Kind"), organisation.get_kind_display())]
    if organisation.is_authority:
        facts.append((_("Public records"), _("What this organisation receives can be asked for by anybody.")))
    if organisation.municipality:
        facts.append((_("Municipality"), organisation.municipality.name))
    if organisation.source:
        facts.append((_("Source"), organisation.source))
    return facts
