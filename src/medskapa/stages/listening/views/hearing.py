"""Who has not been heard yet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import see_other
from medskapa.stages.listening.actions import set_target_groups
from medskapa.stages.listening.forms.hearing import TargetGroupsForm
from medskapa.stages.listening.queries.hearing import heard_of, next_to_reach


@require_safe
def heard(request: LabRequest) -> HttpResponse:
    """How many of each target group have told something, and whom to reach next."""
    require(request.actor, "target_groups.see", request.lab)
    groups = heard_of(request.lab)
    return render(request, "listening/heard.html", {"groups": groups, "next": next_to_reach(groups)})


@require_http_methods(["GET", "POST"])
@once
def change(request: LabRequest) -> HttpResponse:
    """Say how many of each target group the lab wants to hear."""
    require(request.actor, "target_groups.set", request.lab)
    form = TargetGroupsForm(request.POST if request.method == "POST" else None, lab=request.lab)
    back = reverse("listening:heard", kwargs={"lab": request.lab.slug})
    if not form.is_valid():
        lead = _("How many people of each language and age do you want to hear from? Leave empty what you have no number for.")
        context = {"title": _("Whom you want to hear"), "lead": lead, "form": form, "back": back}
        return render(request, "web/form.html", context, status=422 if form.is_bound else 200)
    set_target_groups(request.lab, languages=form.languages, ages=form.ages, by=request.actor)
    return see_other(request, back, _("Saved."))
