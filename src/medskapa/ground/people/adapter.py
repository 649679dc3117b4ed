"""How allauth behaves here: nobody signs up by themselves, mails come in the person's language, and texts are ours."""

from time import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from medskapa.ground.people.mail import post
from medskapa.ground.people.models import Account
from medskapa.ground.web import languages

FRESH = 15 * 60  # seconds for which a proof of who one is counts as fresh


class AccountAdapter(DefaultAccountAdapter):
    """An account comes into being by invitation, or by ``medskapa init``."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "incorrect_code": _("That code does not match. Look at the signs once more."),
        "invalid_login": _("Write your e-mail address, such as name@example.org."),
        "too_many_login_attempts": _("That was many tries in a short time. Wait a little, then try again."),
        "rate_limited": _("That was many tries in a short time. Wait a little, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see the class."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post a mail in the language of the person's account, or that of the page if they have chosen none."""
        chosen = Account.objects.filter(email__iexact=email).values_list("language", flat=True).first()
        with override(languages.shown_in(chosen or languages.asked(), None)):
            about = {"request": self.request, "email": email, "current_site": get_current_site(self.request), **context}
            post(self.render_mail(template_prefix, email, about))

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Only if the last proof is old: whoever signed in a moment ago need not show it once more."""
        newest = max((record["at"] for record in get_authentication_records(self.request, _account_of(self.request))), default=0.0)
        return bool(time() - newest > FRESH)

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """A passkey first, where there is one: recovery codes alone are not what somebody has at hand. Who has none signs in again."""
        methods = sorted(super().get_reauthentication_methods(user), key=lambda method: "passkey" not in method["url"])
        return methods or [{"id": "again", "description": "", "url": reverse("account_reauthenticate")}]

    def format_email_subject(self, subject: str) -> str:
        """As it is written, without the name of the host."""
        return subject


def _account_of(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None
