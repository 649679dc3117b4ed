"""The first pages of those who work in a lab, and as whom a browser acts."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from medskapa.ground.labs.desk_pages import pages_for
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.queries import labs_of
from medskapa.ground.labs.readiness import lost_in_time
from medskapa.ground.labs.sessions import acting_cookie_name
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.clock import last_tick
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.models import Account
from medskapa.ground.web.pages import see_other
from medskapa.ground.web.panels import todos

STANDS_AFTER = timedelta(minutes=5)


@login_required
@require_safe
def first(request: LabRequest) -> HttpResponse:
    """Where somebody lands who signed in: the desk of their only lab, or a choice."""
    assert isinstance(request.user, Account)  # noqa: S101  # login_required has seen to it
    mine = labs_of(request.user)
    if len(mine) == 1:
        return see_other(request, reverse("labs:desk", kwargs={"lab": mine[0][0].slug}))
    return render(request, "labs/first.html", {"mine": mine})


@require_safe
def desk(request: LabRequest) -> HttpResponse:
    """What is most due now, who has waited longest, and the pages of one's roles."""
    require(request.actor, "lab.work", request.lab)
    found = todos(request.actor, request.lab)
    worded([todo.about for todo in found if todo.about is not None], get_language() or request.lab.language)
    context = {
        "todos": found,
        "pages": pages_for(request.actor, request.lab),
        "clock_stands": request.actor.is_team and _clock_stands(),
        "lacking": lost_in_time(request.lab) if may(request.actor, "role.give", request.lab) else [],
    }
    return render(request, "labs/desk.html", context)


@require_POST
def act_as(request: LabRequest) -> HttpResponse:
    """Act with the code, or as the account: a browser that has both chooses."""
    wish = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wish, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = see_other(request, wish if safe else resolve_url("labs:labs"))
    if request.POST.get("as") == "code":
        response.set_cookie(acting_cookie_name(), "code", httponly=True, samesite="Lax", secure=not settings.MEDSKAPA_LOCAL)
    else:
        response.delete_cookie(acting_cookie_name(), samesite="Lax")
    return response


def _clock_stands() -> bool:
    last = last_tick()
    return last is None or now() - last > STANDS_AFTER
