"""The officer's desk. Whoever may not be here finds no page; each reading leaves a line before anything is shown."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.ledger.actions import Action
from medskapa.ground.ledger.actors import Actor, may, require
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.fresh_proof import is_proved
from medskapa.ground.safeguarding.actions import read_concern
from medskapa.ground.safeguarding.following import (
    assess_concern,
    close_concern,
    follow_up_concern,
    make_letter,
    note_step,
    report_concern,
    take_concern,
    talk_about_concern,
)
from medskapa.ground.safeguarding.forms import CloseForm, LetterForm, StepForm
from medskapa.ground.safeguarding.letter import Report, pdf_of, texts
from medskapa.ground.safeguarding.models import Concern, Step
from medskapa.ground.safeguarding.periods import CONCERNS
from medskapa.ground.safeguarding.queries import concerns_of
from medskapa.ground.safeguarding.retention import periods_of
from medskapa.ground.web.guard import same_origin
from medskapa.ground.web.moments import day, number
from medskapa.ground.web.pages import paged, see_other

VERBS: dict[str, Action[Any, Any, Any]] = {
    Step.ASSESS: assess_concern,
    Step.TALK: talk_about_concern,
    Step.FOLLOW_UP: follow_up_concern,
    Step.NOTE: note_step,
}


def refuse_secretly(request: LabRequest, verb: str, subject: object = None) -> None:
    """Go on only for who may; for all others this page is not there. Raises NotAllowed, and what ``require`` raises."""
    if not may(request.actor, verb, subject or request.lab):
        raise NotAllowed(secret=True)
    require(request.actor, verb, subject or request.lab)


@never_cache
@require_safe
def concerns(request: LabRequest) -> HttpResponse:
    """All concerns, the most urgent first, each with what comes next. Nothing of what they say is shown here."""
    refuse_secretly(request, "concern.see")
    page = paged(request, concerns_of(request.lab, reader=request.actor))
    return render(request, "safeguarding/concerns.html", {"title": _("Concerns"), "page": page, "now": now()})


@never_cache
@same_origin  # and no token, which dies when somebody signs in anew in another tab while they write
@require_http_methods(["GET", "POST"])
@once
def concern(request: LabRequest, concern: str) -> HttpResponse:
    """One concern with its steps; write down the next one from here."""
    row = _concern(request, concern)
    form = StepForm(request.POST if request.method == "POST" else None, concern=row)
    must_prove = _is_report(form) and not is_proved(request.actor, "concern.report")
    if must_prove or not form.is_valid():
        alarms = row.alarms.select_related("to").order_by("at", "pk")
        opened = read_concern(row, by=request.actor)
        context = {"concern": row, "opened": opened, "alarms": alarms, "form": form, "must_prove": must_prove}
        return render(request, "safeguarding/concern.html", context, status=422 if form.is_bound else 200)
    _write_down(row, form, request.actor)
    return see_other(request, row, _("It is written down."))


@require_POST
@once
def take(request: LabRequest, concern: str) -> HttpResponse:
    """Take a concern on."""
    return see_other(request, take_concern(_concern(request, concern), by=request.actor), _("You have taken it on."))


@never_cache
@require_http_methods(["GET", "POST"])
@once
def close(request: LabRequest, concern: str) -> HttpResponse:
    """Close a concern, saying how it ended; it can be taken on again."""
    row = _concern(request, concern)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        days = periods_of(request.lab)[CONCERNS]
        lead = _("It stays here for %(days)s days, also if the story is taken back, and can be taken on again. Then it goes for good.")
        lead = lead % {"days": number(days)}
        context = {"title": _("Close the concern"), "lead": lead, "form": form, "submit": _("Close it"), "back": row.get_absolute_url()}
        return render(request, "web/form.html", context, status=422 if form.is_bound else 200)
    return see_other(request, close_concern(row, ended=form.cleaned_data["ended"], by=request.actor), _("It is closed."))


@never_cache
@same_origin
@require_http_methods(["GET", "POST"])
def letter(request: LabRequest, concern: str) -> HttpResponse:
    """Make the report to the social services as PDF. It is this one answer, and is kept nowhere: not even for a form sent twice.

    Whoever showed too long ago who they are is asked before they write, and again without losing a word when it took them long.
    """
    row = _concern(request, concern)
    is_sent = request.method == "POST"
    must_prove = is_sent and not is_proved(request.actor, "concern.letter")
    if not must_prove:
        refuse_secretly(request, "concern.letter", row)
    form = LetterForm(request.POST if is_sent else None, lab=request.lab, initial=None if is_sent else _first_draft(row, request.actor))
    if must_prove or not form.is_valid():
        context = {"concern": row, "form": form, "law": texts()["law"], "back": row.get_absolute_url(), "must_prove": must_prove}
        return render(request, "safeguarding/letter.html", context, status=422 if form.is_bound else 200)
    report = Report(**form.cleaned_data, urgency=row.urgency, day=today_of(request.lab))
    content = pdf_of(report, request.lab)
    make_letter(row, by=request.actor)
    name = f"orosanmalan-{report.day.isoformat()}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _first_draft(row: Concern, by: Actor) -> dict[str, str]:
    """What the letter says before the officer has changed it: the worry, and each step with its day."""
    opened = read_concern(row, by=by)
    with override("sv"):
        done = [f"{day(step.at)}: {step.done}" for step in opened.steps]
    return {"worry": opened.concern.worry, "done": "\n".join(done)}


def _is_report(form: StepForm) -> bool:
    return form.is_valid() and form.cleaned_data["kind"] == Step.REPORT


def _write_down(row: Concern, form: StepForm, by: Actor) -> None:
    done, kind = form.cleaned_data["done"], form.cleaned_data["kind"]
    if kind == Step.REPORT:
        report_concern(row, done=done, plan=form.plan, to=form.cleaned_data["reported_to"], by=by)
    else:
        VERBS[kind](row, done=done, plan=form.plan, by=by)


def _concern(request: LabRequest, concern: str) -> Concern:
    refuse_secretly(request, "concern.see")
    return get_object_or_404(concerns_of(request.lab, reader=request.actor).defer(None), public_id=concern)
