"""People with a browser each, as the tests of whole pages need them."""

from typing import Any
from urllib.parse import urlsplit

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class People:
    """Everybody in one test. `faults` fills with what no page may do: an error, a refused load, a foreign host."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._contexts: list[Any] = []
        self.faults: list[str] = []

    def someone(self, *, language: str = "en", is_dark: bool = False, size: dict[str, int] | None = None, **options: Any) -> Any:
        """A new page of somebody nobody knows: a phone of 360 px unless said otherwise."""
        context = self._browser.new_context(
            viewport=size or PHONE, locale=language, color_scheme="dark" if is_dark else "light", reduced_motion="reduce", **options
        )
        context.set_default_timeout(20_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._heard(page, message))
        page.on("request", lambda request: self._asked(page, request))
        page.on("response", lambda response: self._answered(response))
        return page

    def leave(self) -> None:
        """Close all pages; fails if any of them met a fault."""
        for context in self._contexts:
            context.close()
        assert self.faults == []

    def _heard(self, page: Any, message: Any) -> None:
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.faults.append(f"{page.url}: {message.text}")

    def _asked(self, page: Any, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.hostname not in {"localhost", "127.0.0.1"}:
            self.faults.append(f"{page.url} asked {address.hostname}")

    def _answered(self, response: Any) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url} answered {response.status}")


def accessibility_findings(page: Any) -> list[str]:
    """What axe-core finds on the page, one line each."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    return [f"{page.url}: {broken['id']}: {node['html'][:160]}" for broken in found.response["violations"] for node in broken["nodes"]]
