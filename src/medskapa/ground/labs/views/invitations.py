"""Invitations: who was invited, inviting, and opening the link."""

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs import actions, queries
from medskapa.ground.labs.forms.people import InvitationForm, JoinForm
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Invitation
from medskapa.ground.ledger.actors import Actor, require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.ledger.limits import spend
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.actions import make_account
from medskapa.ground.people.models import Account
from medskapa.ground.web import languages
from medskapa.ground.web.pages import paged, see_other

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HOUR = 3600


@require_safe
def invitations(request: LabRequest) -> HttpResponse:
    """All invitations of the lab, newest first."""
    require(request.actor, "invitation.see", request.lab)
    page = paged(request, queries.invitations(request.lab))
    return render(request, "labs/invitations.html", {"title": _("Invitations"), "page": page, "now": now()})


@require_http_methods(["GET", "POST"])
@once
def new_invitation(request: LabRequest) -> HttpResponse:
    """Invite somebody. The link is on the answer to this form and nowhere else."""
    require(request.actor, "invitation.make", request.lab)
    form = InvitationForm(request.POST or None, beside=queries.names_in(request.lab), initial={"role": request.GET.get("role", "")})
    if request.method == "POST" and form.is_valid():
        made, token = actions.invite(request.lab, by=request.actor, site=request.build_absolute_uri("/"), **form.cleaned_data)
        return invited(request, made, token)
    context = {
        "form": form,
        "title": _("Invite somebody"),
        "lead": _("They get a link that works once, and for 14 days."),
        "submit": _("Make the invitation"),
        "back": reverse("labs:invitations", kwargs={"lab": request.lab.slug}),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


def invited(request: LabRequest, made: Invitation, token: str, back: str = "") -> HttpResponse:
    """The page with the link, once."""
    link = request.build_absolute_uri(reverse("labs:join", kwargs={"token": token}))
    context = {"invitation": made, "link": link, "back": back or reverse("labs:invitations", kwargs={"lab": request.lab.slug})}
    response = render(request, "labs/invited.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@once
def take_back(request: LabRequest, invitation: str) -> HttpResponse:
    """Let a link work no more, after asking."""
    found = get_object_or_404(request.lab.invitations.select_related("lab"), public_id=invitation)
    require(request.actor, "invitation.take_back", found)
    back = reverse("labs:invitations", kwargs={"lab": request.lab.slug})
    if request.method == "POST":
        actions.take_back_invitation(found, by=request.actor)
        return see_other(request, back, _("The link works no more."))
    context = {
        "title": _("Take the invitation back?"),
        "text": _("The link that %(name)s has will open nothing.") % {"name": found.name},
        "submit": _("Take it back"),
        "kind": "stop",
        "back": back,
    }
    return render(request, "web/confirm.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: LabRequest, token: str) -> HttpResponse:
    """Open an invitation: as the account that is signed in, or with a new one."""
    spend("invitation", request.META.get("REMOTE_ADDR", ""), 120, HOUR)
    found = queries.invitation_of(token)
    me = request.user if isinstance(request.user, Account) else None
    said = {"name": found.name, "email": found.email}
    form = None if me else JoinForm(request.POST or None, initial=said, beside=queries.names_in(found.lab, but=found))
    if request.method == "POST" and (form is None or form.is_valid()):
        known = form and Account.objects.filter(email__iexact=form.cleaned_data["email"]).exists()
        if known:
            return render(request, "labs/join.html", {"invitation": found, "form": form, "sign_in": _sign_in(request)}, status=409)
        return _joined(request, found, me, form)
    context = {"invitation": found, "form": form, "me": me, "sign_in": _sign_in(request)}
    return render(request, "labs/join.html", context, status=422 if form and form.errors else 200)


def _joined(request: LabRequest, found: Invitation, me: Account | None, form: JoinForm | None) -> HttpResponse:
    with transaction.atomic():
        account = me
        if account is None:
            assert form is not None  # noqa: S101  # whoever is not signed in has filled in the form
            answers = form.cleaned_data
            account = make_account(answers["email"], name=answers["name"], language=languages.shown(), by=Actor.system("invitation"))
        by = request.actor if me else Actor.public(found.lab.public_id)
        actions.use_invitation(found, by=by, account=account)
    if me is None:
        login(request, account, backend=BACKEND)
    desk = resolve_url("labs:desk", lab=found.lab.slug)
    return see_other(request, desk, _("Welcome. This is your page in the lab."))


def _sign_in(request: LabRequest) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': request.path})}"
