"""What a lab publishes of how it moderates."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.ledger.actors import require
from medskapa.stages.listening.queries.policy import policy_of


@require_safe
def policy(request: LabRequest) -> HttpResponse:
    """How stories and statements are moderated, for everybody."""
    require(request.actor, "lab.see", request.lab)
    return render(request, "listening/policy.html", {"policy": policy_of(request.lab)})
