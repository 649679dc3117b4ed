"""Gives each request its lab and its actor, before any view runs."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from medskapa.ground.labs.actors import actor_of_request
from medskapa.ground.labs.base import lab_at_hand
from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.labs.sessions import pseudonym_of_session
from medskapa.ground.labs.vouching import lacks, told_in
from medskapa.ground.labs.wordings import lab_at
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.web.languages import asked, begins_telling, moved_to


class LabRequest(HttpRequest):
    """What views of a lab receive; outside a lab ``lab`` is not set."""

    lab: Lab
    actor: Actor
    pseudonym: Pseudonym | None


class LabOfRequest:
    """Takes ``lab`` out of a view's arguments and puts the lab, the actor and the pseudonym on the request; times are the lab's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = lab_at_hand.set(None)
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()
            lab_at_hand.reset(token)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Find the lab of the address. Raises Http404 if there is none, or if it is being set up and this is a stranger.

        Who would begin to tell in a language that the lab has not switched on is led to one that it has. What was begun before goes on
        in its language, and so does answering, one statement after the other: nothing typed is lost, and it is kept as what it is.
        """
        request.lab = self._lab(kwargs.pop("lab", None))
        lab_at_hand.set(request.lab)
        if request.lab is not None:
            timezone.activate(ZoneInfo(request.lab.time_zone))
        request.pseudonym = pseudonym_of_session(request)
        request.actor = actor_of_request(request, request.lab, request.pseudonym)
        if request.lab is not None and request.lab.state == Lab.State.SETTING_UP and not _may_set_up(request.actor):
            raise Http404
        is_known = request.actor.kind in {"pseudonym", "participation"}
        begins = request.method in {"GET", "HEAD"} and begins_telling(request.resolver_match.view_name, is_known=is_known)
        return _in_its_own_language(request) if begins and request.lab is not None and lacks(request.lab, asked()) else None

    def _lab(self, slug: str | None) -> Lab | None:
        if slug is None:
            return None
        lab = lab_at(slug, asked())
        if lab is None:
            raise Http404
        return lab


def _in_its_own_language(request: LabRequest) -> HttpResponse:
    """The same page in the lab's main language, which says so in the one that was asked for (``lab_lacks`` in the labs' context)."""
    query = request.GET.copy()
    query["asked"] = asked()
    response = HttpResponseRedirect(f"{moved_to(request.path, told_in(request.lab)[0])}?{query.urlencode()}")
    add_never_cache_headers(response)
    return response


def _may_set_up(actor: Actor) -> bool:
    return actor.kind == "participation" or "operator" in actor.roles
