"""A gathering's door, for those who lead it: the page for the wall, opening and closing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from medskapa.ground.labs.codes import grouped
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Gathering
from medskapa.ground.labs.prints import typed
from medskapa.ground.labs.wordings import worded_one
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.ledger.moment import now
from medskapa.ground.web.pages import see_other
from medskapa.stages.labday.actions import close_door, open_door
from medskapa.stages.labday.doors import door_of
from medskapa.stages.labday.joining import lines_for
from medskapa.stages.labday.views.days import day_for


@require_safe
def door(request: LabRequest, day: str) -> HttpResponse:
    """The page for the wall: six digits, where to type them, and a square that opens that page with the digits typed."""
    found = day_for(request, day, "door.open")
    worded_one(found, get_language() or "")
    opened = door_of(found)
    context: dict[str, Any] = {"day": found, "door": opened, "is_over": found.ends_at <= now()}
    if opened is not None:
        address = f"{request.build_absolute_uri('/')}join/"  # without a language, so that the phone suggests one
        context |= {
            "digits": " ".join(grouped(opened.digits)),
            "lines": lines_for(request.lab),
            "shown_address": typed(address),
            "square_address": f"{address}?{urlencode({'digits': opened.digits})}",
        }
    return render(request, "labday/door.html", context)


@require_POST
@once
def open_it(request: LabRequest, day: str) -> HttpResponse:
    """Let people in."""
    found = day_for(request, day, "door.open")
    open_door(found, by=request.actor)
    return see_other(request, _page(found), _("People can join now. Show this page on the wall, or print it."))


@require_POST
@once
def close_it(request: LabRequest, day: str) -> HttpResponse:
    """Let nobody in any more."""
    found = day_for(request, day, "door.close")
    opened = get_object_or_404(found.doors.select_related("lab"), closed_at__isnull=True)
    close_door(opened, by=request.actor)
    return see_other(request, _page(found), _("Nobody can join any more. Who is in stays in."))


def _page(gathering: Gathering) -> str:
    return reverse("labday:door", kwargs={"lab": gathering.lab.slug, "day": gathering.public_id})
