"""The test of the alarm: sending the mail, what became of each, and the page behind its link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.ledger.limits import spend
from medskapa.ground.safeguarding.rehearsing import mail_itself, note_arrival, rehearsal_of, rehearsals, rehearse_alarm
from medskapa.ground.web.pages import paged, see_other

HOUR = 3600


@require_http_methods(["GET", "POST"])
@once
def alarm(request: LabRequest) -> HttpResponse:
    """The test mails so far, and sending one more."""
    require(request.actor, "alarm.rehearse", request.lab)
    if request.method == "POST":
        rehearse_alarm(request.lab, site=request.build_absolute_uri("/"), by=request.actor)
        here = reverse("safeguarding:alarm", kwargs={"lab": request.lab.slug})
        return see_other(request, here, _("The safeguarding officer gets a test mail now."))
    return render(request, "safeguarding/alarm.html", {"page": paged(request, rehearsals(request.lab))})


@never_cache
@require_http_methods(["GET", "POST"])
def arrived(request: HttpRequest, token: str) -> HttpResponse:
    """Say that a test mail came through. A button, since programs that look through mails open its links, too."""
    spend("rehearsal", request.META.get("REMOTE_ADDR", ""), 120, HOUR)
    found = rehearsal_of(token)
    if request.method == "POST":
        note_arrival(found, by=mail_itself(found.lab))
    return render(request, "safeguarding/arrived.html", {"rehearsal": found, "is_done": request.method == "POST"})
