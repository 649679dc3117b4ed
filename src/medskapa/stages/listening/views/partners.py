"""The links on which organisations collect stories: who has one, how to hand it over, how many came."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.prints import typed
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.listening.actions import end_partner_link, make_partner_link
from medskapa.stages.listening.forms.partnering import PartnerForm
from medskapa.stages.listening.models import PartnerLink
from medskapa.stages.listening.queries import partner_links_of


@require_safe
def partners(request: LabRequest) -> HttpResponse:
    """The organisations that collect, and how many stories came by each."""
    require(request.actor, "partner.see", request.lab)
    page = paged(request, partner_links_of(request.lab))
    return render(request, "listening/partners.html", {"title": _("Partners who collect"), "page": page})


@require_safe
def partner(request: LabRequest, partner: str) -> HttpResponse:
    """One link: its address to hand over, and what its partner has to know."""
    require(request.actor, "partner.see", request.lab)
    row = _link(request, partner)
    with override(row.language):
        address = request.build_absolute_uri(reverse("listening:tell_for", kwargs={"lab": request.lab.slug, "partner": row.public_id}))
    return render(request, "listening/partner.html", {"link": row, "address": address, "shown_address": typed(address)})


@require_http_methods(["GET", "POST"])
@once
def new_partner(request: LabRequest) -> HttpResponse:
    """Let an organisation collect."""
    require(request.actor, "partner.edit", request.lab)
    row = PartnerLink(lab=request.lab, language=request.lab.language)
    form = PartnerForm(request.POST if request.method == "POST" else None, instance=row)
    if not form.is_valid():
        lead = _("They get a link on which they write for others, one story after the other on the same phone.")
        back = reverse("listening:partners", kwargs={"lab": request.lab.slug})
        context = {"title": _("A link for a partner"), "lead": lead, "form": form, "back": back}
        return render(request, "web/form.html", context, status=422 if form.is_bound else 200)
    return see_other(request, make_partner_link(form.instance, by=request.actor), _("The link is made."))


@require_http_methods(["GET", "POST"])
@once
def end_partner(request: LabRequest, partner: str) -> HttpResponse:
    """Let nobody begin to tell on a link any more."""
    require(request.actor, "partner.edit", request.lab)
    row = _link(request, partner)
    if request.method == "POST":
        return see_other(request, end_partner_link(row, by=request.actor), _("Nobody can begin to tell on it any more."))
    context = {
        "title": _("End the link?"),
        "text": _("Nobody can begin to tell on it any more. What has come stays, and whoever told keeps their code."),
        "submit": _("End it"),
        "kind": "stop",
        "back": row.get_absolute_url(),
    }
    return render(request, "web/confirm.html", context)


def _link(request: LabRequest, public_id: str) -> PartnerLink:
    row: PartnerLink = get_object_or_404(partner_links_of(request.lab), public_id=public_id)
    return row
