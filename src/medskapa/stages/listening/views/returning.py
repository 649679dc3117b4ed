"""Coming back with a code, and leaving again."""

from collections.abc import Callable
from functools import wraps
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.coming_back import find_by_code
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.labs.sessions import end_session, start_session
from medskapa.ground.ledger.errors import BadCode
from medskapa.ground.web.guard import same_origin
from medskapa.ground.web.pages import see_other
from medskapa.stages.listening.actions.growing import is_age_asked
from medskapa.stages.listening.forms.own import NOT_TYPED_IN, WRONG, CodeForm
from medskapa.stages.listening.queries.cards import is_on_waiting_card

OwnView = Callable[..., HttpResponse]


@never_cache
@same_origin
@require_http_methods(["GET", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Type the code. The same words for a code that was mistyped and for one that was never given."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    teller = holder_of(request, form) if form.is_valid() else None
    if teller is None:
        return render(request, "listening/return.html", {"form": form}, status=422 if form.is_bound else 200)
    response = see_other(request, reverse("listening:own_age" if is_age_asked(teller) else "listening:own_page"))
    start_session(response, teller)
    return response


@never_cache
@same_origin
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget that this browser came back, and everything it kept of these pages.

    With ``keep`` the page forgot its own before, since stories of others wait on this phone.
    """
    response = see_other(request, reverse("web:calendar"))
    end_session(request, response)
    response.headers["Clear-Site-Data"] = what_to_clear(request)
    return response


def what_to_clear(request: HttpRequest) -> str:
    """What the browser is to forget of whoever leaves; never the stories that others told on it and that wait to be sent."""
    return '"cache"' if request.POST.get("keep") else '"cache", "storage"'


def with_code(view: OwnView) -> OwnView:
    """A page for the teller who came back in this browser; who did not is asked for the code. Never kept by the browser.

    Whoever wrote for longer than the session lasts is asked for the code, too, and what they wrote travels along.
    """

    @never_cache
    @same_origin
    @wraps(view)
    def guarded(request: LabRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.pseudonym is not None:
            return _acting(request, request.pseudonym, view, *args, **kwargs)
        if request.method != "POST":
            return redirect("listening:return")
        form = CodeForm(request.POST if "code" in request.POST else None)
        teller = holder_of(request, form) if form.is_valid() else None
        if teller is None:
            kept = [(name, value) for name, values in request.POST.lists() for value in values if name != "code"]
            return render(request, "listening/return.html", {"form": form, "kept": kept, "onward": request.path}, status=422)
        response = _acting(request, teller, view, *args, **kwargs)
        start_session(response, teller)
        return response

    return guarded


def _acting(request: LabRequest, teller: Pseudonym, view: OwnView, *args: object, **kwargs: object) -> HttpResponse:
    request.actor = actor_of_pseudonym(teller)
    timezone.activate(ZoneInfo(teller.lab.time_zone))
    return view(request, teller, *args, **kwargs)


def own_context(teller: Pseudonym, **more: object) -> dict[str, object]:
    """What every own page says: whose lab it is, and that the teller acts."""
    return {"teller": teller, "lab": teller.lab, "actor": actor_of_pseudonym(teller), **more}


def holder_of(request: HttpRequest, form: CodeForm) -> Pseudonym | None:
    """Who holds the code that was typed; for a wrong one, or that of a card that nobody has typed in, the form says so. Raises TooMany."""
    try:
        return find_by_code(form.cleaned_data["code"], source=str(request.META.get("REMOTE_ADDR", "")))
    except BadCode:
        form.add_error("code", NOT_TYPED_IN if is_on_waiting_card(form.cleaned_data["code"]) else WRONG)
        return None
