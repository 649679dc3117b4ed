"""Pages of indicators and measurements."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.asking import ask
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.outcomes import actions, queries
from medskapa.stages.outcomes.chart import charts
from medskapa.stages.outcomes.forms import IndicatorForm, MeasurementForm
from medskapa.stages.understanding.queries import states_seen_by


@require_GET
def indicators(request: LabRequest) -> HttpResponse:
    """What shows whether it got better, and how it stands."""
    require(request.actor, "indicator.see", request.lab)
    page = paged(request, queries.indicators_of(request.lab))
    rows = worded(page.object_list, get_language())
    page.object_list = [queries.standing_of(row, reader=request.actor) for row in rows]
    return render(request, "outcomes/indicators.html", {"page": page, "title": _("Indicators")})


@require_GET
def indicator(request: LabRequest, indicator: str) -> HttpResponse:
    """One indicator: what it means, the line over time, and the same as a table."""
    require(request.actor, "indicator.see", request.lab)
    found = get_object_or_404(queries.indicators_of(request.lab), public_id=indicator)
    worded([found, *([found.insight] if found.insight else [])], get_language())
    standing = queries.standing_of(found, reader=request.actor)
    insight = found.insight if found.insight and found.insight.state in states_seen_by(request.actor) else None
    context = {"indicator": found, "insight": insight, "standing": standing, "charts": charts(standing)}
    return render(request, "outcomes/indicator.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_indicator(request: LabRequest) -> HttpResponse:
    """Say what shows whether it got better."""
    require(request.actor, "indicator.write", request.lab)
    form = IndicatorForm(request.POST or None, lab=request.lab, initial={"written_by_young": request.actor.kind == "pseudonym"})
    if form.is_bound and form.is_valid():
        made = actions.write_indicator(request.lab, by=request.actor, **form.cleaned_data)
        return see_other(request, made, _("The indicator is written. It can change until something is measured with it."))
    back = reverse("outcomes:indicators", kwargs={"lab": request.lab.slug})
    return ask(request, form, title=_("Write an indicator"), submit=_("Save"), back=back)


@require_http_methods(["GET", "POST"])
@once
def edit_indicator(request: LabRequest, indicator: str) -> HttpResponse:
    """Say it anew, as long as nothing was measured."""
    found = get_object_or_404(request.lab.indicators.select_related("lab"), public_id=indicator)
    require(request.actor, "indicator.edit", found)
    form = IndicatorForm(request.POST or None, lab=request.lab, instance=found)
    if form.is_bound and form.is_valid():
        actions.edit_indicator(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The indicator is changed."))
    return ask(request, form, title=_("Change the indicator"), submit=_("Save"), back=found)


@require_http_methods(["GET", "POST"])
@once
def new_measurement(request: LabRequest, indicator: str) -> HttpResponse:
    """Note what was measured."""
    found = get_object_or_404(request.lab.indicators.select_related("lab"), public_id=indicator)
    require(request.actor, "measurement.note", found)
    form = MeasurementForm(request.POST or None, lab=request.lab)
    if form.is_bound and form.is_valid():
        actions.note_measurement(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("The measurement is noted."))
    return ask(request, form, title=_("Note a measurement"), lead=text_of(found), submit=_("Note it"), back=found)


@require_GET
def measurement(request: LabRequest, measurement: str) -> HttpResponse:
    """One measurement, with what may be wrong with it."""
    require(request.actor, "indicator.see", request.lab)
    found = get_object_or_404(queries.measurements_of(request.lab), public_id=measurement)
    worded([found, found.indicator], get_language())
    context = {"measurement": found, "is_withheld": queries.is_withheld(found, reader=request.actor)}
    return render(request, "outcomes/measurement.html", context)


@require_http_methods(["GET", "POST"])
@once
def edit_measurement(request: LabRequest, measurement: str) -> HttpResponse:
    """Put right what was noted wrongly."""
    found = get_object_or_404(queries.measurements_of(request.lab), public_id=measurement)
    require(request.actor, "measurement.edit", found)
    form = MeasurementForm(request.POST or None, lab=request.lab, instance=found)
    if form.is_bound and form.is_valid():
        actions.edit_measurement(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found.indicator, _("The measurement is put right."))
    return ask(request, form, title=_("Put a measurement right"), lead=text_of(found.indicator), submit=_("Save"), back=found)
