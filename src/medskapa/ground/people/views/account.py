"""One's own account."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

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


def _mine(request: PersonRequest) -> Account:
    assert isinstance(request.user, Account)  # noqa: S101  # login_required has seen to it
    return request.user
