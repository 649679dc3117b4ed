"""What every page needs to know of labs beside its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.rail import rail, stage_of
from medskapa.ground.labs.vouching import lacks, told_in
from medskapa.ground.ledger.actors import may
from medskapa.ground.web import languages


def lab(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and in a lab also the lab and the rail of ten stages.

    One SQL query in a lab, none outside. A page with panels asks again for each of them; for the same actor the answer is the same.
    """
    actor = getattr(request, "actor", None)
    kept_for, kept = getattr(request, "labs_context", (None, {}))
    if kept_for is None or kept_for != (actor, get_language()):
        kept = _context(request)
        request.labs_context = ((actor, get_language()), kept)  # type: ignore[attr-defined]
    return kept


def _context(request: HttpRequest) -> dict[str, Any]:
    current = getattr(request, "lab", None)
    actor = getattr(request, "actor", None)
    match = request.resolver_match
    context = {"actor": actor, "is_local": settings.MEDSKAPA_LOCAL, "acting_url": reverse("labs:act_as"), **_who(request)}
    if current is None or actor is None or match is None:
        return context
    return context | {
        "lab": current,
        "rail": rail(current, actor, match.view_name),
        "current_stage": stage_of(match.view_name),
        "lab_lacks": _lacked(request, current, match.view_name),
        "desk_url": reverse("labs:desk", kwargs={"lab": current.slug}) if may(actor, "lab.work", current) else "",
    }


def _lacked(request: HttpRequest, current: Lab, view_name: str) -> dict[str, Any] | None:
    """The language somebody wanted that this lab has not switched on, with those it has: where they are led, and before, at its door."""
    code = request.GET.get("asked", languages.asked() if view_name == "labs:lab" else "")
    if not lacks(current, code):
        return None
    offered = [(one, languages.own_name(one), languages.moved_to(request.path, one)) for one in told_in(current)]
    return {"code": code, "direction": languages.direction(code), "offered": offered}


def _who(request: HttpRequest) -> dict[str, Any]:
    """As whom this browser acts, and where that can be changed. No SQL: both sessions are read already."""
    actor = getattr(request, "actor", None)
    user = getattr(request, "user", None)
    if actor is None or user is None:
        return {}
    is_signed_in = bool(user.is_authenticated)
    has_both = is_signed_in and getattr(request, "pseudonym", None) is not None
    if actor.kind == "pseudonym":
        return {"actor_name": _("You, with your code"), "account_url": "", "may_act_as": "account" if has_both else ""}
    if is_signed_in:
        return {"actor_name": str(user), "account_url": reverse("people:account"), "may_act_as": "code" if has_both else ""}
    back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return {"actor_name": "", "account_url": f"{reverse('account_login')}?{back}", "may_act_as": ""}
