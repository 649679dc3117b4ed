"""The officer's desk. Whoever may not be here finds no page; each reading leaves a line before anything is shown."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.safeguarding.actions import close_concern, note_step, read_concern, take_concern
from medskapa.ground.safeguarding.forms import StepForm
from medskapa.ground.safeguarding.models import Concern
from medskapa.ground.safeguarding.queries import concerns_of
from medskapa.ground.web.pages import paged, see_other


def refuse_secretly(request: LabRequest, verb: str, subject: object = None) -> None:
    """Go on only for who may; for all others this page is not there. Raises NotAllowed, and what ``require`` raises."""
    if not may(request.actor, verb, subject or request.lab):
        raise NotAllowed(secret=True)
    require(request.actor, verb, subject or request.lab)


@never_cache
@require_safe
def concerns(request: LabRequest) -> HttpResponse:
    """All concerns, those that wait first. Nothing of what they say is shown here."""
    refuse_secretly(request, "concern.see")
    page = paged(request, concerns_of(request.lab, reader=request.actor))
    return render(request, "safeguarding/concerns.html", {"title": _("Concerns"), "page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@once
def concern(request: LabRequest, concern: str) -> HttpResponse:
    """One concern with its steps; write down the next one from here."""
    row = _concern(request, concern)
    form = StepForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        alarms = row.alarms.select_related("to").order_by("at", "pk")
        context = {"concern": row, "opened": read_concern(row, by=request.actor), "alarms": alarms, "form": form}
        return render(request, "safeguarding/concern.html", context, status=422 if form.is_bound else 200)
    note_step(row, done=form.cleaned_data["done"], by=request.actor)
    return see_other(request, row, _("It is written down."))


@require_POST
@once
def take(request: LabRequest, concern: str) -> HttpResponse:
    """Take a concern on."""
    return see_other(request, take_concern(_concern(request, concern), by=request.actor), _("You have taken it on."))


@require_POST
@once
def close(request: LabRequest, concern: str) -> HttpResponse:
    """Close a concern; it can be taken on again."""
    return see_other(request, close_concern(_concern(request, concern), by=request.actor), _("It is closed."))


def _concern(request: LabRequest, concern: str) -> Concern:
    refuse_secretly(request, "concern.see")
    return get_object_or_404(concerns_of(request.lab, reader=request.actor), public_id=concern)
