"""The lab's languages: what has to be understood in each, who has read it, and who lets people tell in it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs import actions
from medskapa.ground.labs.forms.vouching import ConfirmForm, ReaderForm
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.vouching import CERTAIN, standing_of, standings, texts_in
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web import languages as known
from medskapa.ground.web.pages import see_other


@require_safe
def languages(request: LabRequest) -> HttpResponse:
    """Every language, and who answers for it."""
    require(request.actor, "lab.edit", request.lab)
    return render(request, "labs/languages.html", {"standings": standings(request.lab)})


@require_http_methods(["GET", "POST"])
@once
def language(request: LabRequest, into: str) -> HttpResponse:
    """The texts of one language beside ones that are certain; who read them, and who lets people tell in it."""
    require(request.actor, "lab.edit", request.lab)
    standing = standing_of(request.lab, into)
    if standing is None or not standing.needs_reader:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    reader = ReaderForm(sent if sent and sent.get("do") == "read" else None, prefix="reader")
    leader = ConfirmForm(sent if sent and sent.get("do") == "confirm" else None, prefix="leader")
    if reader.is_bound and reader.is_valid():
        actions.note_reading(request.lab, language=into, reader=reader.cleaned_data["name"], by=request.actor)
        return see_other(request, _here(request, into), _("It is noted."))
    if leader.is_bound and leader.is_valid():
        actions.confirm_language(request.lab, language=into, name=leader.cleaned_data["name"], by=request.actor)
        return see_other(request, _here(request, into), _("It is noted."))
    beside = known.shown() if known.shown() in CERTAIN else request.lab.language if request.lab.language in CERTAIN else CERTAIN[0]
    context = {"standing": standing, "reader": reader, "leader": leader, "beside": beside}
    context |= {"pairs": list(zip(texts_in(into), texts_in(beside), strict=True))}
    return render(request, "labs/language.html", context, status=422 if sent is not None else 200)


@require_POST
@once
def take_back(request: LabRequest, vouching: str) -> HttpResponse:
    """Take back what was said of a language."""
    row = get_object_or_404(request.lab.vouchings.select_related("lab").filter(taken_back_at__isnull=True), public_id=vouching)
    actions.take_back_vouching(row, by=request.actor)
    return see_other(request, _here(request, row.language), _("It is taken back."))


def _here(request: LabRequest, into: str) -> str:
    return reverse("labs:language", kwargs={"lab": request.lab.slug, "into": into})
