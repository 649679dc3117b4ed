"""Pages of reviews: a juror's own page for each application, and a review to read."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.asking import ask
from medskapa.ground.web.pages import see_other
from medskapa.stages.selection import actions, queries
from medskapa.stages.selection.forms import ReviewForm


@require_http_methods(["GET", "POST"])
@once
def write_review(request: LabRequest, application: str) -> HttpResponse:
    """One application on one page, beside the criteria. *Save* keeps it, *Send* makes it count."""
    rows = queries.readable_applications(request.lab, reader=request.actor).select_related("call__lab")
    found = get_object_or_404(rows, public_id=application)
    require(request.actor, "review.write", found)
    own = queries.own_review(found, request.actor)
    if own is not None and own.sent_at:
        return see_other(request, own)
    if found.call.is_blind and request.method == "GET":
        actions.read_applications(found.call, applications=[found], by=request.actor)
    criteria = queries.criteria_of(found.call)
    worded([found, found.call, *criteria], get_language() or "")
    form = ReviewForm(request.POST or None, criteria=criteria, review=own)
    if form.is_bound and form.is_valid():
        words = {"strengths": form.cleaned_data["strengths"], "change": form.cleaned_data["change"]}
        review = actions.write_review(found, scores=form.scores, by=request.actor, **words)
        if "send" in request.POST:
            actions.send_review(review, by=request.actor)
            return see_other(request, review, _("Your review is sent. Now you can read what the others wrote."))
        return see_other(request, found, _("Your review is saved. Nobody else sees it yet."))
    more: dict[str, Any] = {"application": found, "is_hidden": queries.is_hidden_from(request.actor, found)}
    return ask(request, form, title=text_of(found), submit=_("Send"), back=found, template="selection/write_review.html", **more)


@require_GET
def review(request: LabRequest, review: str) -> HttpResponse:
    """One review."""
    found = get_object_or_404(queries.visible_reviews(request.lab, reader=request.actor), public_id=review)
    worded([found.application, found.application.call, *(score.criterion for score in found.scores.all())], get_language() or "")
    return render(request, "selection/review.html", {"review": found, "is_own": queries.is_own(request.actor, found)})
