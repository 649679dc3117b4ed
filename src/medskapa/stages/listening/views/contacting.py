"""How the lab may reach a teller: said and taken back on their own page, opened by staff with a line."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.chain import name_of, readings_of_each
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.people.roles import Role
from medskapa.ground.web.pages import see_other
from medskapa.stages.listening.actions import end_contact, let_contact, open_contact
from medskapa.stages.listening.actions.contacting import may_reach
from medskapa.stages.listening.actions.representing import needs_adult
from medskapa.stages.listening.forms.own import ContactForm
from medskapa.stages.listening.queries import contact_yes, contacts_of
from medskapa.stages.listening.views.returning import own_context, with_code


@with_code
@require_http_methods(["GET", "POST"])
@once
def own_contact(request: LabRequest, teller: Pseudonym) -> HttpResponse:
    """Say how the lab may reach me, or that it may not any more; and see who looked."""
    here = reverse("listening:own_contact")
    if request.POST.get("go") == "end":
        end_contact(teller, by=request.actor)
        return see_other(request, here, _("It is gone. The lab cannot reach you any more."))
    form = ContactForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        let_contact(teller, contact=form.cleaned_data["contact"], by=request.actor)
        return see_other(request, here, _("It is saved."))
    consents = list(contacts_of(teller))
    readings = [
        (reading, Role(reading.role).label if reading.role in Role.values else "")
        for _name, reading in reversed(readings_of_each(name_of(one) for one in consents))
    ]
    context = own_context(
        teller, form=form, yes=contact_yes(teller), readings=readings, consents=consents, is_too_young=needs_adult(teller)
    )
    return render(request, "listening/own_contact.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def contact(request: LabRequest, teller: str) -> HttpResponse:
    """How a teller can be reached, for who answers them. Opening it leaves a line that they see."""
    who = get_object_or_404(request.lab.pseudonyms.select_related("lab"), public_id=teller)
    yes = contact_yes(who)
    if yes is None or not may_reach(who, reader=request.actor):
        raise NotAllowed(secret=True)
    context = {"teller": who, "contact": open_contact(yes, by=request.actor), "yes": yes}
    return render(request, "listening/contact.html", context)
