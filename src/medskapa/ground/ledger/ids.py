"""Random public ids: how everything of a lab is addressed, so that no row number ever leaves the store."""

import random
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LENGTH = 12  # base64url characters: 72 bits
_SOURCE: ContextVar[random.Random | None] = ContextVar("source of ids", default=None)


class PublicIdConverter:
    """``<id:story>`` in an address."""

    regex = r"[A-Za-z0-9_-]{12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


def new_public_id() -> str:
    """A fresh id of 12 signs. It never begins with "-", which a shell would take for an option."""
    while True:
        public_id = urlsafe_b64encode(_nine_bytes()).decode()
        if not public_id.startswith("-"):
            return public_id


@contextmanager
def seeded(seed: int | str) -> Iterator[None]:
    """Make the same ids each time, in here. For the demo lab alone: such ids can be guessed."""
    token = _SOURCE.set(random.Random(seed))  # noqa: S311  # repeatable on purpose
    try:
        yield
    finally:
        _SOURCE.reset(token)


def _nine_bytes() -> bytes:
    source = _SOURCE.get()
    return source.randbytes(9) if source else secrets.token_bytes(9)
