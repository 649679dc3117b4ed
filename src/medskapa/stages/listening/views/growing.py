"""Where a teller who was under 18 says, at a return, how old they are now."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import see_other
from medskapa.stages.listening.actions import confirm_age
from medskapa.stages.listening.actions.growing import is_age_asked
from medskapa.stages.listening.forms.growing import AgeForm
from medskapa.stages.listening.views.returning import own_context, with_code


@with_code
@require_http_methods(["GET", "POST"])
@once
def own_age(request: LabRequest, teller: Pseudonym) -> HttpResponse:
    """How old are you now? One question, before the rest."""
    if not is_age_asked(teller):
        return redirect("listening:own_page")
    form = AgeForm(request.POST if request.method == "POST" else None, teller=teller)
    if not form.is_valid():
        return render(request, "listening/own_age.html", own_context(teller, form=form), status=422 if form.is_bound else 200)
    has_ended = confirm_age(teller, band=form.chosen, by=request.actor)
    text = _("Thank you. What an adult agreed to for you has ended. Say yourself who may read what you told.")
    return see_other(request, reverse("listening:own_page"), text if has_ended else _("Thank you."))
