"""Pages of reviews of the child's best interests."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.safeguarding.disclosure import a_few
from medskapa.ground.web.asking import ask
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.listening.models import Story
from medskapa.stages.listening.visibility import readable
from medskapa.stages.selection import actions, queries
from medskapa.stages.selection.forms import BestInterestsForm
from medskapa.stages.selection.views.addresses import at


@require_GET
def all_best_interests(request: LabRequest) -> HttpResponse:
    """Every review of the child's best interests."""
    require(request.actor, "best_interests.see", request.lab)
    page = paged(request, queries.all_best_interests(request.lab))
    worded(page.object_list, get_language())
    return render(request, "selection/all_best_interests.html", {"page": page, "title": _("The child's best interests")})


@require_GET
def best_interests(request: LabRequest, best_interests: str) -> HttpResponse:
    """One review, as it is annexed to a case."""
    require(request.actor, "best_interests.see", request.lab)
    review: Any = get_object_or_404(queries.all_best_interests(request.lab), public_id=best_interests)
    worded([review], get_language())
    heard = a_few(review.heard_count, request.actor)
    return render(request, "selection/best_interests.html", {"review": review, "heard": heard, "is_settled": review.decisions.exists()})


@require_http_methods(["GET", "POST"])
@once
def new_best_interests(request: LabRequest) -> HttpResponse:
    """Weigh what a measure means for children."""
    require(request.actor, "best_interests.write", request.lab)
    form = BestInterestsForm(request.POST or None, lab=request.lab, stories=_stories(request))
    if form.is_bound and form.is_valid():
        made = actions.write_best_interests(request.lab, by=request.actor, **form.cleaned_data)
        return see_other(request, made, _("The review is written. Decisions and pilots can rest on it now."))
    lead = _("Every measure that touches children needs this, also when it touches them only indirectly.")
    title = _("Weigh the child's best interests")
    return ask(request, form, title=title, lead=lead, submit=_("Save"), back=at("all_best_interests", request.lab))


@require_http_methods(["GET", "POST"])
@once
def edit_best_interests(request: LabRequest, best_interests: str) -> HttpResponse:
    """Go on writing a review that no decision rests on yet."""
    review = get_object_or_404(queries.all_best_interests(request.lab), public_id=best_interests)
    require(request.actor, "best_interests.edit", review)
    form = BestInterestsForm(request.POST or None, lab=request.lab, instance=review, stories=_stories(request))
    if form.is_bound and form.is_valid():
        actions.edit_best_interests(review, by=request.actor, **form.cleaned_data)
        return see_other(request, review, _("The review is changed."))
    return ask(request, form, title=_("Change the review"), submit=_("Save"), back=review)


def _stories(request: LabRequest) -> QuerySet[Story]:
    return readable(request.lab.stories.all(), reader=request.actor)
