"""Joining a gathering: six digits, then a code of one's own or the one from before, then in."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.actions import new_pseudonym
from medskapa.ground.labs.coming_back import find_by_code
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Gathering, Pseudonym
from medskapa.ground.labs.sessions import end_session, start_session
from medskapa.ground.labs.wordings import worded_one
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import BadCode
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.ledger.limits import spend
from medskapa.ground.web import languages
from medskapa.ground.web.guard import same_origin
from medskapa.stages.labday.doors import find_door
from medskapa.stages.labday.joining import ELSEWHERE, WRONG, DigitsForm, NewHereForm
from medskapa.stages.labday.models import Door
from medskapa.stages.labday.queries import seat_of
from medskapa.stages.labday.views.days import day_for
from medskapa.stages.listening.forms.own import WRONG as WRONG_CODE
from medskapa.stages.listening.forms.own import CodeForm
from medskapa.stages.listening.models import Conversation
from medskapa.stages.listening.queries import open_conversation_of
from medskapa.stages.listening.views.returning import own_context, what_to_clear, with_code
from medskapa.stages.listening.views.telling import code_page

PER_HOUR = 600  # who join from one source: a hall full of people behind one address stays below it
HOUR = 3600


@never_cache
@same_origin
@require_http_methods(["GET", "POST"])
def join(request: LabRequest) -> HttpResponse:
    """Type the digits; with the right ones in the address, as the square on the wall has them, come in. They are nobody's secret."""
    if request.method == "POST" and "digits" not in request.POST:
        return _come_in(request)
    is_typed = request.method == "POST"
    form = DigitsForm(request.POST if is_typed else request.GET if "digits" in request.GET else None)
    door = _found(request, form)
    if door is None:
        return _asked(request, form)
    if is_typed:
        return redirect(_with_digits(door))
    return _before(request, door)


@once
def _come_in(request: LabRequest) -> HttpResponse:
    form = DigitsForm(request.GET)
    door = _found(request, form)
    if door is None:
        return _asked(request, form)
    way = request.POST.get("as")
    if way == "other":
        response = redirect(_with_digits(door))
        end_session(request, response)
        response.headers["Clear-Site-Data"] = what_to_clear(request)  # what the one before wrote and has not sent
        return response
    if _known_here(request, door):
        return _inside(door)
    return _with_own_code(request, door) if way == "known" else _as_new(request, door)


def _as_new(request: LabRequest, door: Door) -> HttpResponse:
    """A new pseudonym. The answer is the page with their code, which stands nowhere else."""
    form = NewHereForm(request.POST)
    if not form.is_valid():
        return _before(request, door, new=form)
    spend("join", str(request.META.get("REMOTE_ADDR", "")), PER_HOUR, HOUR)
    by = Actor.public(door.lab.public_id)
    teller, code = new_pseudonym(door.lab, language=languages.asked(), age_band=form.cleaned_data["age_band"], by=by)
    gathering = worded_one(door.gathering, languages.asked())
    response = code_page(request, teller, code, is_first=True, gathering=gathering, onward=_address_inside(gathering))
    start_session(response, teller)
    return response


def _with_own_code(request: LabRequest, door: Door) -> HttpResponse:
    """Somebody who was here before, with the pseudonym they have: never a second one. Raises TooMany."""
    form = CodeForm(request.POST)
    teller = _holder(request, form) if form.is_valid() else None
    if teller is not None and teller.lab_id != door.lab_id:
        form.add_error("code", ELSEWHERE)
    if teller is None or form.errors:
        return _before(request, door, known=form)
    response = _inside(door)
    start_session(response, teller)
    return response


@with_code
@require_safe
def joined(request: LabRequest, teller: Pseudonym, day: str) -> HttpResponse:
    """What somebody who has joined can do at the gathering, in their own language."""
    found = worded_one(day_for(request, day), languages.asked())
    context = own_context(
        teller,
        gathering=found,
        conversation=open_conversation_of(teller.lab, roll=Conversation.Roll.PSEUDONYMS),
        seat=seat_of(request.actor, found),
    )
    return render(request, "labday/joined.html", context)


def _found(request: LabRequest, form: DigitsForm) -> Door | None:
    """The door that the digits open; if none, the form says so. Raises TooMany."""
    if not form.is_valid():
        return None
    door = find_door(form.cleaned_data["digits"], source=str(request.META.get("REMOTE_ADDR", "")))
    if door is None:
        form.add_error("digits", WRONG)
    return door


def _holder(request: LabRequest, form: CodeForm) -> Pseudonym | None:
    try:
        return find_by_code(form.cleaned_data["code"], source=str(request.META.get("REMOTE_ADDR", "")))
    except BadCode:
        form.add_error("code", WRONG_CODE)
        return None


def _asked(request: LabRequest, form: DigitsForm) -> HttpResponse:
    return render(request, "labday/join.html", {"form": form}, status=422 if form.is_bound else 200)


def _before(request: LabRequest, door: Door, *, new: NewHereForm | None = None, known: CodeForm | None = None) -> HttpResponse:
    """Which gathering it is, and the two ways in; for a browser that is in already, the one way on."""
    timezone.activate(ZoneInfo(door.lab.time_zone))
    context = {
        "lab": door.lab,
        "gathering": worded_one(door.gathering, languages.asked()),
        "is_known": _known_here(request, door),
        "onward": _address_inside(door.gathering),
        "new": new or NewHereForm(),
        "known": known or CodeForm(),
        "form": known or new,
    }
    return render(request, "labday/join_as.html", context, status=422 if new or known else 200)


def _known_here(request: LabRequest, door: Door) -> bool:
    return request.pseudonym is not None and request.pseudonym.lab_id == door.lab_id


def _inside(door: Door) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": _address_inside(door.gathering)})


def _address_inside(gathering: Gathering) -> str:
    return reverse("labday:joined", kwargs={"lab": gathering.lab.slug, "day": gathering.public_id})


def _with_digits(door: Door) -> str:
    return f"{reverse('labday:join')}?{urlencode({'digits': door.digits})}"
