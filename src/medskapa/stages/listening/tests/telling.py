"""Telling a story through the pages, as a browser without JavaScript does it: the form of each page, with what it carries."""

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

from medskapa.ground.labs.models import Lab


class Fields(HTMLParser):
    """What a browser would send of the page's main form."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        found = dict(attrs)
        name = found.get("name")
        if tag == "textarea" and name:
            self._area = name
            self.values[name] = [""]
        if tag != "input" or not name:
            return
        if found.get("type") in {"checkbox", "radio"} and "checked" not in found:
            return
        self.values.setdefault(name, []).append(found.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area][0] += data


def fields_of(page: HttpResponse) -> dict[str, list[str]]:
    """Names and values of the fields of a page."""
    parser = Fields()
    parser.feed(page.content.decode())
    return {
        name: [value.removeprefix("\n") if name.startswith("a_") else value for value in values] for name, values in parser.values.items()
    }


def address(lab: Lab, language: str = "sv", end: str = "") -> str:
    """Where stories are told."""
    return f"/{language}/labs/{lab.slug}/tell/{end}"


def go(client: Client, lab: Lab, page: HttpResponse, go: str = "next", language: str = "sv", **filled: Any) -> HttpResponse:
    """Fill in something and press a button of the page."""
    return client.post(address(lab, language), fields_of(page) | filled | {"go": go})


def walk_to_the_end(client: Client, lab: Lab, language: str = "sv", **filled: Any) -> HttpResponse:
    """Go through every step, filling in what is asked; gives the last page, where everything can be read through."""
    page = client.get(address(lab, language))
    while "tell/send/" not in page.content.decode():
        asked = fields_of(page)
        mine = {name: value for name, value in filled.items() if name in asked or name == "kept_from"}
        if "words" in filled and asked["step"][0].startswith("a_"):
            mine[asked["step"][0]] = filled["words"]
        page = go(client, lab, page, language=language, **mine)
        assert page.status_code == 200
    return page


def send(client: Client, lab: Lab, page: HttpResponse, language: str = "sv") -> HttpResponse:
    """Send what was told."""
    return client.post(address(lab, language, "send/"), fields_of(page))


def code_on(page: HttpResponse) -> str:
    """The code that a page shows."""
    tag = re.search(r'class="code".*?</p>', page.content.decode(), re.S)
    assert tag is not None
    return "".join(re.findall(r"\d{3}", re.sub(r"<[^>]+>", " ", tag[0])))
