"""The texts of the lab's own with which its answers can begin."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Wording
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.languages import asked
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.listening.actions import save_beginning
from medskapa.stages.listening.beginnings import brought
from medskapa.stages.listening.forms.desk import BeginningForm
from medskapa.stages.listening.models import Beginning


@require_safe
def beginnings(request: LabRequest) -> HttpResponse:
    """The lab's own, and those that every lab has."""
    require(request.actor, "beginning.edit", request.lab)
    page = paged(request, request.lab.beginnings.select_related("lab").order_by("closed_at", "pk"))
    texts = [(one.title(asked()), one.text(asked()), one.language_of(asked())) for one in brought(request.lab)]
    context = {"title": _("Texts to begin with"), "page": page, "rows": worded(page.object_list, asked()), "brought": texts}
    return render(request, "listening/beginnings.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_beginning(request: LabRequest) -> HttpResponse:
    """Write one more."""
    require(request.actor, "beginning.edit", request.lab)
    return _edited(request, Beginning(lab=request.lab, language=request.lab.language), _("New text to begin with"))


@require_http_methods(["GET", "POST"])
@once
def edit_beginning(request: LabRequest, beginning: str) -> HttpResponse:
    """Change one, say it in other languages, or offer it no longer."""
    require(request.actor, "beginning.edit", request.lab)
    row = get_object_or_404(request.lab.beginnings.select_related("lab"), public_id=beginning)
    return _edited(request, row, _("Change the text"))


def _edited(request: LabRequest, row: Beginning, title: str) -> HttpResponse:
    back = reverse("listening:beginnings", kwargs={"lab": request.lab.slug})
    said = dict(Wording.objects.filter(subject=row.public_id, field="text").values_list("language", "text")) if row.pk else {}
    form = BeginningForm(request.POST if request.method == "POST" else None, instance=row, lab=request.lab, said=said)
    if not form.is_valid():
        lead = _("A language that you leave empty gets the text as it was first written.")
        context = {"title": title, "lead": lead, "form": form, "back": back}
        return render(request, "web/form.html", context, status=422 if form.is_bound else 200)
    save_beginning(form.filled(), texts=form.texts, by=request.actor)
    return see_other(request, back, _("The text is saved."))
