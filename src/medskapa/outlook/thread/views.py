"""Pages of the thread: its picture, the ways into it, echoes, and who waits."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded, worded_one
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.ledger.registry import REGISTRY
from medskapa.ground.safeguarding.disclosure import is_few
from medskapa.ground.web.glyphs import STAGE_NAMES
from medskapa.ground.web.languages import direction, shown
from medskapa.ground.web.pages import paged, see_other
from medskapa.outlook.thread import actions, queries, tree, words
from medskapa.outlook.thread.drawing import LISTEN, Threads, pruned
from medskapa.outlook.thread.forms import EchoForm
from medskapa.outlook.thread.tall import tall_picture
from medskapa.outlook.thread.waiting import waits
from medskapa.outlook.thread.wide import wide_picture


@require_GET
def threads(request: LabRequest) -> HttpResponse:
    """Ways into the thread, the furthest stage first."""
    require(request.actor, "thread.see", request.lab)
    found = queries.latest_by_stage(request.lab, reader=request.actor, language=_language())
    return render(request, "thread/threads.html", {"stages": found})


@require_GET
def thread(request: LabRequest, kind: str, subject: str) -> HttpResponse:
    """Where an artefact came from and what it became, as a picture and as a list."""
    require(request.actor, "thread.see", request.lab)
    start = _artefact(request, kind, subject)
    found, walked = queries.thread_of(start, reader=request.actor, language=_language())
    return render(request, "thread/thread.html", _picture(request, found) | {"more": walked.more, "start": start})


def _picture(request: LabRequest, threads: Threads) -> dict[str, Any]:
    names = [str(name) for name in STAGE_NAMES.values()]
    wide = wide_picture(pruned(threads, words.more_title, on=6, beside=5), names)
    tall = tall_picture(pruned(threads, words.more_title, on=3, beside=3))
    if direction(shown()) == "rtl":
        wide, tall = wide.mirrored(), tall.mirrored()
    told = threads.in_column(LISTEN)
    behind = [knot for knot in told if knot.is_on and knot.is_story]
    on_the_way, beside = tree.branches(pruned(threads, words.more_title, beside=5))
    few = not request.actor.is_team and is_few(sum(knot.count for knot in behind))
    return {
        "title": next(knot.title for knot in threads.knots.values() if knot.is_start).rstrip("."),
        "lead": words.lead(sum(knot.count for knot in behind), is_few=few),
        "wide": wide,
        "tall": tall,
        "branches": on_the_way,
        "beside": beside,
        "stories": tree.stories(threads),
        "has_statements": any(not knot.is_story for knot in told),
        "has_stumps": any(knot.is_stump for knot in threads.knots.values()),
    }


def _artefact(request: LabRequest, kind: str, subject: str) -> Any:
    found = queries.artefact_of(request.lab, kind, subject)
    if found is None:
        raise Http404
    return found


@require_GET
def echoes(request: LabRequest) -> HttpResponse:
    """What the lab has told back: all of it for the team, their own for a teller."""
    page = paged(request, queries.visible_echoes(request.lab, reader=request.actor))
    page.object_list = worded(page.object_list, _language())
    return render(request, "thread/echoes.html", {"title": _("Told back"), "page": page})


@require_GET
def echo(request: LabRequest, echo: str) -> HttpResponse:
    """One echo, in all its languages."""
    found = get_object_or_404(queries.visible_echoes(request.lab, reader=request.actor), public_id=echo)
    texts = request.lab.all_wordings.filter(subject=found.public_id, field="title").order_by("language")
    return render(request, "thread/echo.html", {"echo": worded_one(found, _language()), "texts": texts})


@require_http_methods(["GET", "POST"])
@once
def new_echo(request: LabRequest, kind: str, subject: str) -> HttpResponse:
    """Tell those whose stories lead to an artefact what happened."""
    require(request.actor, "echo.send", request.lab)
    start = _artefact(request, kind, subject)
    hearers = queries.tellers_behind(start, lab=request.lab)
    others = sorted({hearer.language for hearer in hearers} - {request.lab.language})
    form = EchoForm(request.POST or None, languages=others)
    if form.is_valid():
        stage = REGISTRY.stages[type(start)].name
        made = actions.send_echo(
            request.lab,
            stage=stage,
            about=start.public_id,
            title=form.cleaned_data["title"],
            language=request.lab.language,
            hearers=hearers,
            wordings=form.wordings,
            by=request.actor,
        )
        return see_other(request, made, _("It waits for them when they come back with their code."))
    context = {"title": _("Tell those who told"), "form": form, "back": queries.thread_address(start), "hearers": hearers}
    context["about"] = queries.title_of(start, reader=request.actor, language=_language())
    return render(request, "thread/new_echo.html", context, status=422 if form.is_bound else 200)


@require_GET
def waiting(request: LabRequest) -> HttpResponse:
    """Who waits for an answer or for news, longest first."""
    require(request.actor, "echo.send", request.lab)
    return render(request, "thread/waiting.html", {"waits": waits(request.lab)})


def _language() -> str:
    return get_language() or "en"
