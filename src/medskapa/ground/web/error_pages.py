"""The pages of refusals and faults. Each says what happened, what one can do, and whether one's words are safe.

On the way of a teller they stand in the teller's own frame, so that whoever needs to leave at once can.
"""

import logging
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _

from medskapa.ground.web import languages
from medskapa.ground.web.addresses import is_of_a_teller
from medskapa.ground.web.errors import LabError, Way
from medskapa.ground.web.faults import passing

logger = logging.getLogger(__name__)

NEVER_SENT_BACK = ("code", "password")  # what a page with "Try again" must not carry
WORTH_AGAIN = frozenset({429, 500, 503})


@dataclass(frozen=True, slots=True)
class Words:
    """Title and text of an error page."""

    title: str | Promise
    text: str | Promise


STANDARD: Mapping[int, Words] = {
    400: Words(_("We could not read what your browser sent."), _("Nothing was saved. Go back and try once more.")),
    403: Words(
        _("This page is not for you right now."),
        _("Somebody with another role in the lab can open it. Ask the process leader if you need it."),
    ),
    404: Words(_("There is no such page."), _("The address may be mistyped, or what was here has been taken away.")),
    405: Words(_("This address only takes answers from a form."), _("Go back to the page with the form and send it from there.")),
    413: Words(_("That was too much at once."), _("Nothing was saved. Send less text, or a smaller picture.")),
    422: Words(_("Something is not filled in right."), _("Nothing was saved. Go back, change it, and send again.")),
    429: Words(_("That was many tries in a short time."), _("What you wrote is kept. Wait a little, then try again.")),
    500: Words(_("Something went wrong on our side."), _("What you wrote is kept. Try again.")),
    503: Words(_("We cannot save anything just now."), _("What you wrote is still here. Wait a minute, then try again.")),
}
NOT_FROM_OUR_PAGE = Words(
    _("We could not be sure that this came from our page."),
    _("Nothing was saved. Go back, load the page again, and send it once more."),
)
BUSY = Words(_("Many people are here at the same moment."), _("The page comes by itself in a few seconds. You need not do anything."))
COMES_AGAIN = 5  # seconds
FREE_AGAIN = 60  # seconds, at a guess


def page_of(request: HttpRequest, error: LabError) -> HttpResponse:
    """The page of an error of the lab. Where even its being there is a secret, it is the ordinary page of a missing address."""
    if error.is_secret:
        return refused(request, 404)
    response = _page(request, error.status, Words(error.title, error.text), error.way)
    if error.wait_seconds is not None:
        response.headers["Retry-After"] = str(error.wait_seconds)
    return response


def refused(request: HttpRequest, status: int, words: Words | None = None) -> HttpResponse:
    """A page for a refusal, with the words given or the ordinary ones of its status."""
    if words is None:
        with languages.speaking(languages.asked(), languages.shown_in(languages.asked(), None)):
            return _page(request, status, STANDARD.get(status, STANDARD[400]))
    return _page(request, status, words)


def _page(request: HttpRequest, status: int, words: Words, way: Way | None = None) -> HttpResponse:
    context = {
        "title": words.title,
        "text": words.text,
        "sign_in": _sign_in(request, status),
        "way": {"text": way.text, "address": _and_back(request, way.page)} if way else None,
        "is_anywhere": True,
        **_frame(request),
        **_again(request, status),
    }
    return HttpResponse(render_to_string("web/error.html", context, request), status=status, headers={"Cache-Control": "no-store"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400."""
    return _bare(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler403."""
    return refused(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404."""
    return refused(request, 404)


def fault(request: HttpRequest) -> HttpResponse:
    """Django's handler500. It asks nobody anything, since whatever it asked could be what is broken.

    Where only nothing can be saved just now, it says so, and what was written waits in the page.
    """
    if name := passing(sys.exc_info()[1]):
        logger.error("nothing can be saved just now: %s", name)
        response = _bare(request, 503)
        response.headers["Retry-After"] = str(FREE_AGAIN)
        return response
    return _bare(request, 500)


def busy(request: HttpRequest) -> HttpResponse:
    """Instead of a page while too many wait for theirs. It asks nobody anything, and the browser comes again by itself."""
    response = _plain(request, 429, BUSY)
    response.headers["Retry-After"] = response.headers["Refresh"] = str(COMES_AGAIN)
    return response


def not_from_our_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW."""
    return refused(request, 403, NOT_FROM_OUR_PAGE)


def _bare(request: HttpRequest, status: int) -> HttpResponse:
    return _plain(request, status, STANDARD[status], **_again(request, status))


def _plain(request: HttpRequest, status: int, words: Words, **more: Any) -> HttpResponse:
    context = {"title": words.title, "text": words.text, **_frame(request), **more}
    return HttpResponse(render_to_string("web/error.html", context), status=status, headers={"Cache-Control": "no-store"})


def _frame(request: HttpRequest) -> dict[str, Any]:
    is_telling = is_of_a_teller(request.path_info)
    return {"is_telling": is_telling, "frame": "web/teller.html" if is_telling else "web/page.html"}


def _again(request: HttpRequest, status: int) -> dict[str, Any]:
    """What "Try again" sends: everything that was written, under the same idempotency key, so that it counts once."""
    if status not in WORTH_AGAIN:
        return {}
    if request.method != "POST":
        return {"again": request.get_full_path()}
    try:
        kept = [(name, value) for name, values in request.POST.lists() for value in values if not name.endswith(NEVER_SENT_BACK)]
    except Exception:  # the body itself may be what could not be read
        return {}
    return {"again": request.get_full_path(), "kept": kept, "is_sent": True}


def _sign_in(request: HttpRequest, status: int) -> str:
    user = getattr(request, "user", None)
    if status != 403 or user is None or user.is_authenticated:
        return ""
    return _and_back(request, settings.LOGIN_URL)


def _and_back(request: HttpRequest, page: str) -> str:
    """A page that leads back here afterwards; where something was sent, to the page of ours that it was sent from."""
    sent_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(sent_from, {request.get_host()})
    back = request.get_full_path() if request.method == "GET" else sent_from if is_ours else "/"
    return f"{resolve_url(page)}?{urlencode({'next': back})}"
