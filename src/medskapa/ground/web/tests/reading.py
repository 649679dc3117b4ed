"""What somebody sees and hears of a page, for tests."""

import re
from html.parser import HTMLParser

SILENT = frozenset({"script", "style", "head", "template"})
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "circle", "rect"})


class Reader(HTMLParser):
    """Collects the text of a page and the names of its drawings; fails on tags that do not close."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert [tag] == self.open[-1:], f"</{tag}> closes something else"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not SILENT & set(self.open):
            self.text.append(data)


def read(html: str) -> Reader:
    """The page, read to its end."""
    reader = Reader()
    reader.feed(html)
    assert reader.open == [], f"left open: {reader.open}"
    return reader


def text_of(html: str) -> str:
    """Its visible words in order, with single spaces. No-break spaces stay what they are."""
    return re.sub(r"[ \t\n]+", " ", " ".join(read(html).text)).strip()
