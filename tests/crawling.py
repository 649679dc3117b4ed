"""A crawler: it follows every link that somebody sees, inside one process, and notes what each page is like."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from django.utils.translation import override

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "circle", "rect", "use", "line", "ellipse"})
UNSEEN = frozenset({"script", "style", "head", "template"})
NOT_OURS = ("/static/", "/live/")
BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@dataclass(eq=False)
class Part:
    """One element of a page."""

    tag: str
    attrs: dict[str, str]
    parent: "Part | None"
    words: list[str] = field(default_factory=list)

    def above(self) -> Iterator["Part"]:
        """Itself and everything it stands in, from the inside."""
        part: Part | None = self
        while part is not None:
            yield part
            part = part.parent


class Tree(HTMLParser):
    """The parts of a page, each with all the words in it and the names of its pictures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[Part] = []
        self._open: Part | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        part = Part(tag, {name: value or "" for name, value in attrs}, self._open)
        self.parts.append(part)
        self._say(part.attrs.get("aria-label") or part.attrs.get("alt", ""), part)
        if tag not in VOID:
            self._open = part

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        part = Part(tag, {name: value or "" for name, value in attrs}, self._open)
        self.parts.append(part)
        self._say(part.attrs.get("aria-label") or part.attrs.get("alt", ""), part)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self._open is not None:
            self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._say(data, self._open)

    def all(self, *tags: str) -> list[Part]:
        """The parts with one of these tags."""
        return [part for part in self.parts if part.tag in tags]

    def _say(self, words: str, part: Part | None) -> None:
        if words.strip():
            for above in part.above() if part else ():
                above.words.append(words.strip())


@dataclass
class Page:
    """What came of one address."""

    address: str
    status: int
    queries: int
    tree: Tree
    view: str
    source: str  # the page that leads there

    @property
    def words(self) -> str:
        """All its words."""
        return " ".join(self.tree.parts[0].words) if self.tree.parts else ""

    def links(self) -> list[tuple[str, Part]]:
        """Where its links lead, without those out of the product."""
        found = [(urljoin(self.address, part.attrs["href"]), part) for part in self.tree.all("a") if "href" in part.attrs]
        return [(_plain(address), part) for address, part in found if address.startswith("/") and not address.startswith(NOT_OURS)]


def crawled(client: Client, starts: Iterable[str], *, most_of_a_kind: int) -> Iterator[Page]:
    """Every page that can be reached by links. Of pages of one kind (view, and names in the query) no more than so many."""
    waiting = deque((address, "") for address in starts)
    known = {address for address, _source in waiting}
    kinds: Counter[tuple[str, ...]] = Counter()
    while waiting:
        address, source = waiting.popleft()
        kind = kind_of(address)
        kinds[kind] += 1
        if kinds[kind] > most_of_a_kind:
            continue
        page = opened(client, address, kind[0], source)
        yield page
        language = address.split("/")[1]
        fresh = dict.fromkeys(target for target, _part in page.links() if target not in known and not _is_elsewhere(target, language))
        known |= set(fresh)
        waiting.extend((target, address) for target in fresh)


def opened(client: Client, address: str, view: str, source: str = "") -> Page:
    """One page, with what it asked of the store. Redirects are followed like links."""
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    queries = [query for query in asked.captured_queries if not query["sql"].startswith(BOOKKEEPING)]
    html = answer.content.decode() if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming else ""
    if "Location" in answer.headers:
        html = f'<a href="{answer.headers["Location"]}">on</a>'
    return Page(address, answer.status_code, len(queries), Tree(html), view, source)


def kind_of(address: str) -> tuple[str, ...]:
    """The view of an address, and the names in its query."""
    parts = urlsplit(address)
    names = sorted({pair.split("=")[0] for pair in parts.query.split("&") if pair})
    return (view_of(parts.path), *names)


def view_of(path: str) -> str:
    """The name of the view at a path; empty if there is none."""
    with override(path.split("/")[1] or "en"):
        try:
            return str(resolve(path).view_name)
        except Resolver404:
            return ""


def _plain(address: str) -> str:
    """Without the place on the page, and without where somebody goes on to after signing in."""
    return address.split("#")[0].split("?next=")[0]


def _is_elsewhere(address: str, language: str) -> bool:
    """Another language of the same pages, which other tests compare; and leaving, which would end the crawl."""
    return not address.startswith(f"/{language}/") or address.endswith(("/sign-out/", "/leave/"))


def seen(part: Part) -> bool:
    """Whether somebody sees it, or hears it read."""
    return not any(above.tag in UNSEEN or above.attrs.get("aria-hidden") == "true" for above in part.above())
