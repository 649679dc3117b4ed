"""Stories as members of the lab and the public read them: released versions only, and only those that they may read."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.web.languages import asked
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.listening.actions import cross_version
from medskapa.stages.listening.actions.moderating import hash_of
from medskapa.stages.listening.forms.desk import CrossingForm
from medskapa.stages.listening.models import Crossing
from medskapa.stages.listening.queries import listed_stories, pictures_shown, shown
from medskapa.stages.listening.visibility import released


@require_safe
def stories(request: LabRequest) -> HttpResponse:
    """What has been told and released, as far as this reader may read it."""
    require(request.actor, "story.see", request.lab)
    page = paged(request, listed_stories(request.lab, reader=request.actor), per_page=30)
    rows = shown(page.object_list, reader=request.actor)
    return render(request, "listening/stories.html", {"title": _("Stories"), "page": page, "stories": rows})


@require_safe
def story(request: LabRequest, story: str) -> HttpResponse:
    """One released story. Whether there are others stays unsaid."""
    row = listed_stories(request.lab, reader=request.actor).filter(public_id=story).first()
    if row is None or not may(request.actor, "story.see", row):
        raise Http404
    one = shown([row], reader=request.actor)[0]
    worded([row.prompt] if row.prompt else [], asked())
    crossings = Crossing.objects.filter(version__story=row).select_related("organisation", "version").order_by("at", "pk")
    context = {
        "story": row,
        "one": one,
        "pictures": pictures_shown(row, reader=request.actor),
        "crossings": list(crossings) if request.actor.is_team else [],
    }
    return render(request, "listening/story.html", context)


@require_http_methods(["GET", "POST"])
@once
def cross(request: LabRequest, story: str) -> HttpResponse:
    """Show a released text to an authority: choose, see exactly what will cross, confirm."""
    row = get_object_or_404(released(request.lab.stories.select_related("lab")), public_id=story)
    if not may(request.actor, "story.cross", row):
        raise NotAllowed(secret=True)
    require(request.actor, "story.cross", row)
    form = CrossingForm(request.POST if request.method == "POST" else None, story=row)
    if not form.is_valid():
        return render(request, "listening/cross.html", {"story": row, "form": form}, status=422 if form.is_bound else 200)
    version, organisation = form.cleaned_data["version"], form.cleaned_data["organisation"]
    fingerprint = hash_of(version)
    if request.POST.get("confirmed") == fingerprint:  # the very text that was previewed
        cross_version(version, organisation=organisation, by=request.actor)
        return see_other(request, row, _("It has crossed. This cannot be called back."))
    preview = {"story": row, "form": form, "version": unseal(version), "organisation": organisation, "hash": fingerprint}
    return render(request, "listening/cross_preview.html", preview)
