"""Rate limits: how often something may be tried from one source. Sources are kept as a keyed hash that changes daily."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from math import ceil

from django.conf import settings
from django.db.models import F

from medskapa.ground.ledger.errors import TooMany
from medskapa.ground.ledger.models import Spent
from medskapa.ground.ledger.moment import now

DAY = 86_400
Attempt = tuple[str, str, int, int]

_attempts: ContextVar[list[Attempt] | None] = ContextVar("attempts inside a transaction", default=None)


def spend(kind: str, source: str, limit: int, per_seconds: int) -> None:
    """Count one attempt of this kind from this source. Raises TooMany with the seconds to wait. At most four SQL queries.

    A period begins with the first attempt in it; the hash of the source changes at midnight UTC, and the count with it.
    An attempt also counts if the action it was made in fails.
    """
    if not 0 < per_seconds <= DAY or limit < 1:
        raise ValueError("a limit is at least 1, and its period at most a day")
    if not _counted(kind, _hashed(kind, source), limit, per_seconds):
        raise TooMany(_wait(kind, _hashed(kind, source), per_seconds))
    attempts = _attempts.get()
    if attempts is not None:
        attempts.append((kind, source, limit, per_seconds))


def left(kind: str, source: str, limit: int, per_seconds: int) -> int:
    """How many attempts are left, without making one. One SQL query."""
    begun = now() - timedelta(seconds=per_seconds)
    spent = Spent.objects.filter(kind=kind, source=_hashed(kind, source), since__gt=begun).values_list("count", flat=True).first()
    return max(0, limit - (spent or 0))


@contextmanager
def spends_kept() -> Iterator[None]:
    """Around a transaction: attempts that were counted in it are counted again if it is rolled back."""
    if _attempts.get() is not None:
        yield
        return
    attempts: list[Attempt] = []
    token = _attempts.set(attempts)
    try:
        yield
    except BaseException:
        for kind, source, limit, per_seconds in attempts:
            _counted(kind, _hashed(kind, source), limit, per_seconds)
        raise
    finally:
        _attempts.reset(token)


def forget_old_attempts() -> int:
    """Remove counts older than a day, whose sources nobody can name any more. One SQL query."""
    return Spent.objects.filter(since__lt=now() - timedelta(seconds=DAY)).delete()[0]


def _counted(kind: str, source: str, limit: int, per_seconds: int) -> bool:
    """Settled by the store: one more in this period, or the first of a new one, or the first ever."""
    mine = Spent.objects.filter(kind=kind, source=source)
    begun = now() - timedelta(seconds=per_seconds)
    if mine.filter(since__gt=begun, count__lt=limit).update(count=F("count") + 1):
        return True
    if mine.filter(since__lte=begun).update(count=1, since=now()):
        return True
    if Spent.objects.get_or_create(kind=kind, source=source, defaults={"count": 1, "since": now()})[1]:
        return True
    return bool(mine.filter(since__gt=begun, count__lt=limit).update(count=F("count") + 1))


def _wait(kind: str, source: str, per_seconds: int) -> int:
    since = Spent.objects.filter(kind=kind, source=source).values_list("since", flat=True).first() or now()
    return max(1, ceil(per_seconds - (now() - since).total_seconds()))


def _hashed(kind: str, source: str) -> str:
    day = now().date().isoformat()
    key = settings.MEDSKAPA_KEYS.derived("ledger/sources")
    return hmac.new(key, f"{day}\n{kind}\n{source}".encode(), "sha256").hexdigest()
