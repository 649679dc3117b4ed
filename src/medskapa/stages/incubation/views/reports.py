"""Pages of reports: writing, sending, reading with a reply."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.asking import ask, confirm
from medskapa.ground.web.moments import month
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.incubation import actions, queries
from medskapa.stages.incubation.forms import ReplyForm, ReportForm
from medskapa.stages.incubation.models import Report


@require_GET
def reports(request: LabRequest) -> HttpResponse:
    """The reports somebody may see: their own, those they coach, those they lead. Raises NotAllowed for who has no name."""
    if request.actor.kind != "participation":
        raise NotAllowed
    page = paged(request, queries.readable_reports(request.lab, reader=request.actor))
    worded([thing for row in page.object_list for thing in (row, row.support)], get_language() or "")
    return render(request, "incubation/reports.html", {"page": page, "title": _("Reports")})


@require_GET
def report(request: LabRequest, report: str) -> HttpResponse:
    """One report, and its reply."""
    found = _report(request, report)
    worded([found, found.support], get_language() or "")
    context = {"report": found, "is_own": queries.is_innovator(request.actor, found.support)}
    return render(request, "incubation/report.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_report(request: LabRequest, support: str) -> HttpResponse:
    """Begin a report."""
    found = get_object_or_404(queries.supports_of(request.lab), public_id=support)
    require(request.actor, "report.write", found)
    form = ReportForm(request.POST or None, lab=request.lab, initial={"period": month(today_of(request.lab))})
    if form.is_bound and form.is_valid():
        made = actions.write_report(found, by=request.actor, **form.cleaned_data)
        return see_other(request, made, _("The report is a draft. Nobody else sees it until you send it."))
    return ask(request, form, title=_("Write a report"), lead=text_of(found), submit=_("Save the draft"), back=found)


@require_http_methods(["GET", "POST"])
@once
def edit_report(request: LabRequest, report: str) -> HttpResponse:
    """Go on writing."""
    found = _report(request, report)
    require(request.actor, "report.edit", found)
    form = ReportForm(request.POST or None, lab=request.lab, instance=found)
    if form.is_bound and form.is_valid():
        actions.edit_report(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The report is changed."))
    return ask(request, form, title=_("Change the report"), submit=_("Save"), back=found)


@require_http_methods(["GET", "POST"])
@once
def send_report(request: LabRequest, report: str) -> HttpResponse:
    """Ask once more, then send it."""
    found = _report(request, report)
    require(request.actor, "report.send", found)
    if request.method == "POST":
        actions.send_report(found, by=request.actor)
        return see_other(request, found, _("The report is sent. The reply comes here."))
    text = _("Your coach and those who lead the programme read it. After that it does not change.")
    return confirm(request, title=_("Send the report?"), text=text, submit=_("Send"), back=found)


@require_http_methods(["GET", "POST"])
@once
def read_report(request: LabRequest, report: str) -> HttpResponse:
    """Say that it was read, perhaps with a reply."""
    found = _report(request, report)
    require(request.actor, "report.read", found)
    form = ReplyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.read_report(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The report is read, and its writer can see that."))
    return ask(request, form, title=_("Reply to the report"), lead=text_of(found, "period"), submit=_("I have read it"), back=found)


def _report(request: LabRequest, public_id: str) -> Report:
    """A report the reader may see. Raises NotAllowed for others: that there are reports is no secret."""
    found = queries.readable_reports(request.lab, reader=request.actor).filter(public_id=public_id).first()
    if found is None:
        get_object_or_404(request.lab.reports, public_id=public_id)
        raise NotAllowed
    return found
