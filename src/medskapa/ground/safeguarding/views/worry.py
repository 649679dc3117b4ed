"""Where any member of the lab says that they worry about somebody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.safeguarding.actions import raise_concern
from medskapa.ground.safeguarding.forms import ConcernForm
from medskapa.ground.web.pages import see_other


@require_http_methods(["GET", "POST"])
@once
def new_concern(request: LabRequest) -> HttpResponse:
    """Tell the officer that a child may be at risk. Any member of the lab can."""
    require(request.actor, "concern.raise", request.lab)
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "safeguarding/new_concern.html", {"form": form}, status=422 if form.is_bound else 200)
    raise_concern(request.lab, worry=form.cleaned_data["worry"], by=request.actor)
    return see_other(request, request.lab, _("The safeguarding officer has it now."))
