"""Who asked, and over which protocol, when proxies of ours stand in front."""

from collections.abc import MutableMapping
from typing import Any


def as_the_browser_sent_it(scope: MutableMapping[str, Any], proxies: int) -> MutableMapping[str, Any]:
    """The request with the client's address and scheme as the outermost of our proxies saw them.

    Each proxy appends the address it heard from, so with n proxies the n-th from the end is the client's; what stands
    before was sent by the client itself and may be invented. Without proxies the two headers are not believed.
    """
    if not proxies or scope["type"] != "http":
        return scope
    headers = dict(scope["headers"])
    chain = [part.strip() for part in headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")]
    scheme = headers.get(b"x-forwarded-proto", b"http").decode("latin-1").split(",")[-1].strip()
    client = chain[-proxies] if len(chain) >= proxies and chain[-proxies] else None
    return {**scope, "scheme": "https" if scheme == "https" else "http", "client": (client, 0) if client else scope["client"]}
