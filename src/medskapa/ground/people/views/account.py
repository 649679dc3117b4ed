"""One's own account."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.ledger.idempotency import once
from medskapa.ground.people import actions
from medskapa.ground.people.forms import AccountForm
from medskapa.ground.people.models import Account
from medskapa.ground.people.queries import second_factors
from medskapa.ground.people.requests import PersonRequest
from medskapa.ground.web import languages
from medskapa.ground.web.pages import see_other


@login_required
@require_http_methods(["GET", "POST"])
@once
def account(request: PersonRequest) -> HttpResponse:
    """Name, language, second factor, and signing out."""
    mine = _mine(request)
    form = AccountForm(request.POST or None, initial={"name": mine.name, "language": mine.language or languages.shown()})
    if request.method == "POST" and form.is_valid():
        actions.edit_account(mine, by=request.actor, **form.cleaned_data)
        return see_other(request, reverse("people:account"), _("Your account is changed."))
    context = {"account": mine, "form": form, "factor_count": second_factors(mine)}
    return render(request, "people/account.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end_sessions(request: PersonRequest) -> HttpResponse:
    """Sign out everywhere else; here one stays signed in."""
    mine = actions.end_sessions(_mine(request), by=request.actor)
    update_session_auth_hash(request, mine)
    return see_other(request, reverse("people:account"), _("You are signed out everywhere else."))


@login_required
@require_safe
def second_lock(request: PersonRequest) -> HttpResponse:
    """On to what is missing: adding a passkey or an app, or showing the one that is there."""
    return redirect(_with_next(request, "account_reauthenticate") if second_factors(_mine(request)) else reverse("mfa_index"))


@login_required
@require_http_methods(["GET", "POST"])
def again(request: PersonRequest) -> HttpResponse:
    """Show anew whose session it is: by passkey or app, or where there is neither, by signing in again."""
    way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
    if way != request.path:
        return redirect(_with_next(request, way))
    if request.method == "POST":
        logout(request)
        return redirect(_with_next(request, "account_login"))
    return render(request, "people/again.html")


def _with_next(request: PersonRequest, page: str) -> str:
    """The address of a page that leads back afterwards, if it leads back to here."""
    wish = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wish, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return f"{resolve_url(page)}?{urlencode({'next': wish})}" if is_ours else resolve_url(page)


def _mine(request: PersonRequest) -> Account:
    assert isinstance(request.user, Account)  # noqa: S101  # login_required has seen to it
    return request.user
