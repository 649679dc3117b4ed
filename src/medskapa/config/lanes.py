"""Lanes for pages: whoever tells a story, or comes back to one, never waits behind other pages, however many ask for those."""

import re
from typing import Any

from a2wsgi import WSGIMiddleware

from medskapa.ground.web import languages
from medskapa.ground.web.streams import Receive, Scope, Send

OPEN = 4  # threads of one process for all pages; more only wait for each other, and waiting costs half as much again
KEPT = 2  # threads beside them for tellers, and for what their pages are made of
MOST = 64  # pages that wait at once: a few seconds' work
TELLERS = re.compile(r"/static/|/[A-Za-z-]+/(labs/[^/]+/tell/|return/|agree/)")


class Lanes:
    """The application of pages, in threads of one process.

    Who only wants to see a page while too many wait is asked to come again; what somebody sends is never turned away.
    """

    def __init__(self, pages: Any) -> None:
        self._open, self._kept, self._busy = (WSGIMiddleware(pages, workers=threads) for threads in (OPEN, KEPT, 1))
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if TELLERS.match(scope["path"]):
            await self._kept(scope, receive, send)  # type: ignore[arg-type]
        elif self._inside >= OPEN + MOST and scope["method"] in {"GET", "HEAD"}:
            await self._busy(_of_the_busy_page(scope), receive, send)  # type: ignore[arg-type]
        else:
            await self._through(scope, receive, send)

    async def _through(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._inside += 1
        try:
            await self._open(scope, receive, send)  # type: ignore[arg-type]
        finally:
            self._inside -= 1


def _of_the_busy_page(scope: Scope) -> Scope:
    """The same request at the address of the page that says so, in the same language; the browser's own address stays."""
    tag, _rest = languages.split(scope["path"])
    return {**scope, "path": f"/{tag or languages.FALLBACK}/busy/", "query_string": b""}
