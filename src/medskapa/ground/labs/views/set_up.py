"""Five pages that lead to a lab. Each saves, and each can be gone back to."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medskapa.ground.labs import actions
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.forms.set_up import HelpContactFormSet, HostForm, LanguagesForm, NameForm, OfficerForm, PhaseFormSet
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.proposal import proposed_help, proposed_phases
from medskapa.ground.labs.queries import help_contacts, names_of_labs, phases
from medskapa.ground.labs.readiness import lacking
from medskapa.ground.labs.saving import officer_state, save_help, save_host, save_phases
from medskapa.ground.labs.steps import STEPS, after, before, steps_of
from medskapa.ground.labs.views.invitations import invited
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.people.models import Account
from medskapa.ground.web import languages
from medskapa.ground.web.pages import see_other


@require_http_methods(["GET", "POST"])
@once
def start(request: LabRequest) -> HttpResponse:
    """Page one of a lab that is not begun yet."""
    require(request.actor, "lab.start")
    form = NameForm(request.POST or None, beside=names_of_labs())
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Account):
        made = actions.start_lab(request.user, by=request.actor, language=languages.shown(), **form.cleaned_data)
        return see_other(request, reverse("labs:set_up", kwargs={"lab": made.slug, "step": "host"}))
    return _page(request, "name", {"form": form})


@require_http_methods(["GET", "POST"])
@once
def set_up(request: LabRequest, step: str) -> HttpResponse:
    """One of the five pages of a lab that is begun, or open."""
    require(request.actor, "lab.edit", request.lab)
    if step not in VIEWS:
        raise Http404
    return VIEWS[step](request)


@require_http_methods(["GET", "POST"])
@once
def open_it(request: LabRequest) -> HttpResponse:
    """Open the lab, or say what is missing."""
    require(request.actor, "lab.edit", request.lab)
    if request.method == "POST":
        actions.open_lab(request.lab, by=request.actor)
        return see_other(request, request.lab, _("The lab is open. It can receive its first story."))
    context = {"steps": steps_of(request.lab, here="open"), "missing": lacking(request.lab), "count": len(STEPS)}
    return render(request, "labs/open.html", context)


def _name(request: LabRequest) -> HttpResponse:
    form = NameForm(request.POST or None, initial=NameForm.initial_of(request.lab), beside=names_of_labs(but=request.lab))
    if request.method == "POST" and form.is_valid():
        actions.edit_lab(request.lab, by=request.actor, **form.cleaned_data)
        return _go_on(request, "name")
    return _page(request, "name", {"form": form})


def _host(request: LabRequest) -> HttpResponse:
    form = HostForm(request.POST or None, initial=HostForm.initial_of(request.lab))
    if request.method == "POST" and form.is_valid():
        save_host(request.lab, form, by=request.actor)
        return _go_on(request, "host")
    return _page(request, "host", {"form": form})


def _languages(request: LabRequest) -> HttpResponse:
    form = LanguagesForm(request.POST or None, initial=LanguagesForm.initial_of(request.lab))
    if request.method == "POST" and form.is_valid():
        actions.edit_lab(request.lab, by=request.actor, **form.cleaned_data)
        return _go_on(request, "languages")
    return _page(request, "languages", {"form": form})


def _phases(request: LabRequest) -> HttpResponse:
    rows = [{**_fields(phase, PHASE_FIELDS)} for phase in phases(request.lab)]
    formset = PhaseFormSet(request.POST or None, prefix="phase", initial=rows or proposed_phases(today_of(request.lab)))
    if request.method == "POST" and formset.is_valid():
        save_phases(request.lab, formset, by=request.actor)
        return _go_on(request, "phases")
    return _page(request, "phases", {"formset": formset, "is_proposal": not rows})


def _help(request: LabRequest) -> HttpResponse:
    require(request.actor, "invitation.make", request.lab)  # before an officer's name is written in vain
    rows = [{**_fields(contact, HELP_FIELDS)} for contact in help_contacts(request.lab)]
    formset = HelpContactFormSet(request.POST or None, prefix="help", initial=rows or proposed_help())
    officer = OfficerForm(request.POST or None)
    if request.method == "POST" and formset.is_valid() and officer.is_valid():
        found = save_help(request.lab, formset, officer, by=request.actor, site=request.build_absolute_uri("/"))
        if found:
            return invited(request, *found, back=reverse("labs:open", kwargs={"lab": request.lab.slug}))
        return _go_on(request, "help")
    return _page(request, "help", {"formset": formset, "officer": officer, "is_proposal": not rows, **officer_state(request.lab)})


VIEWS: dict[str, Callable[[LabRequest], HttpResponse]] = {
    "name": _name,
    "host": _host,
    "languages": _languages,
    "phases": _phases,
    "help": _help,
}
PHASE_FIELDS = ("public_id", "name", "starts_on", "ends_on", "young_decide", "young_advise", "young_are_told")
HELP_FIELDS = ("public_id", "name", "phone", "link", "says")


def _fields(row: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _go_on(request: LabRequest, step: str) -> HttpResponse:
    """To the page that follows; in a lab that is open, back to its settings."""
    lab = request.lab
    if lab.state != lab.State.SETTING_UP:
        return see_other(request, reverse("labs:settings", kwargs={"lab": lab.slug}), _("Saved."))
    following = after(step)
    if not following:
        return see_other(request, reverse("labs:open", kwargs={"lab": lab.slug}))
    return see_other(request, reverse("labs:set_up", kwargs={"lab": lab.slug, "step": following}))


def _page(request: LabRequest, step: str, context: dict[str, Any]) -> HttpResponse:
    steps = steps_of(request.lab, here=step)
    back = next((other.url for other in steps if other.name == before(step)), "")
    whole = {"steps": steps, "step": step, "title": STEPS[step], "back": back, "count": len(STEPS), **context}
    return render(request, "labs/set_up.html", whole, status=422 if request.method == "POST" else 200)
