"""Covering a picture, and what is seen of it then: on the desk, beside the released story, and on its teller's own page."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.actors import may
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.bare import bare
from medskapa.ground.web.pages import see_other
from medskapa.stages.listening.actions import cover_picture, open_cover, read_cover, read_own_cover, withhold_picture
from medskapa.stages.listening.forms.covering import CoverForm
from medskapa.stages.listening.models import Cover, Picture, Story
from medskapa.stages.listening.pictures import TYPE
from medskapa.stages.listening.queries import Kept, covers_seen, pictures_of
from medskapa.stages.listening.views.returning import with_code
from medskapa.stages.listening.visibility import may_read_original

FILE = "picture.jpg"


@require_http_methods(["GET", "POST"])
@once
def cover(request: LabRequest, story: str, picture: str) -> HttpResponse:
    """Look at a picture, and cover what points somebody out."""
    row, kept = _to_cover(request, story, picture)
    form = CoverForm(request.POST if request.method == "POST" else None, kept=kept)
    if not form.is_valid():
        context = {"story": row, "kept": kept, "form": form, "columns": range(1, Picture.COLUMNS + 1)}
        return render(request, "listening/cover.html", context, status=422 if form.is_bound else 200)
    cover_picture(kept.picture, by=request.actor, **form.cleaned_data)
    return see_other(request, _page(row, kept.picture), _("It is covered. Nobody else sees it before you let it go with the story."))


@require_POST
@once
def withhold(request: LabRequest, story: str, picture: str) -> HttpResponse:
    """Undo the covering: nobody else sees the picture, at once."""
    row, kept = _to_cover(request, story, picture)
    withhold_picture(kept.picture, by=request.actor)
    return see_other(request, _page(row, kept.picture), _("Nobody else sees this picture."))


@require_safe
def covered(request: LabRequest, story: str, cover: str) -> HttpResponse:
    """What others may see of a picture, for those who moderate. Each opening leaves a line."""
    row = _cover(request, story, cover)
    return bare(read_cover(row.picture.story, cover=row, by=request.actor), TYPE, FILE)


@require_safe
def shown(request: LabRequest, story: str, cover: str) -> HttpResponse:
    """What the reader of a released story sees of a picture."""
    return bare(open_cover(_cover(request, story, cover), reader=request.actor), TYPE, FILE)


@with_code
@require_safe
def own_shown(request: LabRequest, teller: Pseudonym, story: str, picture: str) -> HttpResponse:
    """What others see of a picture that I sent."""
    row = get_object_or_404(Story.objects.filter(teller=teller), public_id=story)
    cover = _whole(covers_seen(row)).filter(picture__public_id=picture).first()
    if cover is None:
        raise Http404
    return bare(read_own_cover(teller, cover=cover, by=request.actor), TYPE, FILE)


def _to_cover(request: LabRequest, story: str, picture: str) -> tuple[Story, Kept]:
    """A picture for who may cover it; for all others there is none."""
    row = get_object_or_404(request.lab.stories.select_related("lab", "teller", "key__under"), public_id=story)
    if not may(request.actor, "picture.cover", row) or not may_read_original(row, reader=request.actor):
        raise NotAllowed(secret=True)
    kept = next((kept for kept in pictures_of(row) if kept.picture.public_id == picture), None)
    if kept is None:
        raise Http404
    kept.picture.story = row
    return row, kept


def _cover(request: LabRequest, story: str, cover: str) -> Cover:
    return get_object_or_404(_whole(Cover.objects.filter(lab=request.lab)), picture__story__public_id=story, public_id=cover)


def _whole(covers: QuerySet[Cover]) -> QuerySet[Cover]:
    return covers.select_related("picture__story__lab", "picture__story__teller").defer("picture__sealed")


def _page(story: Story, picture: Picture) -> str:
    where = {"lab": story.lab.slug, "story": story.public_id, "picture": picture.public_id}
    return reverse("listening:cover", kwargs=where)
