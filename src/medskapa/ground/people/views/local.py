"""What exists in local mode only: the mails that were sent, and signing in as a demo person with one click."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.views.decorators.http import require_POST, require_safe

from medskapa.ground.people.queries import demo_accounts, sent_letters
from medskapa.ground.web.pages import paged, see_other

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """Mails that would have left, newest first."""
    _local_only()
    return render(request, "people/mail.html", {"page": paged(request, sent_letters(), per_page=20)})


@require_POST
def sign_in_as(request: HttpRequest, account: str) -> HttpResponse:
    """Sign in as somebody who does not exist. Real accounts are not found here."""
    _local_only()
    invented = get_object_or_404(demo_accounts(), public_id=account)
    login(request, invented, backend=BACKEND)
    record_authentication(request, invented, method="demo")
    return see_other(request, resolve_url(settings.LOGIN_REDIRECT_URL))


def _local_only() -> None:
    if not settings.MEDSKAPA_LOCAL:
        raise Http404
