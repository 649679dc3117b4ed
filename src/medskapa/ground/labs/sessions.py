"""The session of a browser that came back with a return code: its own cookie and table, apart from any account's."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from medskapa.ground.labs.models import Pseudonym, PseudonymSession
from medskapa.ground.labs.tokens import hash_token
from medskapa.ground.ledger.moment import now

IDLE = timedelta(minutes=30)
NEWS = timedelta(minutes=1)  # how old `seen_at` may be before it is written again


def cookie_name() -> str:
    """The name of the cookie; bound to the host where there is HTTPS."""
    return "mine" if settings.MEDSKAPA_LOCAL else "__Host-mine"


def acting_cookie_name() -> str:
    """The name of the cookie that says as whom a browser with both sessions acts."""
    return "acting" if settings.MEDSKAPA_LOCAL else "__Host-acting"


def start_session(response: HttpResponse, pseudonym: Pseudonym) -> None:
    """Let this browser act as the pseudonym until it has been idle for 30 minutes."""
    token = secrets.token_urlsafe(32)
    PseudonymSession.objects.create(token_hash=hash_token(token), pseudonym=pseudonym, seen_at=now(), ends_at=now() + IDLE)
    response.set_cookie(cookie_name(), token, httponly=True, samesite="Strict", secure=not settings.MEDSKAPA_LOCAL)


def pseudonym_of_session(request: HttpRequest) -> Pseudonym | None:
    """Who came back in this browser, if anybody. One SQL query when there is a cookie; once a minute it also writes."""
    token = request.COOKIES.get(cookie_name())
    if not token:
        return None
    session = PseudonymSession.objects.select_related("pseudonym__lab", "pseudonym__key").filter(token_hash=hash_token(token)).first()
    if session is None or session.ends_at <= now() or session.pseudonym.stopped_at is not None:
        return None
    if now() - session.seen_at > NEWS:
        PseudonymSession.objects.filter(pk=session.pk).update(seen_at=now(), ends_at=now() + IDLE)
    return session.pseudonym


def end_session(request: HttpRequest, response: HttpResponse) -> None:
    """Forget the code's session, here and in the store."""
    token = request.COOKIES.get(cookie_name())
    if token:
        PseudonymSession.objects.filter(token_hash=hash_token(token)).delete()
    response.delete_cookie(cookie_name(), samesite="Strict")
