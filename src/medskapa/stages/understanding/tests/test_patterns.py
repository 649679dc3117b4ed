"""Where tellers placed what they told: shown to those who look for meaning, and never so that it points somebody out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.labs.models import AgeBand, Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.disclosure import FEWEST
from medskapa.stages.listening.actions import withdraw_story
from medskapa.stages.listening.scales import LINE, TRIANGLE
from medskapa.stages.listening.tests.makers import a_scale, a_story, a_triangle, teller_of
from medskapa.stages.understanding.patterns import language_labels, pattern_of, scales_with_patterns, shown_groups

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def placed(lab: Lab, scale, places, language: str = "sv", **what):
    return [a_story(lab, language=language, marks={scale: place}, **what) for place in places]


@given(st.dictionaries(st.text(max_size=3), st.integers(min_value=1, max_value=12), max_size=6))
def test_no_group_of_one_to_four_is_shown_nor_can_be_worked_out(sizes):
    shown = shown_groups(sizes)

    assert all(sizes[group] >= FEWEST for group in shown)
    left = sum(sizes.values()) - sum(sizes[group] for group in shown)
    assert not shown or left == 0 or left >= FEWEST


def test_with_four_tellers_there_is_no_pattern_and_with_five_there_is(lab):
    scale = a_scale(lab)
    placed(lab, scale, LINE[:4])
    page = f"/en/labs/{lab.slug}/patterns/{scale.public_id}/"
    maker = a_client(lab, Role.SENSE_MAKER)
    before = maker.get(page).content.decode()

    placed(lab, scale, LINE[4:5])

    assert "Too few to tell" in before
    assert 'class="many"' not in before
    assert "5 people placed what they told." in maker.get(page).content.decode()


def test_one_teller_who_told_five_times_is_one(lab):
    scale, teller = a_scale(lab), a_pseudonym(lab)
    placed(lab, scale, LINE[:5], teller=teller)

    assert pattern_of(scale).tellers == 1
    assert not pattern_of(scale).is_shown


def test_what_was_taken_back_leaves_no_mark(lab):
    scale = a_scale(lab)
    *_others, last = placed(lab, scale, LINE[:5])

    withdraw_story(last, by=teller_of(last))

    assert pattern_of(scale).tellers == 4
    assert not last.marks.exists()


def test_the_table_says_what_the_picture_shows(lab):
    triangle = a_triangle(lab)
    placed(lab, triangle, [TRIANGLE[0]] * 4 + [TRIANGLE[6]])

    pattern = pattern_of(triangle)

    assert {spot.says: spot.count for spot in pattern.spots if spot.count} == {"All the way to “<bdi>people</bdi>”": 4, "In the middle": 1}
    assert sum(count for _region, _label, count in pattern.regions) == 5


def test_languages_stand_side_by_side_where_each_has_five(lab):
    scale = a_scale(lab)
    placed(lab, scale, [LINE[0]] * 5, language="sv")
    placed(lab, scale, [LINE[6]] * 5, language="ar")
    placed(lab, scale, [LINE[3]] * 3, language="en")

    groups = pattern_of(scale).groups_by("language", language_labels(pattern_of(scale)))

    assert len(groups) == 1  # the three would be known from the whole, so one of the others is left out, too


def test_the_stories_of_a_region_are_those_that_the_reader_may_read_anyway(lab):
    scale = a_scale(lab)
    placed(lab, scale, [LINE[0]] * 4)
    a_story(lab, marks={scale: LINE[0]}, released=True, title="A long wait")

    shown = a_client(lab, Role.SENSE_MAKER).get(f"/en/labs/{lab.slug}/patterns/{scale.public_id}/?region=0").content.decode()

    assert shown.count("A long wait") == 1
    assert "Stories that lie there" in shown


@pytest.mark.parametrize("region", ["9", "-1", "x", "٣", ""])
def test_a_region_that_is_none_shows_the_page_without_stories(lab, region):
    scale = a_scale(lab)
    placed(lab, scale, [LINE[0]] * 5)

    answer = a_client(lab, Role.SENSE_MAKER).get(f"/en/labs/{lab.slug}/patterns/{scale.public_id}/", {"region": region})

    assert answer.status_code == 200
    assert "Stories that lie there" not in answer.content.decode()


@pytest.mark.parametrize("role", [Role.ACTOR, Role.CO_CREATOR, Role.READER, Role.JUROR])
def test_patterns_are_for_those_who_look_for_meaning(lab, role):
    scale = a_scale(lab)

    for end in ("", f"{scale.public_id}/"):
        assert a_client(lab, role).get(f"/en/labs/{lab.slug}/patterns/{end}").status_code == 403


def test_before_an_adult_has_agreed_nothing_of_a_story_is_in_a_pattern(lab):
    scale = a_scale(lab)
    placed(lab, scale, LINE[:1], teller=a_pseudonym(lab, age_band=AgeBand.UNDER_13))

    assert pattern_of(scale).tellers == 0
    assert scales_with_patterns(lab).get().teller_count == 0
