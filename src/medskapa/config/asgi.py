"""The whole product at one address: live streams here, on the event loop, and everything else as WSGI in threads.

Pages under WSGI cost about half the CPU that they cost under ASGI; streams would hold a thread each under WSGI.
"""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medskapa.config.settings")

from medskapa.config.wsgi import application as pages  # after the name of the settings is known

from django.conf import settings  # isort: skip
from django.core.exceptions import BadRequest  # isort: skip
from medskapa.config.lanes import Lanes
from medskapa.config.proxies import as_the_browser_sent_it
from medskapa.ground.web.sources import source_of_this_installation
from medskapa.ground.web.streams import Receive, Scope, Send, Streams

streams = Streams(source_of_this_installation)
pages_in_threads = Lanes(pages)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request, or follow the life of the process."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http" and scope["path"] == "/live/":
        await streams(scope, receive, send)
    else:
        await pages_in_threads(as_the_browser_sent_it(scope, settings.ENVIRONMENT.proxies), whole(scope, receive), send)


def whole(scope: Scope, receive: Receive) -> Receive:
    """What somebody sends, piece by piece. Raises BadRequest where the network cut it off: half a story must not count as one."""
    left = int(dict(scope["headers"]).get(b"content-length", b"0"))

    async def received() -> Any:  # a coroutine, which threads can wait for; the server gives something else to await
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left > 0 and not message.get("more_body"):
            raise BadRequest("it ended before its end")
        return message

    return received


async def _live(receive: Receive, send: Send) -> None:
    while (message := await receive())["type"] != "lifespan.shutdown":
        await send({"type": f"{message['type']}.complete"})
    streams.close()
    await send({"type": "lifespan.shutdown.complete"})
