"""Random tokens of links and cookies: the store knows only their hashes."""

import hashlib


def hash_token(token: str) -> str:
    """The hash under which a link or a session is found again. The tokens are long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
