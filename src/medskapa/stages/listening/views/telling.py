"""Telling a story: one question a screen, nothing stored before it is sent, and the code as the direct answer."""

import secrets
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from medskapa.ground.labs.actions import new_pseudonym
from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.codes import in_lines
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Gathering, Lab, Pseudonym
from medskapa.ground.labs.sessions import end_session, start_session
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.idempotency import forget_answer, once
from medskapa.ground.ledger.limits import spend
from medskapa.ground.people.roles import AUTHORITIES
from medskapa.ground.web import languages
from medskapa.ground.web.guard import same_origin
from medskapa.ground.web.pages import see_other
from medskapa.ground.web.policies import allowing
from medskapa.stages.listening.actions import tell_story
from medskapa.stages.listening.actions.representing import days_to_agree, make_adult_code
from medskapa.stages.listening.errors import LinkOver, NotAsked
from medskapa.stages.listening.forms.own import WRONG, CodeForm
from medskapa.stages.listening.forms.telling import Files, TellForm
from medskapa.stages.listening.models import PartnerLink
from medskapa.stages.listening.qr import square_of
from medskapa.stages.listening.views.agreeing import address_of
from medskapa.stages.listening.views.returning import holder_of

PER_HOUR = 600  # tellings from one source: a whole lab day behind one address stays below it
HOUR = 3600
LISTEN_BACK = {"media-src": [SELF, "blob:"]}  # to one's own voice, before it is sent


@csp_update(LISTEN_BACK)
@never_cache
@same_origin
@require_http_methods(["GET", "POST"])
def tell(request: LabRequest, partner: str | None = None) -> HttpResponse:
    """One step of the telling, on a partner's link or without. Its address never changes, so that the browser's history says nothing."""
    link = link_of(request, partner) if partner else None
    if link and (over := over_page(request, link)):
        return over
    form = form_for(request, None if link else _mine(request), link)
    if link and request.POST.get("go") == "other":
        return next_person(request, link)
    if request.method == "GET":
        return _step(request, form, 0)
    place = form.step_of(request.POST.get("step", ""))
    go = request.POST.get("go", "next")
    if go.startswith("to:"):
        return _step(request, form, form.step_of(go.removeprefix("to:")))
    if go == "back":
        return _step(request, form, max(0, place - 1))
    if any(name in form.errors for name in form.steps[place].fields):
        return _step(request, form, place, status=422)
    return _step(request, form, min(place + 1, len(form.steps) - 1))


@csp_update(LISTEN_BACK)
@never_cache
@same_origin
@require_http_methods(["GET", "POST"])
def send(request: LabRequest, partner: str | None = None) -> HttpResponse:
    """Take the story. The answer is the page with the code, which stands nowhere else."""
    link = link_of(request, partner) if partner else None
    if request.method == "GET":
        return redirect(addresses(request.lab, link)["tell_address"])
    if request.FILES:
        spend("file", str(request.META.get("REMOTE_ADDR", "")), PER_HOUR, HOUR)
    if link:
        return _send(request, None, link)
    begun_as, mine = request.POST.get("as", ""), _mine(request)
    if not begun_as or (mine is not None and mine.public_id == begun_as):
        return _send(request, mine if begun_as else None)
    return _with_code(request, begun_as)


def _send(request: LabRequest, teller: Pseudonym | None, link: PartnerLink | None = None) -> HttpResponse:
    form = form_for(request, teller, link, files=request.FILES)
    if not form.is_valid():
        return _step(request, form, form.first_wrong(), status=422)
    if form.is_empty:
        return _step(request, form, len(form.steps) - 1, status=422, is_empty=True)
    return take(request, form, form.partner)


def _with_code(request: LabRequest, begun_as: str) -> HttpResponse:
    """A story goes out as the one who began it, and their session is over or another's: their code is asked for first.

    What was written travels along. A script has it waiting on the phone, with its files, and the telling page sends it.
    """
    form = CodeForm(request.POST if "code" in request.POST else None)
    teller = holder_of(request, form) if form.is_valid() else None
    if teller is not None and teller.public_id != begun_as:
        form.add_error("code", WRONG)
    if teller is None or form.errors:
        waits_there = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
        along = {"as"} if waits_there else request.POST.keys() - {"code"}
        kept = [(name, value) for name, values in request.POST.lists() if name in along for value in values]
        return render(request, "listening/return.html", {"form": form, "kept": kept, "onward": request.path}, status=403)
    response = _send(request, teller) if "form_key" in request.POST else redirect("listening:tell", lab=request.lab.slug)
    start_session(response, teller)
    return response


@once
def take(request: LabRequest, form: TellForm, link: PartnerLink | None, anew: str = "") -> HttpResponse:
    """Take a story that is told in full. ``link``: on whose phone; ``anew``: where the next begins there, if not at the first step."""
    spend("tell", str(request.META.get("REMOTE_ADDR", "")), PER_HOUR, HOUR)
    if form.teller is not None:
        tell_story(form.teller, telling=form.telling(), by=actor_of_pseudonym(form.teller))
        return see_other(request, reverse("listening:own_page"), _("Thank you. Your story is saved."))
    said = form.cleaned_data
    teller, code = new_pseudonym(
        request.lab,
        language=languages.asked(),
        age_band=said.get("age_band", ""),
        alias=said.get("alias", ""),
        by=Actor.public(request.lab.public_id),
    )
    story = tell_story(teller, telling=form.telling(), by=actor_of_pseudonym(teller))
    adult = make_adult_code(teller, by=actor_of_pseudonym(teller)) if story.waits_since else ""
    return code_page(request, teller, code, is_first=True, adult=adult, is_helped=form.is_helped, link=link, anew=anew)


def code_page(
    request: HttpRequest,
    teller: Pseudonym,
    code: str,
    *,
    is_first: bool,
    adult: str = "",
    is_helped: bool = False,
    link: PartnerLink | None = None,
    anew: str = "",
    gathering: Gathering | None = None,
    onward: str = "",
) -> HttpResponse:
    """The luggage tag with the code, and that for an adult if one has to agree: in this answer only, never in an address, a title,
    a session or a log. ``gathering``: that it was given at, where ``onward`` leads. ``is_helped``: whoever holds the phone may be another
    than whose code it is, and hands it over first. ``link``: the partner's on which it was told, where the next person can begin, at
    its first step or ``anew``.
    """
    address = request.build_absolute_uri(reverse("listening:return"))
    context = {
        "lab": teller.lab,
        "lines": in_lines(code),
        "square": square_of(address),
        "short_address": address.split("://", 1)[1].rstrip("/"),
        "is_first": is_first,
        "adult": in_lines(adult) if adult else [],
        "adult_address": address_of(request),
        "adult_days": days_to_agree(teller.lab) if adult else 0,
        "is_helped": is_helped,
        "partner": link,
        "sent_as": request.POST.get("form_key", ""),
        **addresses(teller.lab, link),
        "anew": anew,
        "gathering": gathering,
        "onward": onward or reverse("listening:return"),
    }
    return render(request, "listening/code.html", context)


def _mine(request: LabRequest) -> Pseudonym | None:
    return request.pseudonym if request.pseudonym and request.pseudonym.lab_id == request.lab.pk else None


def link_of(request: LabRequest, public_id: str) -> PartnerLink:
    """A partner's link. What was begun on it may have waited on a phone, so beginning ends before sending. Raises Http404."""
    rows = request.lab.partner_links.select_related("lab", "organisation")
    link: PartnerLink = get_object_or_404(rows, public_id=public_id)
    return link


def over_page(request: LabRequest, link: PartnerLink) -> HttpResponse | None:
    """Why nobody begins on this link, if nobody does; what waits on the phone is still seen there, and sent."""
    if request.method != "GET" or (link.is_open and request.lab.state == Lab.State.OPEN):
        return None
    why = LinkOver() if request.lab.state == Lab.State.OPEN else NotAsked()
    return render(request, "listening/link_over.html", {"why": why, **addresses(request.lab, link)}, status=why.status)


def next_person(request: LabRequest, link: PartnerLink, anew: str = "") -> HttpResponse:
    """Begin with nothing of the one before: who goes back and sends again is not shown the code. What waits stays on the phone."""
    forget_answer(request.POST.get("form_key", ""))
    response = redirect(anew or addresses(link.lab, link)["tell_address"])
    end_session(request, response)
    return response


def addresses(lab: Lab, link: PartnerLink | None) -> dict[str, str]:
    """Where the telling takes place, and under which name the phone keeps what is not sent: words of one language never fill another's."""
    if link is None:
        plain = {"lab": lab.slug}
        return {
            "tell_address": reverse("listening:tell", kwargs=plain),
            "send_address": reverse("listening:tell_send", kwargs=plain),
            "draft": f"{languages.asked()}~tell-{lab.public_id}",
        }
    there = {"lab": lab.slug, "partner": link.public_id}
    return {
        "tell_address": reverse("listening:tell_for", kwargs=there),
        "send_address": reverse("listening:tell_for_send", kwargs=there),
        "whole_address": reverse("listening:tell_for_whole", kwargs=there),
        "digits": languages.in_digits("0123456789", languages.shown()),  # for what only the phone can count
        "draft": f"{languages.asked()}~partner-{link.public_id}",
    }


def form_for(
    request: LabRequest, teller: Pseudonym | None, link: PartnerLink | None, files: Files | None = None, kind: type[TellForm] = TellForm
) -> TellForm:
    """The form of a telling, with what was sent of it. Raises NotAsked."""
    if request.lab.state != Lab.State.OPEN:
        raise NotAsked
    came_by = link if link and link.may_still_arrive else None
    return kind(request.POST if request.method == "POST" else None, lab=request.lab, teller=teller, partner=came_by, files=files)


def _step(request: LabRequest, form: TellForm, place: int, *, status: int = 200, is_empty: bool = False) -> HttpResponse:
    step = form.steps[place]
    shown = [form[name] for name in step.fields]
    context: dict[str, Any] = {
        "form": form,
        "step": step,
        "place": place,
        "here": place + 1,
        "most": len(form.steps),
        "shown": shown,
        "carried": [form[name] for name in form.carried if name not in step.fields],
        "begun_as": form.teller.public_id if form.teller else "",
        "form_key": request.POST.get("form_key") or secrets.token_urlsafe(18),
        "is_wrong": status == 422,
        "is_empty": is_empty,
        "partner": form.partner,
        "called": languages.own_name(languages.asked()),
        **addresses(request.lab, form.partner),
    }
    if step.kind == "before":
        context |= who_is_there(request.lab) | {"is_certain": form.is_certain}
    response = render(request, "listening/tell.html", context, status=status)
    response.headers["Permissions-Policy"] = allowing("microphone")
    return response


def who_is_there(lab: Lab) -> dict[str, bool]:
    """What has to be said first. One SQL query."""
    there = lab.participations.filter(unit__organisation__kind__in=AUTHORITIES).exists()
    return {"host_is_authority": lab.host_kind == Lab.HostKind.AUTHORITY, "authorities_are_there": there}
