"""Guards at the door: forms of people without a cookie, and whether somebody may do something."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from medskapa.ground.web.error_pages import NOT_FROM_OUR_PAGE
from medskapa.ground.web.errors import LabError

View = Callable[..., HttpResponse]
May = Callable[[Any, str, Any], bool]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class NotFromHere(LabError):
    """A form that was sent from somewhere else than our own pages."""

    def __init__(self) -> None:
        super().__init__(NOT_FROM_OUR_PAGE.title, NOT_FROM_OUR_PAGE.text, status=403)


def same_origin(view: View) -> View:
    """Guard an anonymous form by where it was sent from, in place of a cookie. Raises NotFromHere.

    Browsers say it in ``Sec-Fetch-Site`` or ``Origin``, older ones in ``Referer``; who says nothing is refused.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in SAFE and not _is_from_here(request):
            raise NotFromHere
        return view(request, *args, **kwargs)

    return guarded


def _is_from_here(request: HttpRequest) -> bool:
    if getattr(request, "_dont_enforce_csrf_checks", False):  # Django's test client, as for its own check
        return True
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if source is None:
        return site == "same-origin"
    return _origin(source) in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


_may: list[May] = []


def ask(may: May) -> None:
    """Let pages ask this function whether somebody may do something. The ledger registers its own at start."""
    _may[:] = [may]


def may(actor: Any, verb: str, subject: Any = None) -> bool:
    """Whether the page should offer a verb. Nobody to ask, nobody who asks: no. It decides nothing; actions do."""
    return bool(_may) and actor is not None and _may[0](actor, verb, subject)
