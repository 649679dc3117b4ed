"""Tables and seats: the table's own page, its printed sheet, who sits there, and who has come."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import see_other
from medskapa.stages.cocreation.people import own_credit, person_of
from medskapa.stages.labday.actions import add_table, check_in, edit_table, give_seat, remove_table, take_back_seat, take_seat
from medskapa.stages.labday.forms import SeatForm, TableForm, TakeSeatForm
from medskapa.stages.labday.models import Seat, Table
from medskapa.stages.labday.queries import run_sheet_of, seat_of, tables_of, with_people
from medskapa.stages.labday.views.days import day_for, watching
from medskapa.stages.understanding.asking import Question, ask_first, typed


@require_safe
def table(request: LabRequest, table: str) -> HttpResponse:
    """A table's own page: what to do now, what it has come to, and who sits there."""
    return render(request, "labday/table.html", _table_page(request, table))


@require_safe
def sheet(request: LabRequest, table: str) -> HttpResponse:
    """The sheet that is printed and lies on the table: who, what, when, and room to write."""
    return render(request, "labday/sheet.html", _table_page(request, table))


@require_http_methods(["GET", "POST"])
@once
def new_table(request: LabRequest, day: str) -> HttpResponse:
    """Set up a table."""
    found = day_for(request, day, "table.add")
    form = TableForm(typed(request), lab=request.lab, gathering=found)
    if form.is_valid():
        return see_other(
            request, add_table(found, by=request.actor, **form.cleaned_data), _("The table is there. Give people a seat next.")
        )
    context = {"title": _("New table"), "lead": text_of(found, "name"), "form": form, "back": found.get_absolute_url()}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def edit_a_table(request: LabRequest, table: str) -> HttpResponse:
    """Change what a table works on."""
    found = _table(request, table, "table.edit")
    form = TableForm(typed(request), lab=request.lab, gathering=found.gathering, instance=found)
    if form.is_valid():
        before = Table.objects.select_related("lab", "gathering__lab").get(pk=found.pk)
        return see_other(request, edit_table(before, by=request.actor, **form.cleaned_data), _("Saved."))
    context = {"title": _("Edit the table"), "form": form, "back": found.get_absolute_url()}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def remove_a_table(request: LabRequest, table: str) -> HttpResponse:
    """Take a table away."""
    found = _table(request, table, "table.remove")
    question = Question(
        _("Take this table away?"), _("It can go while nobody has a seat at it."), _("Take it away"), found.get_absolute_url(), kind="stop"
    )
    return ask_first(request, question, do=partial(remove_table, found, by=request.actor), done=_("The table is gone."))


@require_http_methods(["GET", "POST"])
@once
def new_seat(request: LabRequest, table: str) -> HttpResponse:
    """Give somebody a seat."""
    found = _table(request, table, "seat.give")
    form = SeatForm(typed(request), lab=request.lab)
    if form.is_valid():
        give_seat(found, person=form.cleaned_data["person"], shown=form.cleaned_data["shown"], by=request.actor)
        return see_other(request, found, _("They have a seat."))
    lead = _("Whoever had a seat at another table of this day moves here.")
    context = {"title": _("Give a seat"), "lead": lead, "form": form, "back": found.get_absolute_url(), "submit": _("Give the seat")}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def sit_down(request: LabRequest, table: str) -> HttpResponse:
    """Sit down at a table oneself."""
    found = _table(request, table, "seat.take")
    form = TakeSeatForm(typed(request), initial={"shown": own_credit(person_of(request.actor))})
    text = _("The others see the name you choose. You can move to another table later.")
    question = Question(_("Sit down here?"), text, _("Sit down"), found.get_absolute_url())

    def sit(shown: str) -> Table:
        take_seat(found, shown=shown, by=request.actor)
        return found

    return ask_first(request, question, do=sit, done=_("Welcome. You have a seat at this table."), form=form)


@require_POST
@once
def check_in_seat(request: LabRequest, table: str, seat: str) -> HttpResponse:
    """Note that somebody has come."""
    found = _seat(request, table, seat, "seat.check_in")
    check_in(found, by=request.actor)
    return see_other(request, found.table, _("They have come."))


@require_http_methods(["GET", "POST"])
@once
def free_seat(request: LabRequest, table: str, seat: str) -> HttpResponse:
    """Take a seat back."""
    found = _seat(request, table, seat, "seat.take_back")
    question = Question(_("Free this seat?"), found.shown_as, _("Free it"), found.table.get_absolute_url(), kind="stop")
    return ask_first(request, question, do=partial(take_back_seat, found, by=request.actor), done=_("The seat is free."))


def _table(request: LabRequest, public_id: str, verb: str = "day.see") -> Table:
    require(request.actor, "day.see", request.lab)
    found = get_object_or_404(request.lab.tables.select_related("lab", "gathering__lab"), public_id=public_id)
    require(request.actor, verb, found)
    return found


def _seat(request: LabRequest, table: str, public_id: str, verb: str) -> Seat:
    at = _table(request, table)
    rows = at.seats.select_related("lab", "table__lab", "gathering__lab", "pseudonym", "participation")
    found = get_object_or_404(rows, public_id=public_id)
    require(request.actor, verb, found)
    return found


def _table_page(request: LabRequest, public_id: str) -> dict[str, object]:
    gathering = _table(request, public_id).gathering
    found = with_people(tables_of(gathering)).get(public_id=public_id)
    run = run_sheet_of(gathering)
    prototype = found.prototype
    version = prototype.versions.select_related("lab").order_by("-number").first() if prototype else None
    trial = prototype.trials.select_related("lab").order_by("-planned_on", "-pk").first() if prototype else None
    things = [gathering, *(line.block for line in run.lines), found.challenge, prototype, version, trial]
    worded([thing for thing in things if thing is not None], get_language() or "")
    return {
        "table": found,
        "day": gathering,
        "sheet": run,
        "version_now": version,
        "trial": trial,
        "my_seat": seat_of(request.actor, gathering),
        **watching(gathering),
    }
