"""Where an adult agrees for a young person, and where the young person gets the code for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from medskapa.ground.labs.codes import hash_code, in_lines, read_code
from medskapa.ground.labs.coming_back import count_wrong, slow_down
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.ledger.moment import now
from medskapa.ground.web.guard import same_origin
from medskapa.stages.listening.actions.representing import agree_for, chosen_by, days_to_agree, digest_of, make_adult_code
from medskapa.stages.listening.circles import labels_of
from medskapa.stages.listening.errors import ChosenAnew
from medskapa.stages.listening.forms.agreeing import AdultCodeForm, AgreeForm
from medskapa.stages.listening.forms.own import WRONG
from medskapa.stages.listening.models import AdultCode, Reach
from medskapa.stages.listening.views.returning import own_context, with_code


@never_cache
@same_origin
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest) -> HttpResponse:
    """Type the code that the young person handed over; then see what they chose, never what they told, and agree to it."""
    return _answered_once(request) if "type" in request.POST or "name" in request.POST else _answered(request)


def _answered(request: HttpRequest) -> HttpResponse:
    typed = AdultCodeForm(request.POST if request.method == "POST" else None)
    code = _found(request, typed) if typed.is_valid() else None
    if code is None:
        return render(request, "listening/agree.html", {"typed": typed}, status=422 if typed.is_bound else 200)
    form = AgreeForm(request.POST if "name" in request.POST else None)
    if form.is_valid() and _has_agreed(code, form, seen=request.POST.get("seen", "")):
        return render(request, "listening/agree.html", {"is_done": True, "lab": code.lab})
    chosen = chosen_by(code.pseudonym)
    asked = [(one, Reach(one.level).label, labels_of(one.story.kept_from)) for one in chosen]
    about = {"asked": asked, "seen": digest_of(chosen), "lab": code.lab, "day_count": days_to_agree(code.lab)}
    return render(request, "listening/agree.html", {"typed": typed, "form": form, **about}, status=422 if form.is_bound else 200)


_answered_once = once(_answered)  # sent twice it is one yes, and the same thanks


@once
@with_code
@require_http_methods(["GET", "POST"])
def own_adult(request: LabRequest, teller: Pseudonym) -> HttpResponse:
    """A code for the adult, shown once; an older one works no more."""
    if request.method == "GET":
        return render(request, "listening/own_adult.html", own_context(teller))
    lines = in_lines(make_adult_code(teller, by=request.actor))
    context = own_context(teller, lines=lines, address=address_of(request), day_count=days_to_agree(teller.lab))
    return render(request, "listening/own_adult.html", context)


def _has_agreed(code: AdultCode, form: AgreeForm, *, seen: str) -> bool:
    """Agree, unless what they chose is no longer what was shown: then the form says so."""
    try:
        agree_for(code, **form.cleaned_data, seen=seen, by=Actor.system("representative", code.lab.public_id))
    except ChosenAnew as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()


def address_of(request: HttpRequest) -> str:
    """Where the adult types the code, as it is read out."""
    return request.build_absolute_uri(reverse("listening:return_agree")).split("://", 1)[1].rstrip("/")


def _found(request: HttpRequest, typed: AdultCodeForm) -> AdultCode | None:
    """The code, if it works. Raises TooMany after many wrong ones, as for any code."""
    source = str(request.META.get("REMOTE_ADDR", ""))
    slow_down(source)
    rows = AdultCode.objects.select_related("lab", "pseudonym__lab").filter(used_at__isnull=True, ends_at__gt=now())
    code = rows.filter(code_hash=hash_code(read_code(typed.cleaned_data["code"]) or "")).first()
    if code is None:
        count_wrong(source)
        typed.add_error("code", WRONG)
    return code
