"""The signs of the design, read from ``glyphs.svg`` so that each is drawn in one place only."""

from functools import cache
from pathlib import Path
from xml.etree import ElementTree  # our own file, not somebody's upload

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

SVG = "{http://www.w3.org/2000/svg}"
POINTING = frozenset({"spread", "back", "exit", "arrow"})  # point somewhere, so they turn with the direction of reading
STAGE_NAMES: dict[str, str | Promise] = {
    "listen": pgettext_lazy("stage", "Listen"),
    "understand": pgettext_lazy("stage", "Understand"),
    "frame": pgettext_lazy("stage", "Frame"),
    "create": pgettext_lazy("stage", "Create"),
    "prototype": pgettext_lazy("stage", "Prototype"),
    "choose": pgettext_lazy("stage", "Choose"),
    "support": pgettext_lazy("stage", "Support"),
    "realise": pgettext_lazy("stage", "Realise"),
    "spread": pgettext_lazy("stage", "Spread"),
    "back": pgettext_lazy("stage", "Give back"),
}


@cache
def all_shapes() -> dict[str, list[dict[str, str]]]:
    """Every sign: its shapes with their attributes; ``kind`` is path, circle or rect."""
    root = ElementTree.parse(Path(__file__).with_name("static") / "web" / "glyphs.svg").getroot()  # noqa: S314
    return {
        symbol.attrib["id"]: [{"kind": shape.tag.removeprefix(SVG), **shape.attrib} for shape in symbol]
        for symbol in root.iter(f"{SVG}symbol")
    }


def shapes(name: str) -> list[dict[str, str]]:
    """The shapes of one sign. Raises LookupError for a sign that is not in the file."""
    try:
        return all_shapes()[name]
    except KeyError:
        raise LookupError(f"there is no glyph {name!r}; there are {', '.join(all_shapes())}") from None
