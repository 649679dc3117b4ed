"""Pages of supports, and all of them at a glance."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.asking import ask, confirm
from medskapa.ground.web.moments import day, money
from medskapa.ground.web.pages import paged, see_other
from medskapa.ground.web.templatetags.medskapa import plainly
from medskapa.stages.incubation import actions, queries
from medskapa.stages.incubation.forms import EventForm, NewSupportForm, ReasonForm, SupportForm
from medskapa.stages.incubation.models import Goal, Support, SupportEvent
from medskapa.stages.incubation.portfolio import going_of, is_late


@require_GET
def supports(request: LabRequest) -> HttpResponse:
    """What is supported."""
    require(request.actor, "support.see", request.lab)
    page = paged(request, queries.supports_of(request.lab))
    page.object_list = worded(page.object_list, get_language())
    return render(request, "incubation/supports.html", {"page": page, "title": _("Support")})


@require_GET
def portfolio(request: LabRequest) -> HttpResponse:
    """All supports at a glance: who needs somebody today, lights, what was reached and paid."""
    require(request.actor, "portfolio.see", request.lab)
    today = today_of(request.lab)
    followed = worded(queries.followed(request.lab), get_language())
    worded([goal for row in followed for goal in row.goals.all()], get_language())
    rows = [going_of(row, today) for row in followed]
    alive = [row for row in rows if row.support.state in actions.ALIVE]
    context = {
        "rows": alive,
        "ended": [row for row in rows if row not in alive],
        "late": [goal for goal in queries.goals_near(request.lab, until=today) if is_late(goal, today)],
        "reports": list(queries.unread_reports(request.lab, reader=request.actor)),
        "asked": sum(row.support.decision.application.asks_minor for row in rows) // 100,
        "given": sum(row.paid_minor for row in rows) // 100,
        "reached": sum(row.reached for row in rows),
    }
    return render(request, "incubation/portfolio.html", context)


@require_GET
def support(request: LabRequest, support: str) -> HttpResponse:
    """One support: that there is one, for all; what was given, goals and reports, for those who follow it."""
    require(request.actor, "support.see", request.lab)
    found = get_object_or_404(queries.followed(request.lab), public_id=support)
    worded([found, found.decision.application, *found.goals.all(), *found.events.all()], get_language())
    follows = may(request.actor, "support.follow", found)
    today = today_of(request.lab)
    goals = [(goal, is_late(goal, today)) for goal in found.goals.all()] if follows else []
    may_edit = may(request.actor, "support.edit_event", found)
    context = {
        "support": found,
        "follows": follows,
        "areas": [(label, [pair for pair in goals if pair[0].area == area]) for area, label in Goal.Area.choices],
        "steps": [_step(event, may_edit=may_edit) for event in found.events.all()] if follows else [],
        "reports": worded(queries.readable_reports(request.lab, reader=request.actor).filter(support=found), get_language() or ""),
    }
    return render(request, "incubation/support.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_support(request: LabRequest) -> HttpResponse:
    """Agree on support for what was selected."""
    require(request.actor, "support.make", request.lab)
    decision = queries.supportable(request.lab).filter(public_id=request.GET.get("from", "")).first()
    initial = {"decision": decision, "title": decision.application.title} if decision else {}
    form = NewSupportForm(request.POST or None, lab=request.lab, initial=initial)
    if form.is_bound and form.is_valid():
        clean = dict(form.cleaned_data)
        made = actions.make_support(clean.pop("decision"), by=request.actor, **clean)
        return see_other(request, made, _("The support is agreed."))
    back = reverse("incubation:supports", kwargs={"lab": request.lab.slug})
    return ask(request, form, title=_("Agree on support"), submit=_("Save"), back=back)


@require_http_methods(["GET", "POST"])
@once
def edit_support(request: LabRequest, support: str) -> HttpResponse:
    """Change what is agreed."""
    found = _support(request, support)
    require(request.actor, "support.edit", found)
    form = SupportForm(request.POST or None, lab=request.lab, instance=found)
    if form.is_bound and form.is_valid():
        actions.edit_support(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The agreement is changed."))
    return ask(request, form, title=_("Change the agreement"), submit=_("Save"), back=found)


@require_http_methods(["GET", "POST"])
@once
def run_support(request: LabRequest, support: str) -> HttpResponse:
    """Ask once more, then begin."""
    found = _support(request, support)
    require(request.actor, "support.run", found)
    if request.method == "POST":
        actions.run_support(found, by=request.actor)
        return see_other(request, found, _("The support has begun."))
    text = _("From now on goals and reports are followed.")
    return confirm(request, title=_("Begin the support?"), text=text, submit=_("Begin"), back=found)


@require_http_methods(["GET", "POST"])
@once
def end_support(request: LabRequest, support: str) -> HttpResponse:
    """Ask once more, then end as agreed."""
    found = _support(request, support)
    require(request.actor, "support.end", found)
    if request.method == "POST":
        actions.end_support(found, by=request.actor)
        return see_other(request, found, _("The support has ended as agreed."))
    text = _("What was reached stays. It does not begin again.")
    return confirm(request, title=_("End the support as agreed?"), text=text, submit=_("End it"), back=found)


@require_http_methods(["GET", "POST"])
@once
def stop_support(request: LabRequest, support: str) -> HttpResponse:
    """Ask why, then end before the time."""
    found = _support(request, support)
    require(request.actor, "support.stop", found)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.stop_support(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The support is stopped. The reason stands here for others to learn from."))
    text = _("It ends before its time and does not begin again.")
    return confirm(request, title=_("Stop the support?"), text=text, submit=_("Stop it"), back=found, kind="stop", form=form)


@require_http_methods(["GET", "POST"])
@once
def new_event(request: LabRequest, support: str) -> HttpResponse:
    """Note what was given or done."""
    found = _support(request, support)
    require(request.actor, "support.note", found)
    form = EventForm(request.POST or None, lab=request.lab)
    if form.is_bound and form.is_valid():
        actions.add_event(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("It is noted."))
    return ask(request, form, title=_("Note what was given or done"), lead=text_of(found), submit=_("Note it"), back=found)


@require_http_methods(["GET", "POST"])
@once
def edit_event(request: LabRequest, support: str, event: str) -> HttpResponse:
    """Put right what was noted wrongly."""
    found = _support(request, support)
    require(request.actor, "support.edit_event", found)
    row = get_object_or_404(found.events.select_related("lab", "support__lab", "support__coach"), public_id=event)
    form = EventForm(request.POST or None, lab=request.lab, instance=row)
    if form.is_bound and form.is_valid():
        actions.edit_event(row, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("It is put right."))
    return ask(request, form, title=_("Put right what was noted"), lead=text_of(found), submit=_("Save"), back=found)


def _support(request: LabRequest, public_id: str) -> Support:
    return get_object_or_404(queries.supports_of(request.lab), public_id=public_id)


def _step(event: SupportEvent, *, may_edit: bool) -> dict[str, Any]:
    said = [day(event.on), str(event.get_kind_display()), *([money(event.amount_minor, event.currency)] if event.amount_minor else [])]
    step = {"stage": "support", "when": " · ".join(said), "text": plainly(event, "what")}
    where = {"lab": event.lab.slug, "support": event.support.public_id, "event": event.public_id}
    return step | ({"link": reverse("incubation:edit_event", kwargs=where), "action": _("Put it right")} if may_edit else {})
