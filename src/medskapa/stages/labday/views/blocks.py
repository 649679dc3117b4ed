"""The run sheet's blocks: adding, changing, moving, removing, and running the day."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import see_other
from medskapa.stages.labday.actions import add_block, edit_block, end_block, move_block, remove_block, start_block
from medskapa.stages.labday.forms import BlockForm
from medskapa.stages.labday.models import Block
from medskapa.stages.labday.views.days import day_for
from medskapa.stages.understanding.asking import Question, ask_first, typed


@require_http_methods(["GET", "POST"])
@once
def new_block(request: LabRequest, day: str) -> HttpResponse:
    """Add a block at the end of the day."""
    found = day_for(request, day, "block.add")
    form = BlockForm(typed(request), lab=request.lab, initial={"minutes": 30})
    if form.is_valid():
        add_block(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The block is on the run sheet."))
    context = {"title": _("New block"), "lead": text_of(found, "name"), "form": form, "back": found.get_absolute_url()}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def edit_a_block(request: LabRequest, day: str, block: str) -> HttpResponse:
    """Change a block."""
    found = _block(request, day, block, "block.edit")
    form = BlockForm(typed(request), lab=request.lab, instance=found)
    if form.is_valid():
        edit_block(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found.gathering, _("Saved. Whatever follows has moved along."))
    context = {"title": _("Edit the block"), "form": form, "back": found.gathering.get_absolute_url()}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def remove_a_block(request: LabRequest, day: str, block: str) -> HttpResponse:
    """Take a block out of the day."""
    found = _block(request, day, block, "block.remove")
    text = _("Whatever follows moves up.")
    question = Question(_("Take this block out?"), text, _("Take it out"), found.gathering.get_absolute_url(), kind="stop")
    return ask_first(request, question, do=partial(remove_block, found, by=request.actor), done=_("The block is gone."))


@require_POST
@once
def move(request: LabRequest, day: str, block: str) -> HttpResponse:
    """Let a block change places with its neighbour."""
    found = _block(request, day, block, "block.move")
    move_block(found, up=request.POST.get("way") == "up", by=request.actor)
    return see_other(request, found.gathering)


@require_POST
@once
def start(request: LabRequest, day: str, block: str) -> HttpResponse:
    """Begin a block; the one before it ends."""
    found = _block(request, day, block, "block.start")
    start_block(found, by=request.actor)
    return see_other(request, found.gathering, _("It has begun. The big screen shows it."))


@require_POST
@once
def end(request: LabRequest, day: str, block: str) -> HttpResponse:
    """End the block that runs."""
    found = _block(request, day, block, "block.end")
    end_block(found, by=request.actor)
    return see_other(request, found.gathering, _("It has ended."))


def _block(request: LabRequest, day: str, public_id: str, verb: str) -> Block:
    gathering = day_for(request, day)
    found = get_object_or_404(gathering.blocks.select_related("lab", "gathering__lab"), public_id=public_id)
    require(request.actor, verb, found)
    return found
