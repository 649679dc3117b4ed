"""What a lab keeps, and for how long."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.queries import account_of
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.safeguarding.forms import PeriodsForm
from medskapa.ground.safeguarding.models import Shortening
from medskapa.ground.safeguarding.retention import Kept, kept_by
from medskapa.ground.safeguarding.shortening import refuse_shortening, second_shortening, set_period, who_seconds
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
            return _back(request, _set(request, found, form))
    context = {
        "found": [(one, form[one.kind.name]) for one in found],
        "form": form,
        "may_set": may_set,
        **_asked(request, [one for one in found if one.asked]),
    }
    return render(request, "safeguarding/kept.html", context, status=422 if form.errors else 200)


@require_POST
@once
def second(request: LabRequest, shortening: str) -> HttpResponse:
    """Say yes as the second person to a shorter time."""
    require(request.actor, "retention.second", request.lab)
    second_shortening(_shortening(request, shortening), by=request.actor)
    return _back(request, _("The shorter time counts from now on."))


@require_POST
@once
def refuse(request: LabRequest, shortening: str) -> HttpResponse:
    """Say no to a shorter time, or take back that one asked for it."""
    require(request.actor, "retention.refuse", request.lab)
    refuse_shortening(_shortening(request, shortening), by=request.actor)
    return _back(request, _("It is kept as long as before."))


def _set(request: LabRequest, found: list[Kept], form: PeriodsForm) -> str:
    """Set what was changed; gives the words for it."""
    wanted = [(one, form.cleaned_data[one.kind.name]) for one in found]
    changed = [(one, days) for one, days in wanted if days != one.days]
    for one, days in changed:
        set_period(request.lab, kind=one.kind.name, days=days, by=request.actor)
    if any(days < one.days for one, days in changed):
        return _("It is saved. What would go earlier than was promised waits for a second person to say yes.")
    return _("How long things are kept is saved.")


def _asked(request: LabRequest, asked: list[Kept]) -> dict[str, Any]:
    """What waits for a second person, whether the reader asked for it, and who else could say yes."""
    if not asked:
        return {}
    reader = account_of(request.actor)
    return {"asked": [(one, one.asked.by == reader) for one in asked if one.asked], "others": who_seconds(request.lab, but=reader)}


def _shortening(request: LabRequest, public_id: str) -> Shortening:
    row: Shortening = get_object_or_404(request.lab.shortenings.select_related("lab", "by"), public_id=public_id)
    return row


def _back(request: LabRequest, said: str) -> HttpResponse:
    return see_other(request, reverse("safeguarding:kept", kwargs={"lab": request.lab.slug}), said)
