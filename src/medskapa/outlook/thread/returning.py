"""What a teller does with what was told back to them."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import see_other
from medskapa.outlook.thread import actions
from medskapa.stages.listening.views.returning import with_code


@with_code
@require_POST
@once
def read_echoes(request: LabRequest, teller: Pseudonym) -> HttpResponse:
    """A teller has read what was told back."""
    actions.read_echoes(teller, by=request.actor)
    return see_other(request, reverse("listening:own_page"), _("Thank you. The lab sees that you have read it."))
