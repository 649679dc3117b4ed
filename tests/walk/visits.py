"""The pages of a walk: who was where, and what is wrong with a page of each kind, in light and in dark."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.urls import resolve
from django.utils.translation import override

from tests.browsing import accessibility_findings

DECIDED_BY_COLOUR = ["color-contrast", "link-in-text-block"]
IN_DARK = {"runOnly": {"type": "rule", "values": DECIDED_BY_COLOUR}, "resultTypes": ["violations"]}
SHAPE = """() => {
  const parts = [...document.querySelectorAll("body *")].map(part => part.tagName + "." + part.getAttribute("class"));
  return [...new Set(parts)].sort().join(" ");
}"""
WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


class Visit(NamedTuple):
    """Somebody was somewhere."""

    who: str
    address: str
    title: str


@dataclass
class Visits:
    """All visits of a walk. Pages made of the same parts are looked at once."""

    all: list[Visit] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    kinds: set[tuple[str, str]] = field(default_factory=set)

    def note(self, who: str, page: Any) -> None:
        """Somebody has come to a page."""
        self.all.append(Visit(who, page.url, page.title()))
        kind = (view_of(page.url), page.evaluate(SHAPE))
        if kind not in self.kinds:
            self.kinds.add(kind)
            self.faults += self._faults(page)

    def _faults(self, page: Any) -> list[str]:
        found = [f"{page.url}: {said}" for said in _unlike_a_page(page)]
        found += accessibility_findings(page)
        page.emulate_media(color_scheme="dark")
        found += [f"{fault} (dark)" for fault in accessibility_findings(page, IN_DARK)]
        page.emulate_media(color_scheme="light")
        return found


def view_of(address: str) -> str:
    """The name of the view that answers at an address."""
    path = urlsplit(address).path
    with override(path.split("/")[1] or "en"):
        return str(resolve(path).view_name)


def _unlike_a_page(page: Any) -> list[str]:
    """What a page of ours has, and this one lacks."""
    width, room = page.evaluate(WIDTHS)
    wrong = [f"{width} px wide on a phone of {room}"] if width > room else []
    headings = page.locator("h1").count()
    wrong += [f"{headings} first headings"] if headings != 1 else []
    wrong += ["no title"] if not page.title().strip() else []
    return wrong + (["markup in its title"] if "<" in page.title() else [])
