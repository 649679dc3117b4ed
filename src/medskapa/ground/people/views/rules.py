"""Which roles one person may not hold together, and why."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from medskapa.ground.ledger.actors import require
from medskapa.ground.people.requests import PersonRequest
from medskapa.ground.people.rules import Within, groups_within


@require_safe
def rules(request: PersonRequest) -> HttpResponse:
    """All forbidden combinations, sorted by where they hold."""
    require(request.actor, "rules.see")
    places = [(within.label, groups_within(within)) for within in Within]
    return render(request, "people/rules.html", {"places": places})
