"""The scales on which tellers place what they told."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded, worded_one
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.languages import asked
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.listening.actions import move_scale, save_scale
from medskapa.stages.listening.forms.marking import MarkField, ScaleForm
from medskapa.stages.listening.models import Scale
from medskapa.stages.listening.order import last_place
from medskapa.stages.listening.queries import scales_of


@require_safe
def scales(request: LabRequest) -> HttpResponse:
    """What tellers are asked to place, in order."""
    require(request.actor, "scale.see", request.lab)
    page = paged(request, scales_of(request.lab, reader=request.actor))
    may_edit = may(request.actor, "scale.edit", request.lab)
    count = request.lab.scales.filter(closed_at__isnull=True).count() if may_edit else 0
    context = {"title": _("Scales"), "page": page, "scales": worded(page.object_list, asked()), "may_edit": may_edit, "count": count}
    return render(request, "listening/scales.html", context)


@require_safe
def scale(request: LabRequest, scale: str) -> HttpResponse:
    """One scale, as a teller sees it."""
    row = worded_one(get_object_or_404(scales_of(request.lab, reader=request.actor), public_id=scale), asked())
    require(request.actor, "scale.see", row)
    count = row.marks.count() if request.actor.is_team else None
    return render(request, "listening/scale.html", {"scale": row, "ends": MarkField(row).ends, "count": count})


@require_http_methods(["GET", "POST"])
@once
def new_scale(request: LabRequest) -> HttpResponse:
    """Ask tellers for one more mark."""
    require(request.actor, "scale.edit", request.lab)
    return _edited(request, Scale(lab=request.lab, order=last_place(request.lab.scales.all())), _("New scale"))


@require_http_methods(["GET", "POST"])
@once
def edit_scale(request: LabRequest, scale: str) -> HttpResponse:
    """Change a scale, or ask for it no longer."""
    row = get_object_or_404(request.lab.scales.select_related("lab"), public_id=scale)
    require(request.actor, "scale.edit", row)
    return _edited(request, row, _("Change the scale"))


@require_POST
@once
def move(request: LabRequest, scale: str) -> HttpResponse:
    """Ask for a mark one place earlier or later, and stay where it is now in the list."""
    row = get_object_or_404(request.lab.scales.select_related("lab"), public_id=scale)
    move_scale(row, up=request.POST.get("way") == "up", by=request.actor)
    listed = reverse("listening:scales", kwargs={"lab": request.lab.slug})
    return see_other(request, f"{listed}#{row.public_id}", _("The scale is moved."))


def _edited(request: LabRequest, row: Scale, title: str) -> HttpResponse:
    form = ScaleForm(request.POST if request.method == "POST" else None, instance=row, lab=request.lab)
    if not form.is_valid():
        back = row.get_absolute_url() if row.pk else reverse("listening:scales", kwargs={"lab": request.lab.slug})
        lead = _("Tellers place what they told themselves. Once somebody has, its words stay as they are.")
        context = {"title": title, "lead": lead, "form": form, "back": back}
        return render(request, "web/form.html", context, status=422 if form.is_bound else 200)
    return see_other(request, save_scale(form.filled(), by=request.actor), _("The scale is saved."))
