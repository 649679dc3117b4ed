"""Pictures of stories, opened one by one: for those who moderate, and for whoever sent them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.bare import bare
from medskapa.ground.web.pages import see_other
from medskapa.stages.listening.actions import read_own_picture, read_picture, remove_picture
from medskapa.stages.listening.models import Picture
from medskapa.stages.listening.pictures import TYPE
from medskapa.stages.listening.views.returning import with_code


@require_safe
def picture(request: LabRequest, story: str, picture: str) -> HttpResponse:
    """A picture for those who moderate. Each opening leaves a line."""
    rows = Picture.objects.select_related("story__lab", "story__key__under")
    row = get_object_or_404(rows, lab=request.lab, story__public_id=story, public_id=picture)
    return _shown(read_picture(row.story, picture=row, by=request.actor))


@with_code
@require_safe
def own_picture(request: LabRequest, teller: Pseudonym, story: str, picture: str) -> HttpResponse:
    """A picture that I sent."""
    return _shown(read_own_picture(teller, picture=_mine(teller, story, picture), by=request.actor))


@with_code
@require_POST
@once
def own_picture_remove(request: LabRequest, teller: Pseudonym, story: str, picture: str) -> HttpResponse:
    """Take one of my pictures away."""
    remove_picture(_mine(teller, story, picture), by=request.actor)
    return see_other(request, reverse("listening:own_story", kwargs={"story": story}), _("The picture is gone."))


def _mine(teller: Pseudonym, story: str, picture: str) -> Picture:
    rows = Picture.objects.select_related("lab", "story__lab", "story__teller")
    return get_object_or_404(rows, story__teller=teller, story__public_id=story, public_id=picture)


def _shown(content: bytes) -> HttpResponse:
    return bare(content, TYPE, "picture.jpg")
