"""The language of a request, and pages for everything that is refused."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import is_valid_path
from django.utils import translation
from django.utils.cache import patch_vary_headers

from medskapa.ground.web import languages
from medskapa.ground.web.error_pages import page_of, refused
from medskapa.ground.web.errors import LabError
from medskapa.ground.web.uploads import is_too_long

GetResponse = Callable[[HttpRequest], HttpResponse]
BARE = frozenset({403, 405, 413, 429})  # statuses that come without a page of ours


class Languages:
    """The address says the language. Other tags for it lead to the address that has it; without any, the phone suggests one.

    Stands in place of Django's LocaleMiddleware, which knows neither Dari nor how a page comes in English while its links stay in Somali.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        tag, _rest = languages.split(request.path_info)
        code = languages.canonical(tag) if tag else None
        if tag and code and tag != code:
            return HttpResponseRedirect(_with_query(request, languages.moved_to(request.path_info, code)))
        asked = code or suggested_to(request)
        request.LANGUAGE_CODE = asked
        with languages.speaking(asked, languages.shown_in(asked, None)):
            response = self._answer(request, code)
            response.headers.setdefault("Content-Language", languages.shown())
        return response

    def _answer(self, request: HttpRequest, code: str | None) -> HttpResponse:
        response = self.get_response(request)
        if code is None:
            patch_vary_headers(response, ("Accept-Language",))
            if response.status_code == 404 and request.method in {"GET", "HEAD"}:
                return _in_a_language(request) or response
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> None:
        """A page that the language lacks comes in English; the page says so."""
        match = request.resolver_match
        asked = languages.asked()
        translation.activate(languages.spoken(asked, languages.shown_in(asked, match.view_name if match else None)))


def suggested_to(request: HttpRequest) -> str:
    """The language that somebody's phone suggests; English where it suggests none of ours."""
    return next(iter(languages.suggested(request.headers.get("Accept-Language", ""))), languages.FALLBACK)


def _in_a_language(request: HttpRequest) -> HttpResponse | None:
    """A short address, such as that on a card, leads to the page in the suggested language."""
    path = languages.moved_to(request.path_info, languages.asked())
    for candidate in (path, f"{path}/"):
        if is_valid_path(candidate):
            response = HttpResponseRedirect(_with_query(request, candidate))
            patch_vary_headers(response, ("Accept-Language",))
            return response
    return None


def _with_query(request: HttpRequest, path: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


class ErrorPages:
    """Make a page of what a room refuses, in the person's language and with the right status.

    What says that it is longer than any form with its files is refused before a byte of it is read.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_too_long(request):
            return refused(request, 413)
        response = self.get_response(request)
        if response.status_code in BARE and not getattr(response, "streaming", False) and not response.content:
            page = refused(request, response.status_code)
            for name, value in response.items():
                page.headers.setdefault(name, value)
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only errors of the lab: all others are Django's, and end in the pages of ``error_pages``."""
        return page_of(request, exception) if isinstance(exception, LabError) else None
