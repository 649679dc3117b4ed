"""Pages of the design system itself: choosing a language, leaving quickly, and every component in every state."""

from calendar import Calendar
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from medskapa.ground.web import gallery, languages, moments


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """The first page: all languages by their own names, those the phone suggests first."""
    wished = languages.suggested(request.headers.get("Accept-Language", ""))
    rest = _rest(request.GET.get("next", "/"))
    codes = sorted(languages.KNOWN, key=lambda code: wished.index(code) if code in wished else len(wished))
    choices: list[dict[str, Any]] = [{"language": languages.KNOWN[code], "address": languages.moved_to(rest, code)} for code in codes]
    context = {
        "choices": [choice for choice in choices if _is_ready(choice["language"].code)],
        "others": [choice for choice in choices if not _is_ready(choice["language"].code)],
    }
    return render(request, "web/languages.html", context)


def _is_ready(code: str) -> bool:
    return code in languages.COMPLETE or code in languages.FOR_TELLERS


def _rest(wanted: str) -> str:
    """The page somebody came for, without its language; never an address of somebody else."""
    return wanted if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"


@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """The quick exit: this browser forgets us, and something harmless comes up. ``?keep=1`` keeps the draft on the phone."""
    response = HttpResponseRedirect(reverse("web:calendar"))
    if request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}:
        response.headers["Clear-Site-Data"] = '"cookies"' if request.GET.get("keep") else '"cookies", "storage"'
        for name in request.COOKIES:
            response.delete_cookie(name)
    return response


@never_cache
@require_safe
def calendar_page(request: HttpRequest) -> HttpResponse:
    """This month, as anybody may have it open. Nothing on it says whose page it is."""
    today = localtime(moments.now()).date()
    weeks = [
        [{"text": _in_digits(day) if day else "", "is_today": day == today.day} for day in week]
        for week in Calendar().monthdayscalendar(today.year, today.month)
    ]
    context = {"title": moments.month(today), "weekdays": moments.WEEKDAYS, "weeks": weeks}
    return render(request, "web/calendar.html", context)


def _in_digits(day: int) -> str:
    return languages.in_digits(str(day), languages.shown())


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every component in every state, made of the same examples as the tests."""
    return render(request, "web/style.html", gallery.everything(request))
