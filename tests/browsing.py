"""People with a browser each, as the tests of whole pages need them."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 60_000  # milliseconds, since other tests run beside it
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
NOTHING: dict[str, Any] = {"sessionStorage": {}, "localStorage": {}, "rows": {}, "caches": [], "cookie": ""}
STORED = """async () => {
  const text = (value) => typeof value === "string" ? value
    : value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? new TextDecoder().decode(value)
    : value instanceof CryptoKey ? `key that ${value.extractable ? "can" : "cannot"} be read out`
    : value && typeof value === "object" ? Object.values(value).map(text).join(" ") : String(value);
  const rows = {};
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done) => {
      const asked = indexedDB.open(name);
      asked.onupgradeneeded = () => asked.transaction.abort(); /* it has gone meanwhile, and looking does not make it */
      [asked.onsuccess, asked.onerror] = [() => done(asked.result), () => done(null)];
    });
    if (!base) continue;
    for (const shelf of base.objectStoreNames) {
      const all = (how) => new Promise((done) => {
        const asked = base.transaction(shelf).objectStore(shelf)[how]();
        asked.onsuccess = () => done(asked.result);
      });
      const [keys, values] = [await all("getAllKeys"), await all("getAll")];
      keys.forEach((key, place) => { rows[key] = text(values[place]); });
    }
    base.close();
  }
  return {
    sessionStorage: { ...sessionStorage }, localStorage: { ...localStorage }, rows, caches: await caches.keys(), cookie: document.cookie,
  };
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BY_THE_RULES = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}


class People:
    """Everybody in one test. `faults` fills with what no page may do: an error, a refused load, a foreign host."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._contexts: list[Any] = []
        self._is_cut = False
        self.faults: list[str] = []

    def someone(self, *, language: str = "en", is_dark: bool = False, size: dict[str, int] | None = None, **options: Any) -> Any:
        """A new page of somebody nobody knows: a phone of 360 px unless said otherwise."""
        context = self._browser.new_context(
            viewport=size or PHONE, locale=language, color_scheme="dark" if is_dark else "light", reduced_motion="reduce", **options
        )
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._heard(page, message))
        page.on("request", lambda request: self._asked(page, request))
        page.on("response", lambda response: self._answered(response))
        return page

    def may_lose_the_network(self) -> None:
        """This test cuts it, and the browser may say so; when it does is no matter of ours."""
        self._is_cut = True

    def leave(self) -> None:
        """Close all pages; fails if any of them met a fault."""
        for context in self._contexts:
            context.close()
        assert self.faults == []

    def _heard(self, page: Any, message: Any) -> None:
        is_meant = "the server responded with a status of 4" in message.text or (self._is_cut and "net::ERR_" in message.text)
        if message.type == "error" and not is_meant:
            self.faults.append(f"{page.url}: {message.text}")

    def _asked(self, page: Any, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.hostname not in {"localhost", "127.0.0.1"}:
            self.faults.append(f"{page.url} asked {address.hostname}")

    def _answered(self, response: Any) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url} answered {response.status}")


def stored(page: Any) -> dict[str, Any]:
    """All that lies in this browser, sealed or readable, as text."""
    found: dict[str, Any] = page.evaluate(STORED)
    return found


def until(page: Any, holds: str | Callable[[], Any]) -> None:
    """Wait until this holds: in the page, whose policy forbids that the browser itself is given the words to try, or as we see it."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not (page.evaluate(holds) if isinstance(holds, str) else holds()):
        assert time.monotonic() < deadline, f"never came true: {holds}"
        page.wait_for_timeout(50)


def all_is_written(page: Any) -> None:
    """Wait for whatever is on its way into the browser's database: it happens in turn, and this after it."""
    page.evaluate("drafts.get('nothing').then(() => true)")


def rows(page: Any) -> list[str]:
    """The names of what lies in the browser's database, without the place that each tab has for itself."""
    return sorted(name.partition("/")[2] or name for name in stored(page)["rows"])


def accessibility_findings(page: Any, options: dict[str, Any] = BY_THE_RULES) -> list[str]:
    """What axe-core finds on the page, one line each. To bring it into a page takes longer than most of its looking, and is done once."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return [f"{page.url}: {broken['id']}: {node['html'][:160]}" for broken in found for node in broken["nodes"]]
