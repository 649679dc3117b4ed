"""What a lab keeps, and for how long."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.safeguarding.forms import PeriodsForm
from medskapa.ground.safeguarding.retention import Kept, kept_by, set_period
from medskapa.ground.web.pages import see_other


@require_http_methods(["GET", "POST"])
@once
def kept(request: LabRequest) -> HttpResponse:
    """How many of each kind there are and when the next one goes, and, for who leads the lab, how long each is kept."""
    require(request.actor, "retention.see", request.lab)
    may_set = may(request.actor, "retention.set", request.lab)
    found = kept_by(request.lab)
    form = PeriodsForm(request.POST if request.method == "POST" else None, found=found)
    if request.method == "POST":
        require(request.actor, "retention.set", request.lab)
        if form.is_valid():
            _set(request, found, form)
            return see_other(
                request, reverse("safeguarding:kept", kwargs={"lab": request.lab.slug}), _("How long things are kept is saved.")
            )
    context = {"found": [(one, form[one.kind.name]) for one in found], "form": form, "may_set": may_set}
    return render(request, "safeguarding/kept.html", context, status=422 if form.errors else 200)


def _set(request: LabRequest, found: list[Kept], form: PeriodsForm) -> None:
    for one in found:
        days = form.cleaned_data[one.kind.name]
        if days != one.days:
            set_period(request.lab, kind=one.kind.name, days=days, by=request.actor)
