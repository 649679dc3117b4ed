"""Cards of paper: print them, find one that came back, type it in beside its photo."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.codes import hash_code, in_lines, new_code
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import AgeBand, Lab
from medskapa.ground.labs.prints import addresses_of, card_text, typed
from medskapa.ground.labs.vouching import is_certain
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.bare import bare
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.listening.actions import add_card_photo, print_cards, read_card_photo, take_card, tell_story
from medskapa.stages.listening.circles import CIRCLES
from medskapa.stages.listening.forms.carding import LEVELS, CardForm, OpenForm, PrintForm
from medskapa.stages.listening.models import Card
from medskapa.stages.listening.pictures import TYPE
from medskapa.stages.listening.queries.cards import cards_of
from medskapa.stages.listening.queries.rules import rules_of


@require_safe
def cards(request: LabRequest) -> HttpResponse:
    """The cards, and a field for one that came back."""
    require(request.actor, "card.see", request.lab)
    return _list(request, OpenForm(lab=request.lab))


@require_POST
@once
def open_card(request: LabRequest) -> HttpResponse:
    """Find a card that came back by its number, and keep its photo until it is typed in."""
    require(request.actor, "card.open", request.lab)
    form = OpenForm(request.POST, request.FILES, lab=request.lab)
    if not form.is_valid():
        return _list(request, form)
    card: Card = form.cleaned_data["number"]
    if form.cleaned_data["photo"]:
        add_card_photo(card, photo=form.cleaned_data["photo"], by=request.actor)
    return see_other(request, card)


@never_cache
@require_http_methods(["GET", "POST"])
def new_cards(request: LabRequest) -> HttpResponse:
    """Print cards. The answer is the sheet with the codes, which stand nowhere else."""
    require(request.actor, "card.print", request.lab)
    form = PrintForm(request.POST if request.method == "POST" else None, lab=request.lab)
    if form.is_valid():
        codes = {code: hash_code(code) for code in (new_code() for _place in range(form.cleaned_data["count"]))}
        return _sheet(request, form.cleaned_data["language"], codes)
    context = {
        "title": _("Print cards to write on"),
        "lead": _("Each has a code of its own, which is shown once only: on the sheet that comes now. Print it at once."),
        "form": form,
        "submit": _("Make the cards"),
        "back": reverse("listening:cards", kwargs={"lab": request.lab.slug}),
    }
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@once
def card(request: LabRequest, card: str) -> HttpResponse:
    """Type in a card, beside its photo."""
    row = _card(request, card)
    require(request.actor, "card.type", row)
    if request.method == "GET" and not row.is_waiting:
        return redirect("listening:cards", lab=request.lab.slug)
    form = CardForm(request.POST if request.method == "POST" else None, card=row)
    if not form.is_valid():
        return render(request, "listening/card.html", {"card": row, "form": form}, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    teller = take_card(row, language=said["language"], age_band=said["age_band"], by=request.actor)
    story = tell_story(teller, telling=form.telling(), by=actor_of_pseudonym(teller))
    waits = _("Saved. An adult has to agree before anybody reads it: whoever wrote it finds a code for them with their own code.")
    text = waits if story.waits_since else _("Saved. The photo is deleted.")
    return see_other(request, reverse("listening:cards", kwargs={"lab": request.lab.slug}), text)


@never_cache
@require_safe
def card_photo(request: LabRequest, card: str) -> HttpResponse:
    """The photo of a card that is to be typed in. Each opening leaves a line."""
    row = get_object_or_404(request.lab.cards.select_related("lab"), public_id=card, photo__isnull=False)
    return bare(read_card_photo(row, by=request.actor), TYPE, "card.jpg")


@once
def _sheet(request: LabRequest, language: str, codes: dict[str, str]) -> HttpResponse:
    made = print_cards(request.lab, hashes=codes.values(), language=language, by=request.actor)
    asked = request.lab.prompts.filter(closed_at__isnull=True).order_by("order", "pk")
    with override(language):
        context = {
            "sheet_language": language,
            "is_certain": is_certain(request.lab, language),
            "cards": [(card, in_lines(code)) for card, code in zip(made, codes, strict=True)],
            "own": card_text(request.lab, language),
            "prompts": worded(asked, language),
            "levels": [str(label) for _value, label in LEVELS],
            "circles": [str(circle.label) for circle in CIRCLES],
            "ages": [str(label) for label in AgeBand.labels],
            "adult_below": rules_of(request.lab).adult_below,
            "is_of_authority": request.lab.host_kind == Lab.HostKind.AUTHORITY,
            "return_address": typed(addresses_of(request.lab, request.build_absolute_uri("/")).back),
        }
    return render(request, "listening/card_sheet.html", context)


def _list(request: LabRequest, form: OpenForm) -> HttpResponse:
    context = {"title": _("Paper cards"), "page": paged(request, cards_of(request.lab)), "form": form}
    return render(request, "listening/cards.html", context, status=422 if form.is_bound else 200)


def _card(request: LabRequest, public_id: str) -> Card:
    row: Card = get_object_or_404(cards_of(request.lab), public_id=public_id)
    return row
