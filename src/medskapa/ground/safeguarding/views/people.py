"""Who somebody is behind a pseudonym, if somebody has to know, and who speaks for them by law."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.safeguarding.actions import lock_identity, open_identity, save_representative
from medskapa.ground.safeguarding.forms import IdentityForm, ReasonForm, RepresentativeForm
from medskapa.ground.safeguarding.models import Representative
from medskapa.ground.safeguarding.queries import identities_of, identity_of, representatives_of
from medskapa.ground.safeguarding.views.officer import refuse_secretly
from medskapa.ground.web.pages import paged, see_other


@never_cache
@require_safe
def identities(request: LabRequest) -> HttpResponse:
    """The locked identities: that they are there, and nothing of what they say."""
    refuse_secretly(request, "identity.lock")
    page = paged(request, identities_of(request.lab, reader=request.actor))
    return render(request, "safeguarding/identities.html", {"title": _("Locked identities"), "page": page})


@never_cache
@require_safe
def representatives(request: LabRequest) -> HttpResponse:
    """Who speaks for young people of this lab."""
    refuse_secretly(request, "representative.edit")
    page = paged(request, representatives_of(request.lab, reader=request.actor))
    return render(request, "safeguarding/representatives.html", {"title": _("Representatives"), "page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@once
def person(request: LabRequest, pseudonym: str) -> HttpResponse:
    """One person without a name: who speaks for them, whether an identity is locked, and a form to lock one."""
    who = _pseudonym(request, pseudonym)
    form = IdentityForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        speaks = representatives_of(request.lab, reader=request.actor).filter(pseudonym=who)
        context = {"pseudonym": who, "identity": identity_of(who), "representatives": speaks, "form": form}
        return render(request, "safeguarding/person.html", context, status=422 if form.is_bound else 200)
    lock_identity(who, who=form.cleaned_data["who"], by=request.actor)
    return see_other(request, _person_url(who), _("It is locked."))


@never_cache
@require_http_methods(["GET", "POST"])
@once
def open_person(request: LabRequest, pseudonym: str) -> HttpResponse:
    """See who somebody is, after the reason is written. What is seen stands in this one answer."""
    who = _pseudonym(request, pseudonym)
    identity = identity_of(who)
    if identity is None:
        raise Http404
    refuse_secretly(request, "identity.open", identity)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {
            "title": _("Open the identity"),
            "lead": _("Only if a child is at risk, or the law says so. It is written into the log that you opened it."),
            "form": form,
            "submit": _("Open it"),
            "back": _person_url(who),
        }
        return render(request, "web/form.html", context, status=422 if form.is_bound else 200)
    opened = open_identity(identity, reason=form.cleaned_data["reason"], by=request.actor)
    return render(request, "safeguarding/identity.html", {"pseudonym": who, "opened": opened, "back": _person_url(who)})


@never_cache
@require_http_methods(["GET", "POST"])
@once
def new_representative(request: LabRequest, pseudonym: str) -> HttpResponse:
    """Note who speaks for somebody."""
    who = _pseudonym(request, pseudonym)
    return _edited(request, Representative(lab=request.lab, pseudonym=who), _("New representative"))


@never_cache
@require_http_methods(["GET", "POST"])
@once
def edit_representative(request: LabRequest, representative: str) -> HttpResponse:
    """Change who speaks for somebody, or until when."""
    refuse_secretly(request, "representative.edit")
    rows = request.lab.representatives.select_related("lab", "pseudonym__lab")
    return _edited(request, get_object_or_404(rows, public_id=representative), _("Change the representative"))


def _edited(request: LabRequest, row: Representative, title: str) -> HttpResponse:
    refuse_secretly(request, "representative.edit", row)
    form = RepresentativeForm(request.POST if request.method == "POST" else None, instance=row, pseudonym=row.pseudonym)
    if not form.is_valid():
        lead = _("The type and the dates only. A name belongs in the locked identity.")
        context = {"title": title, "lead": lead, "form": form, "back": _person_url(row.pseudonym)}
        return render(request, "web/form.html", context, status=422 if form.is_bound else 200)
    save_representative(row, by=request.actor)
    return see_other(request, _person_url(row.pseudonym), _("It is saved."))


def _pseudonym(request: LabRequest, pseudonym: str) -> Pseudonym:
    refuse_secretly(request, "identity.lock")
    return get_object_or_404(request.lab.pseudonyms.select_related("lab"), public_id=pseudonym)


def _person_url(who: Pseudonym) -> str:
    return reverse("safeguarding:person", kwargs={"lab": who.lab.slug, "pseudonym": who.public_id})
