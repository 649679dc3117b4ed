"""Answers that came in bursts: looked at, set aside, counted again."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded_one
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.languages import asked
from medskapa.ground.web.pages import see_other
from medskapa.stages.listening.actions import count_again, set_answers_aside
from medskapa.stages.listening.bursts import marked_in
from medskapa.stages.listening.forms.conversing import BurstForm
from medskapa.stages.listening.models import AnswersSetAside
from medskapa.stages.listening.queries import set_aside_in


@require_http_methods(["GET", "POST"])
@once
def bursts(request: LabRequest, conversation: str) -> HttpResponse:
    """The bursts of a conversation, and what was set aside."""
    row = get_object_or_404(request.lab.conversations.select_related("lab"), public_id=conversation)
    require(request.actor, "vote.set_aside", row)
    form = BurstForm(request.POST if request.method == "POST" else None, marked=marked_in(row))
    if form.is_valid():
        set_answers_aside(row, **form.cleaned_data, by=request.actor)
        return see_other(request, row, _("They count no more. Everybody who reads the results sees that, and why."))
    context = {"title": _("Answers that came in bursts"), "conversation": worded_one(row, asked()), "form": form}
    context |= {"asides": set_aside_in(row), "submit": _("Set them aside"), "back": row.get_absolute_url()}
    return render(request, "listening/bursts.html", context, status=422 if form.is_bound else 200)


@require_POST
@once
def again(request: LabRequest, aside: str) -> HttpResponse:
    """Count answers again."""
    rows = AnswersSetAside.objects.filter(conversation__lab=request.lab).select_related("lab", "conversation__lab")
    done = count_again(get_object_or_404(rows, public_id=aside), by=request.actor)
    return see_other(
        request,
        reverse("listening:bursts", kwargs={"lab": request.lab.slug, "conversation": done.conversation.public_id}),
        _("They count again."),
    )
