"""What anybody may see of labs: which there are, a lab's first page, who decides what, rights, and help now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from medskapa.ground.labs import queries
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.rail import counted
from medskapa.ground.labs.thread_in_words import STEPS_OF_THREAD
from medskapa.ground.labs.vouching import is_certain
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.stages import counts
from medskapa.ground.web import languages

FEW = 5  # fewer stories than this are drawn as three strands: "a few"
MOST = 5  # labs whose stories are drawn on the home page


@require_safe
def labs(request: LabRequest) -> HttpResponse:
    """What Medskapa is, and the labs that are open."""
    found = worded(queries.open_labs(), languages.asked())
    context = {"labs": found, "strands": strands(sum(counts(lab).get("listen", 0) for lab in found[:MOST])), "steps": STEPS_OF_THREAD}
    return render(request, "labs/labs.html", context)


@require_safe
def lab(request: LabRequest) -> HttpResponse:
    """A lab's first page; later rooms offer most of it."""
    require(request.actor, "lab.see", request.lab)
    running = queries.runs_now(request.lab)
    worded([request.lab, *([running] if running else [])], languages.asked())
    return render(request, "labs/lab.html", {"phase": running, "strands": strands(counted(request.lab).get("listen", 0))})


@require_safe
def phases(request: LabRequest) -> HttpResponse:
    """Who decides what, phase by phase."""
    require(request.actor, "lab.see", request.lab)
    running = queries.runs_now(request.lab)
    context = {"phases": worded(queries.phases(request.lab), languages.asked()), "running": running}
    return render(request, "labs/phases.html", context)


@require_safe
def rights(request: LabRequest) -> HttpResponse:
    """Your rights, in plain words. Nothing is stored."""
    return render(request, "labs/rights.html", {"is_certain": is_certain(request.lab, languages.shown())})


@require_safe
def help_now(request: LabRequest) -> HttpResponse:
    """Where to get help now. Nothing is stored."""
    contacts = worded(queries.help_contacts(request.lab), languages.asked()) if request.lab else []
    return render(request, "labs/help.html", {"contacts": contacts, "is_certain": is_certain(request.lab, languages.shown())})


def strands(stories: int) -> int:
    """How many strands stand for so many stories: each has its own, but a few are always three."""
    return stories if stories >= FEW or not stories else 3
