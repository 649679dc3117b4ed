"""Lab days: the list, one of them with its run sheet and tables, and the big screen. The calendar plans and changes them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Gathering
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.web.live import versions
from medskapa.ground.web.pages import paged
from medskapa.stages.labday.actions import topic_of
from medskapa.stages.labday.drawing import loop_of
from medskapa.stages.labday.models import Table
from medskapa.stages.labday.queries import days_of, is_past, run_sheet_of, seat_of, tables_of

SCREEN_RENEWS = 20  # seconds; without a script the big screen asks for itself anew


@require_safe
def days(request: LabRequest) -> HttpResponse:
    """All lab days and workshops, the latest first."""
    require(request.actor, "day.see", request.lab)
    page = paged(request, days_of(request.lab), 30)
    page.object_list = [(day, is_past(day)) for day in worded(page.object_list, get_language() or "")]
    return render(request, "labday/days.html", {"page": page})


@require_safe
def day(request: LabRequest, day: str) -> HttpResponse:
    """One day: its run sheet as it goes, and its tables."""
    found = day_for(request, day)
    sheet = run_sheet_of(found)
    worded([found, *(line.block for line in sheet.lines)], get_language() or "")
    context = {
        "day": found,
        "sheet": sheet,
        "is_past": is_past(found),
        "tables": worded_tables(found),
        "my_seat": seat_of(request.actor, found),
        **watching(found),
    }
    return render(request, "labday/day.html", context)


@require_safe
def screen(request: LabRequest, day: str) -> HttpResponse:
    """The big screen: what to do now, how long there is, and where each table stands. It renews itself, with a script or without."""
    found = day_for(request, day)
    sheet = run_sheet_of(found)
    worded([found, *(line.block for line in sheet.lines)], get_language() or "")
    context = {
        "day": found,
        "sheet": sheet,
        "loop": loop_of(sheet),
        "tables": worded_tables(found),
        "is_past": is_past(found),
        **watching(found),
    }
    response = render(request, "labday/screen.html", context)
    response.headers["Refresh"] = str(SCREEN_RENEWS)
    return response


def day_for(request: LabRequest, public_id: str, verb: str = "day.see") -> Gathering:
    """The day of an address, for somebody who may do this with it. Raises Http404, NotAllowed."""
    require(request.actor, "day.see", request.lab)
    found = get_object_or_404(request.lab.gatherings.select_related("lab"), public_id=public_id)
    require(request.actor, verb, found)
    return found


def worded_tables(day: Gathering) -> list[Table]:
    """A day's tables, with what they work on in the page's language. Two SQL queries."""
    tables = list(tables_of(day))
    worked_on = [thing for table in tables for thing in (table.challenge, table.prototype) if thing is not None]
    worded(worked_on, get_language() or "")
    return tables


def watching(day: Gathering) -> dict[str, object]:
    """What a live page of a day watches, and which version it shows. One SQL query."""
    topic = topic_of(day)
    return {"topic": topic, "version": versions([topic])[topic]}
