"""Style sheets, templates and scripts of the whole package: what must never be in them, and what they weigh."""

import gzip
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from medskapa.ground.web import styles
from medskapa.ground.web.tests.reading import read

PACKAGE = Path(styles.__file__).resolve().parents[2]
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
STYLES = [styles.STATIC / name for name in styles.DESIGN] + styles.parts()[len(styles.DESIGN) :]
OWN = [path for path in STYLES if path.name not in {"tokens.css", "base.css", "components.css"}]
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?:left|right|top|bottom|width|height|(?:min|max)-(?:width|height)):)"
)
COLOURS = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")
FORBIDDEN = re.compile(
    r"""<style|\sstyle=|\son\w+="|javascript:|\|\s*safe\b|autoescape off|<script(?![^>]*\s(?:src=|type="application/json"))"""
)
CSS_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
MEDIA = re.compile(r"@(?:media|container)[^{]*")
TEXT, SHAPE = 4.5, 3.0
STATES = ("good", "warn", "stop", "info")
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-2", "act", "thread") for ground in ("paper", "sheet", "sunk")],
    *[(ink, ground, TEXT) for ink, ground in (("ink", "thread-soft"), ("thread", "thread-soft"), ("ink", "act-soft"), ("act", "act-soft"))],
    *[("on-act", "act", TEXT), ("on-act", "act-2", TEXT), ("on-thread", "thread", TEXT)],
    *[(state, f"{state}-soft", TEXT) for state in STATES],
    *[("ink", f"{state}-soft", TEXT) for state in STATES],
    *[(state, "sheet", TEXT) for state in STATES],
    *[(group, ground, SHAPE) for group in ("g1", "g2", "g3") for ground in ("paper", "sheet")],
    *[("edge", ground, SHAPE) for ground in ("paper", "sheet", "sunk")],
]


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(PACKAGE)) for path in paths]


def css(path: Path) -> str:
    return MEDIA.sub("", CSS_COMMENTS.sub("", path.read_text(encoding="utf-8")))


def test_the_joined_sheet_is_its_parts():
    assert styles.JOINED.read_text(encoding="utf-8") == styles.joined(), "run python -m medskapa.ground.web.styles"


@pytest.mark.parametrize("path", STYLES, ids=names(STYLES))
def test_styles_know_start_and_end_but_neither_left_nor_right(path):
    assert PHYSICAL.findall(css(path)) == []


@pytest.mark.parametrize("path", OWN, ids=names(OWN))
def test_our_own_styles_take_every_colour_from_the_tokens(path):
    assert COLOURS.findall(css(path)) == []


def test_styles_and_scripts_ask_nobody_else():
    for path in [*STYLES, *styles.STATIC.glob("*.js"), *styles.STATIC.glob("*.svg")]:
        text = re.sub(r"http://www\.w3\.org/\d{4}/\w+", "", path.read_text(encoding="utf-8"))
        assert re.findall(r"url\(|@import|https?://(?!htmx\.org)[\w.]+", text) == [], path.name


def test_no_template_holds_a_style_or_a_script_or_marks_anything_safe():
    assert len(TEMPLATES) > 40
    faults = []
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        if FORBIDDEN.search(text):
            faults.append(path)
    assert names(faults) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_every_template_can_be_read(path):
    assert get_template(str(path).partition("/templates/")[2]).template.origin.name == str(path)


def test_scripts_evaluate_nothing_and_write_no_markup():
    for name in ("web.js", "teller.js", "aloud.js", "ways.js", "queue.js", "cover.js", "live.js"):
        text = (styles.STATIC / name).read_text(encoding="utf-8")
        assert re.findall(r"\beval\(|new Function|innerHTML|outerHTML|document\.write|insertAdjacentHTML", text) == [], name


def test_htmx_is_the_version_that_was_chosen_and_may_not_evaluate():
    page = (PACKAGE / "ground" / "web" / "templates" / "web" / "page.html").read_text(encoding="utf-8")

    assert 'version:"2.0.10"' in (styles.STATIC / "htmx.min.js").read_text(encoding="utf-8")
    assert "Zero-Clause BSD" in (styles.STATIC / "htmx.LICENSE.txt").read_text(encoding="utf-8")
    for setting in ('"allowEval":false', '"includeIndicatorStyles":false', '"historyCacheSize":0', '{"code":"422","swap":true}'):
        assert setting in page


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})\b", block))


@pytest.fixture(scope="module")
def tokens() -> str:
    return (styles.STATIC / "tokens.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def light(tokens) -> dict[str, str]:
    return palette(tokens[: tokens.index("@media")])


@pytest.fixture(scope="module")
def dark(tokens, light) -> dict[str, str]:
    return light | palette(tokens[tokens.index('[data-theme="dark"] {') : tokens.index("@media (prefers-contrast")])


def test_the_measure_of_contrast_is_that_of_wcag():
    assert contrast("#fff", "#000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_every_pair_of_colours_can_be_read_in_light_and_dark(light, dark, ink, ground, least):
    assert contrast(light[ink], light[ground]) >= least
    assert contrast(dark[ink], dark[ground]) >= least


def test_the_ring_of_focus_is_seen_in_light_and_dark(light, dark):
    assert contrast(light["ink"], light["sun"]) >= SHAPE
    assert contrast(dark["sun"], dark["paper"]) >= SHAPE


def test_dark_is_the_same_whether_the_system_or_the_page_asks_for_it(tokens, dark):
    system = palette(tokens[tokens.index("prefers-color-scheme: dark") : tokens.index('[data-theme="dark"] {')])

    assert {name: value for name, value in system.items() if dark[name] != value} == {}


def wire(data: bytes) -> int:
    return len(gzip.compress(data, 6))


def test_a_first_visit_to_a_page_of_a_storyteller_weighs_at_most_30_kb_before_its_own_words(frame):
    """The promise is 50 KB in six requests for the telling page; this is the frame that it stands in."""
    page = frame.get("/sv/tell/").content
    asked = {attrs.get("href") or attrs.get("src") for tag, attrs in read(page.decode()).elements if tag in {"link", "script"}}

    files = [styles.STATIC / Path(str(address)).name for address in asked]
    assert sorted(path.name for path in files) == ["aloud.js", "medskapa.css", "plain.svg", "teller.js"]
    assert wire(page) + sum(wire(path.read_bytes()) for path in files) <= 30_000


def test_a_page_of_a_storyteller_sets_no_cookie_and_gives_nothing_away(frame):
    response = frame.get("/sv/tell/")

    assert dict(response.cookies) == {}
    assert re.search(r"<title>([^<]*)</title>", response.content.decode()).group(1) == "Page 1"
