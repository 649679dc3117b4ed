"""The questions a lab asks its tellers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded, worded_one
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.languages import asked
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.listening.actions import move_prompt, save_prompt
from medskapa.stages.listening.forms.conversing import PromptForm
from medskapa.stages.listening.models import Prompt
from medskapa.stages.listening.order import last_place
from medskapa.stages.listening.queries import prompts_of

FEWEST, MOST = 3, 8


@require_safe
def prompts(request: LabRequest) -> HttpResponse:
    """What the lab asks, in order."""
    require(request.actor, "prompt.see", request.lab)
    page = paged(request, prompts_of(request.lab, reader=request.actor))
    may_edit = may(request.actor, "prompt.edit", request.lab)
    count = request.lab.prompts.filter(closed_at__isnull=True).count() if may_edit else 0
    context: dict[str, object] = {"title": _("Questions"), "page": page, "prompts": worded(page.object_list, asked())}
    context |= {"may_edit": may_edit, "count": count, "advice": _advice(count)}
    return render(request, "listening/prompts.html", context)


@require_safe
def prompt(request: LabRequest, prompt: str) -> HttpResponse:
    """One question."""
    row = get_object_or_404(prompts_of(request.lab, reader=request.actor), public_id=prompt)
    require(request.actor, "prompt.see", row)
    told = row.stories.count() if request.actor.is_team else None
    return render(request, "listening/prompt.html", {"prompt": worded_one(row, asked()), "told": told})


@require_http_methods(["GET", "POST"])
@once
def new_prompt(request: LabRequest) -> HttpResponse:
    """Ask a new question."""
    require(request.actor, "prompt.edit", request.lab)
    return _edited(request, Prompt(lab=request.lab, order=last_place(request.lab.prompts.all())), _("New question"))


@require_http_methods(["GET", "POST"])
@once
def edit_prompt(request: LabRequest, prompt: str) -> HttpResponse:
    """Change a question, or ask it no longer."""
    row = get_object_or_404(request.lab.prompts.select_related("lab"), public_id=prompt)
    require(request.actor, "prompt.edit", row)
    return _edited(request, row, _("Change the question"))


@require_POST
@once
def move(request: LabRequest, prompt: str) -> HttpResponse:
    """Ask a question one place earlier or later, and stay where it is now in the list."""
    row = get_object_or_404(request.lab.prompts.select_related("lab"), public_id=prompt)
    move_prompt(row, up=request.POST.get("way") == "up", by=request.actor)
    listed = reverse("listening:prompts", kwargs={"lab": request.lab.slug})
    return see_other(request, f"{listed}#{row.public_id}", _("The question is moved."))


def _advice(count: int) -> str:
    """What to say to those who set the questions, where so many are too few or too many."""
    if 0 < count < FEWEST:
        return _("Three questions or more help to begin, since each tells something else. Every one can be skipped.")
    return _("More than eight questions are too many on a phone. Stop asking some of them.") if count > MOST else ""


def _edited(request: LabRequest, row: Prompt, title: str) -> HttpResponse:
    form = PromptForm(request.POST if request.method == "POST" else None, instance=row, lab=request.lab)
    if not form.is_valid():
        back = row.get_absolute_url() if row.pk else ""
        context = {"title": title, "form": form, "back": back}
        return render(request, "web/form.html", context, status=422 if form.is_bound else 200)
    return see_other(request, save_prompt(form.filled(), by=request.actor), _("The question is saved."))
