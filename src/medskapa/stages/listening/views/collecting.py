"""A partner collects with all questions on one page, for places where no next page would come."""

import secrets

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.web.guard import same_origin
from medskapa.stages.listening.forms.telling import LONGEST, TellForm
from medskapa.stages.listening.forms.whole import WholeForm
from medskapa.stages.listening.models import PartnerLink
from medskapa.stages.listening.views.telling import addresses, form_for, link_of, next_person, over_page, take, who_is_there


@never_cache
@same_origin
@require_http_methods(["GET", "POST"])
def whole(request: LabRequest, partner: str) -> HttpResponse:
    """All of a telling, and take the story. The answer is the page with the code, which stands nowhere else."""
    link = link_of(request, partner)
    if request.POST.get("go") == "other":
        return next_person(request, link, request.path)
    if over := over_page(request, link):
        return over
    form = form_for(request, None, link, kind=WholeForm)
    if request.method == "GET":
        return _page(request, link, form)
    if not form.is_valid() or form.is_empty:
        return _page(request, link, form, status=422)
    return take(request, form, link, request.path)


def _page(request: LabRequest, link: PartnerLink, form: TellForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "form_key": request.POST.get("form_key") or secrets.token_urlsafe(18),
        "partner": link,
        "answers": [(form[name], prompt) for name, prompt in form.answers.items()],
        "marks": [(form[step.name], step.scale) for step in form.steps if step.scale],
        "is_wrong": bool(form.errors),
        "is_empty": form.is_bound and not form.errors,
        "is_certain": form.is_certain,
        "longest": LONGEST,
        **addresses(request.lab, link),
        **who_is_there(request.lab),
    }
    return render(request, "listening/whole.html", context, status=status)
