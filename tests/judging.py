"""What is wrong with a page, whatever it is about: each function gives the faults it finds, in words."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from urllib.parse import urlsplit

from django.utils.translation import gettext, override

from medskapa.ground.web import languages
from tests.crawling import Page, Part, seen

MOST_QUERIES = 25
NAMELESS = re.compile(r"[A-Z]\w+ object \(\w+\)")
FINE = (200, 301, 302, 303)
ASKING = frozenset({"src", "srcset", "action", "formaction", "poster", "data", "background", "ping", "manifest"})
AROUND = frozenset({"li", "tr", "td", "th", "dd", "article", "figure"})


def unwhole(page: Page) -> Iterator[str]:
    """What a page lacks that each must have: an answer at a fixed price, a title, a language, headings in order, links with words."""
    if page.status not in FINE:
        yield f"answers {page.status}"
    if page.queries > MOST_QUERIES:
        yield f"{page.queries} SQL queries"
    if page.status == 200 and page.tree.parts:
        yield from _badly_made(page)


def _badly_made(page: Page) -> Iterator[str]:
    html = page.tree.all("html")[0].attrs
    title = " ".join(word for part in page.tree.all("title") if part.parent and part.parent.tag == "head" for word in part.words)
    if not title or "<" in title:
        yield f"is called {title!r}"
    if html.get("lang") not in (page.address.split("/")[1], "en") or html.get("dir") != languages.direction(html.get("lang", "")):
        yield f"is in {html}"
    if nameless := NAMELESS.search(page.words):
        yield f"calls something {nameless.group()!r}"
    if len([part for part in page.tree.all("h1") if seen(part)]) != 1:
        yield f"{len(page.tree.all('h1'))} first headings"
    levels = [int(part.tag[1]) for part in page.tree.all("h1", "h2", "h3", "h4", "h5", "h6") if seen(part)]
    if any(below > above + 1 for above, below in pairwise(levels)):
        yield f"headings leave out a level: {levels}"
    for target, link in page.links():
        if seen(link) and not link.words:
            yield f"a link to {target} without words"


def asking_elsewhere(page: Page) -> Iterator[str]:
    """Whatever would ask another host for something, or send it something: pictures, scripts, styles, frames, forms.

    Links are left out: whether somebody follows one to a source is for them to say.
    """
    for part in page.tree.parts:
        for name, value in part.attrs.items():
            is_asked = name in ASKING or (name in ("href", "xlink:href") and part.tag not in ("a", "area"))
            if is_asked and not _hosts(value) <= {"", "testserver"}:
                yield f"asks {value} by <{part.tag} {name}>"
        if part.attrs.get("http-equiv", "").lower() == "refresh" and "//" in part.attrs.get("content", ""):
            yield f"goes on to {part.attrs['content']}"


def _hosts(value: str) -> set[str]:
    return {urlsplit(one.split()[0]).netloc for one in value.split(",") if one.strip()}


def unmarked(page: Page, invented: set[str]) -> Iterator[str]:
    """What is invented (by its id, in which its address ends) without saying so: the page, in its main part; and each link to
    something invented, in the link itself or else in the row, card, cell or figure it stands in.

    What the page itself is about, whose id stands in its own address, is not said again beside each of its verbs; nor do the button
    out of a form and the links to what comes next and before say it, which name nothing.
    """
    if page.status != 200 or not page.tree.parts:
        return
    with override(page.tree.all("html")[0].attrs["lang"]):
        words = gettext("Invented for the demo")
    if _id_in(page.address) in invented and not any(words in main.words for main in page.tree.all("main")):
        yield "is invented and does not say so"
    said_in = {_around(part) for part in page.tree.all("span") if "demo" in part.attrs.get("class", "").split()} - {None}
    for target, link in page.links():
        is_new = _id_in(target) in invented and _id_in(target) not in page.address.split("/") and not _names_nothing(link)
        if is_new and words not in " ".join(link.words) and _around(link) not in said_in:
            yield f"a link to {target}, {' '.join(link.words)!r}, does not say that it is invented"


def _id_in(address: str) -> str:
    return address.split("?")[0].rstrip("/").rsplit("/", 1)[-1]


def _names_nothing(link: Part) -> bool:
    if link.attrs.get("rel") in {"next", "prev"}:
        return True
    return "btn" in link.attrs.get("class", "").split() and any(above.tag == "form" for above in link.above())


def _around(part: Part) -> Part | None:
    return next((above for above in part.above() if above.tag in AROUND), None)


def unworded(page: Page, originals: Mapping[str, set[str]]) -> Iterator[str]:
    """Texts of a lab that stand there as they were first written although somebody has worded them in the language of the page.

    ``originals`` holds them by language. What is written anew in a form stands there as it was written; and whoever shows a text
    in another language than the page's says so.
    """
    if page.status != 200 or not page.tree.parts:
        return
    language = page.tree.all("html")[0].attrs["lang"]
    if language != page.address.split("/")[1]:  # the page lacks the language that was asked for; the lab's texts come in that one
        return
    other = [part for part in page.tree.parts if part.attrs.get("lang", language) != language]
    around = {above for part in other for above in part.above()}
    for part in page.tree.parts:
        is_other = part in around or any(above in other for above in part.above())
        if part.tag in ("a", "b", "bdi", "dd", "dt", "h1", "h2", "h3", "h4", "legend", "option", "p", "span", "title") and not is_other:
            words = " ".join(part.words).removesuffix(" – Medskapa").strip('“”"')
            if words in originals.get(language, ()):
                yield f"shows {words!r} in <{part.tag}>, which is worded in {language}"
