"""What time it is. Everybody asks here, so that the demo and the tests can say."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_SAID: ContextVar[datetime | None] = ContextVar("said moment", default=None)


def now() -> datetime:
    """This moment, in UTC."""
    return _SAID.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be this moment, in here. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    token = _SAID.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _SAID.reset(token)
