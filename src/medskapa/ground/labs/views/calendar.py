"""The lab's calendar."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs import actions, queries
from medskapa.ground.labs.forms.calendar import GatheringForm
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.ledger.moment import now
from medskapa.ground.web.pages import see_other


@require_safe
def gatherings(request: LabRequest) -> HttpResponse:
    """What is coming, and what was."""
    require(request.actor, "gathering.see", request.lab)
    every = worded(queries.gatherings(request.lab), get_language() or "")
    coming = [gathering for gathering in every if gathering.ends_at >= now()]
    past = [gathering for gathering in reversed(every) if gathering.ends_at < now()]
    return render(request, "labs/gatherings.html", {"coming": coming, "past": past})


@require_http_methods(["GET", "POST"])
@once
def new_gathering(request: LabRequest) -> HttpResponse:
    """Plan a day or a meeting, from the calendar or from the list of lab days. What happens on it is added on its own page."""
    require(request.actor, "gathering.plan", request.lab)
    form = GatheringForm(request.POST or None, initial={"kind": request.GET.get("kind", "workshop")})
    if request.method == "POST" and form.is_valid():
        made = actions.plan_gathering(request.lab, by=request.actor, **form.cleaned_data)
        return see_other(request, made, _("It stands in the calendar."))
    return _form(request, form, _("Plan a day or a meeting"), reverse("labs:gatherings", kwargs={"lab": request.lab.slug}))


@require_http_methods(["GET", "POST"])
@once
def edit_gathering(request: LabRequest, gathering: str) -> HttpResponse:
    """Change a day or a meeting."""
    found = get_object_or_404(request.lab.gatherings.select_related("lab"), public_id=gathering)
    require(request.actor, "gathering.edit", found)
    form = GatheringForm(request.POST or None, initial=GatheringForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        return see_other(request, actions.edit_gathering(found, by=request.actor, **form.cleaned_data), _("Changed."))
    return _form(request, form, _("Change %(name)s") % {"name": found.name}, found.get_absolute_url(), is_invented=found.bears_demo_mark)


def _form(request: LabRequest, form: GatheringForm, title: str, back: str, *, is_invented: bool = False) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "is_invented": is_invented}
    return render(request, "web/form.html", context, status=422 if form.errors else 200)
