"""A form that is sent twice does its work once and gets the same answer twice.

The form's key is made in the page and known only there. The answer is kept sealed under it, so that whoever holds the database but
not the key can read neither what was sent nor what was answered. After a day the answer goes; that the form came is kept a month.
"""

import hmac
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from medskapa.ground.ledger.data_keys import decrypt, encrypt
from medskapa.ground.ledger.errors import Conflict, NoFormKey
from medskapa.ground.ledger.limits import spends_kept
from medskapa.ground.ledger.models import Answer
from medskapa.ground.ledger.moment import now

Q = TypeVar("Q", bound=HttpRequest)
P = ParamSpec("P")

FORM_KEY = re.compile(r"[A-Za-z0-9_-]{20,64}")
KEPT = timedelta(hours=24)
REMEMBERED = timedelta(days=30)
NOT_CONTENT = {"form_key", "csrfmiddlewaretoken"}
PEOPLE_WITH_NAMES = {"account", "participation"}  # a code's session may begin with the very answer that is sent again


def once(view: Callable[Concatenate[Q, P], HttpResponse]) -> Callable[Concatenate[Q, P], HttpResponse]:
    """Let a view's POST count once. It runs in one transaction with its kept answer; answers of 400 and above are not kept.

    Raises NoFormKey without a ``form_key``, Conflict if other content came under the same key before, or the same more than
    24 hours ago. An exception undoes everything, save attempts that were counted. For views that write; not for signing in
    with Django's sessions, which a kept answer cannot begin again.
    """

    @wraps(view)
    def answered(request: Q, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        slip = _slip(request)
        with spends_kept(), transaction.atomic():
            row, is_first = Answer.objects.get_or_create(key_hash=slip.key_hash, defaults={"content_hash": slip.content_hash, "at": now()})
            if not is_first:
                return _again(slip, row)
            response = view(request, *args, **kwargs)
            _keep(slip, row, response)
            return response

    return cast(Callable[Concatenate[Q, P], HttpResponse], answered)


def forget_old_answers() -> int:
    """Empty answers older than a day, and forget after a month that the form came. Gives how many were emptied. Two SQL queries."""
    Answer.objects.filter(at__lt=now() - REMEMBERED).delete()
    return Answer.objects.filter(at__lt=now() - KEPT, sealed__isnull=False).update(sealed=None)


def forget_answer(key: str) -> None:
    """Give the answer to this form to nobody any more; that it came is still known. One SQL query."""
    Answer.objects.filter(key_hash=_Slip(key.encode(), "").key_hash).update(sealed=None)


@dataclass(frozen=True, slots=True)
class _Slip:
    """A form that came: its key, and hashes from which neither key nor content can be found."""

    key: bytes
    content_hash: str

    @property
    def key_hash(self) -> str:
        return sha256(b"medskapa form\n" + self.key).hexdigest()

    @property
    def seal_key(self) -> bytes:
        return hmac.new(self.key, b"medskapa answer", sha256).digest()


def _slip(request: HttpRequest) -> _Slip:
    key = request.POST.get("form_key", "")
    if not FORM_KEY.fullmatch(key):
        raise NoFormKey
    actor = getattr(request, "actor", None)
    content = hmac.new(key.encode(), digestmod=sha256)
    content.update(json.dumps([request.get_full_path(), actor.id if actor and actor.kind in PEOPLE_WITH_NAMES else ""]).encode())
    content.update(json.dumps(sorted((name, values) for name, values in request.POST.lists() if name not in NOT_CONTENT)).encode())
    for name, files in sorted(request.FILES.lists()):
        content.update(json.dumps([name, [(file.name, file.size, _digest(file)) for file in files]]).encode())
    return _Slip(key.encode(), content.hexdigest())


def _digest(file: Any) -> str:
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _again(slip: _Slip, row: Answer) -> HttpResponse:
    if not hmac.compare_digest(row.content_hash, slip.content_hash):
        raise Conflict
    if row.sealed is None or row.at < now() - KEPT:
        raise Conflict(_("This was already sent."), _("It came and was kept. You need not send it again."))
    kept = json.loads(decrypt(slip.seal_key, bytes(row.sealed), bound=slip.key_hash.encode()))
    response = HttpResponse(b64decode(kept["body"]), status=kept["status"])
    for name, value in kept["headers"]:
        response.headers[name] = value
    for cookie in kept["cookies"]:
        response.cookies.load(cookie)
    return response


def _keep(slip: _Slip, row: Answer, response: HttpResponseBase) -> None:
    if response.status_code >= 400:
        row.delete()
        return
    if not isinstance(response, HttpResponse):
        raise TypeError("a streamed answer cannot be kept")
    kept = {
        "status": response.status_code,
        "headers": list(response.headers.items()),
        "cookies": [morsel.OutputString() for morsel in response.cookies.values()],
        "body": b64encode(response.content).decode(),
    }
    row.sealed = encrypt(slip.seal_key, json.dumps(kept).encode(), bound=slip.key_hash.encode())
    row.save(update_fields=["sealed"])
