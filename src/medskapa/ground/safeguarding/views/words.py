"""The words that raise a concern by themselves: a list for each language, which the officer changes for the lab."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.safeguarding.actions import set_worry_words
from medskapa.ground.safeguarding.forms import WordsForm
from medskapa.ground.safeguarding.views.officer import refuse_secretly
from medskapa.ground.safeguarding.worries import lists_of
from medskapa.ground.web.pages import see_other


@require_safe
def words(request: LabRequest) -> HttpResponse:
    """The list of each language: how long it is, and whether a speaker has read it."""
    refuse_secretly(request, "worry_words.set")
    return render(request, "safeguarding/words.html", {"lists": lists_of(request.lab)})


@require_http_methods(["GET", "POST"])
@once
def edit_words(request: LabRequest, into: str) -> HttpResponse:
    """Change one list, or take the usual one again."""
    refuse_secretly(request, "worry_words.set")
    found = next((one for one in lists_of(request.lab) if one.language == into), None)
    if found is None:
        raise Http404
    form = WordsForm(request.POST if request.method == "POST" else None, language=into, words=found.words)
    taken_back = found.usual.words if found.usual and "usual" in request.POST else None
    if taken_back is None and not form.is_valid():
        return render(request, "safeguarding/edit_words.html", {"list": found, "form": form}, status=422 if form.is_bound else 200)
    words = form.cleaned_data["words"] if taken_back is None else taken_back
    set_worry_words(request.lab, language=into, words=words, by=request.actor)
    return see_other(request, reverse("safeguarding:words", kwargs={"lab": request.lab.slug}), _("Saved."))
