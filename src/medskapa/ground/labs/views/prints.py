"""What is printed: a poster, and cards to hand out, with the address and a square; never a code."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.prints import CardText, addresses_of, card_texts, lacking_languages, typed
from medskapa.ground.ledger.actors import require

CARDS = 8  # on a sheet of A4


@require_safe
def poster(request: LabRequest) -> HttpResponse:
    """One sheet of A4 in the languages of the lab."""
    require(request.actor, "lab.print", request.lab)
    return render(request, "labs/poster.html", _context(request))


@require_safe
def cards(request: LabRequest) -> HttpResponse:
    """A sheet of small cards, each language in turn."""
    require(request.actor, "lab.print", request.lab)
    context = _context(request)
    texts: list[CardText] = context["texts"]
    return render(request, "labs/cards.html", {**context, "cards": [texts[place % len(texts)] for place in range(CARDS)]})


def _context(request: LabRequest) -> dict[str, Any]:
    addresses = addresses_of(request.lab, request.build_absolute_uri("/"))
    return {
        "texts": card_texts(request.lab),
        "lacking": lacking_languages(request.lab),
        "tell_address": addresses.tell,
        "shown_address": typed(addresses.lab),
        "return_address": typed(addresses.back),
    }
