"""Each component against its own examples, which the style page shows, too."""

import re

import pytest
from django.test import RequestFactory

from medskapa.ground.web import gallery, glyphs
from medskapa.ground.web.tests.reading import read, text_of

EXAMPLES = [example for name in gallery.components() for example in gallery.examples(name)]
NAMED = [f"{example.component}: {example.says}" for example in EXAMPLES]


@pytest.fixture
def request_here(rf: RequestFactory):
    return rf.get("/en/style/")


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMED)
def test_a_component_shows_what_its_example_says(example, request_here):
    drawn = example.drawn(request_here)

    assert text_of(drawn) == example.shows
    assert [part for part in example.has if part not in drawn] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMED)
def test_every_drawing_has_a_name_or_is_passed_over(example, request_here):
    drawings = [attrs for tag, attrs in read(example.drawn(request_here)).elements if tag == "svg" or attrs.get("role") == "img"]

    assert [attrs for attrs in drawings if attrs.get("aria-hidden") != "true" and not attrs.get("aria-label")] == []


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.strands], ids=[one.says for one in EXAMPLES if one.strands])
def test_so_many_people_so_many_strands(example, request_here):
    drawn = example.drawn(request_here)

    assert len(re.findall(r"<path [^>]*opacity=", drawn)) == example.strands
    assert drawn.count("h.01") == example.strands


def test_of_a_hundred_exactly_a_hundred_are_drawn(request_here):
    drawn = gallery.examples("hundred")[0].drawn(request_here)

    assert [path.count("h.01") for path in re.findall(r'class="(?:no|yes)" d="([^"]*)"', drawn)] == [59, 41, 32, 68]


def test_every_component_says_what_it_takes_and_has_an_example():
    for name in gallery.components():
        template = (gallery.COMPONENTS / name / f"{name}.html").read_text(encoding="utf-8")
        assert template.startswith(f"{{# {name}: "), name
        assert gallery.examples(name), name


def test_every_stage_has_a_sign():
    assert [stage for stage in glyphs.STAGE_NAMES if not glyphs.shapes(stage)] == []
    assert len(glyphs.STAGE_NAMES) == 10


def test_a_sign_that_does_not_exist_is_named():
    with pytest.raises(LookupError, match="no glyph 'unicorn'"):
        glyphs.shapes("unicorn")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_style_page_shows_every_component_in_every_state(frame, language):
    page = frame.get(f"/{language}/style/")

    assert page.status_code == 200
    shown = text_of(page.content.decode())
    assert [example.says for example in EXAMPLES if example.says not in shown] == []
