"""A teller's own reading: marks between ends and among corners, theirs to change, gone with the story."""

from contextlib import suppress
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.utils.html import strip_tags
from hypothesis import given, settings
from hypothesis import strategies as st

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, an_actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.actions import mark_story, save_scale, withdraw_story
from medskapa.stages.listening.errors import NotOnScale, TooManyScales
from medskapa.stages.listening.models import Mark, Scale
from medskapa.stages.listening.scales import (
    LINE,
    TRIANGLE,
    place_in_words,
    place_of,
    read_place,
    region_in_words,
    region_of,
    regions_on,
    written,
)
from medskapa.stages.listening.tests.makers import a_scale, a_story, a_triangle, teller_of

SCALE = Scale(title="This made me feel", first="seen", second="invisible", language="en")
CORNERS = Scale(title="What helped was about", first="people", second="rules", third="luck", language="en")


@pytest.fixture
def lab() -> Lab:
    return a_lab()


@pytest.mark.parametrize(("places", "count"), [(LINE, 7), (TRIANGLE, 13)])
def test_every_place_on_a_scale_is_a_whole_and_none_is_there_twice(places, count):
    assert len(set(places)) == len(places) == count
    assert {sum(place) for place in places} == {Mark.WHOLE}


@pytest.mark.parametrize("places", [LINE, TRIANGLE])
def test_turned_round_a_scale_has_the_same_places(places):
    ends = 2 if places is LINE else 3

    assert {(*reversed(place[:ends]), *place[ends:]) for place in places} == set(places)


def test_every_place_is_told_apart_in_words():
    assert [strip_tags(place_in_words(SCALE, place)) for place in LINE] == [
        "All the way to “seen”",
        "Much nearer to “seen”",
        "A little nearer to “seen”",
        "In the middle",
        "A little nearer to “invisible”",
        "Much nearer to “invisible”",
        "All the way to “invisible”",
    ]
    assert len({place_in_words(CORNERS, place) for place in TRIANGLE}) == len(TRIANGLE)


def test_a_place_in_a_triangle_is_said_by_what_it_holds_most_of():
    said = [strip_tags(place_in_words(CORNERS, place)) for place in [(2, 8, 2), (6, 0, 6), (2, 5, 5), (4, 4, 4)]]

    assert said == ["Mostly “rules”", "Between “people” and “luck”", "Between “rules” and “luck”, and a little “people”", "In the middle"]


def test_each_place_lies_in_one_region():
    assert [strip_tags(region_in_words(SCALE, region)) for region in regions_on(SCALE)] == [
        "Nearest to “seen”",
        "Nearest to “invisible”",
        "In the middle",
    ]
    assert [len([place for place in TRIANGLE if region_of(place) == region]) for region in regions_on(CORNERS)] == [2, 2, 2, 2, 2, 2, 1]


@given(text=st.one_of(st.text(max_size=12), st.sampled_from([written(place) for place in (*LINE, *TRIANGLE)])))
def test_whatever_a_form_sends_is_a_place_on_the_scale_or_nothing(text):
    for places in (LINE, TRIANGLE):
        place = read_place(text, places)

        assert (place is None) == (text not in {written(known) for known in places})
        assert place is None or written(place) == text


@pytest.mark.django_db
def test_a_teller_places_a_story_moves_the_mark_and_takes_it_away(lab):
    scale, triangle, story = a_scale(lab), a_triangle(lab), a_story(lab)

    mark_story(story, marks={scale: (10, 2, 0), triangle: (4, 4, 4)}, by=teller_of(story))
    mark_story(story, marks={scale: (0, 12, 0), triangle: None}, by=teller_of(story))

    assert [(mark.scale, place_of(mark)) for mark in story.marks.all()] == [(scale, (0, 12, 0))]


@pytest.mark.django_db
def test_only_its_teller_places_a_mark(lab):
    scale, story = a_scale(lab), a_story(lab)

    for actor in (an_actor(lab, Role.PROCESS_LEADER), teller_of(a_story(lab))):
        with pytest.raises(NotAllowed):
            mark_story(story, marks={scale: (6, 6, 0)}, by=actor)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(place=st.tuples(*[st.integers(0, 13)] * 3))
def test_no_mark_stands_outside_its_scale(place):
    with transaction.atomic():
        lab = a_lab()
        scale, story = a_scale(lab), a_story(lab)
        with suppress(NotOnScale):
            mark_story(story, marks={scale: place}, by=teller_of(story))
        marks = [place_of(mark) for mark in story.marks.all()]
        transaction.set_rollback(True)

    assert marks == ([place] if place in LINE else [])


@pytest.mark.django_db
def test_the_store_itself_refuses_shares_that_make_no_whole(lab):
    scale, story = a_scale(lab), a_story(lab)

    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(lab=lab, story=story, scale=scale, first=12, second=1)


@pytest.mark.django_db
def test_a_mark_on_the_scale_of_another_lab_is_refused(lab):
    story = a_story(lab)

    with pytest.raises(NotOnScale):
        mark_story(story, marks={a_scale(a_lab()): (6, 6, 0)}, by=teller_of(story))


@pytest.mark.django_db
@settings(max_examples=20, deadline=None)
@given(places=st.lists(st.sampled_from(LINE), min_size=1, max_size=4))
def test_a_story_that_is_taken_back_leaves_no_mark(places):
    with transaction.atomic():
        lab = a_lab()
        marks = {a_scale(lab, order=order): place for order, place in enumerate(places)}
        story, other = a_story(lab, marks=marks), a_story(lab, marks=marks)
        before = story.marks.count()
        withdraw_story(story, by=teller_of(story))
        after = (story.marks.count(), other.marks.count())
        transaction.set_rollback(True)

    assert (before, after) == (len(places), (0, len(places)))


@pytest.mark.django_db
def test_a_mark_that_cannot_be_placed_leaves_the_story_untold(lab):
    with patch("medskapa.stages.listening.actions.telling.place_marks", side_effect=NotOnScale), pytest.raises(NotOnScale):
        a_story(lab)

    assert not lab.stories.exists()


@pytest.mark.django_db
def test_nothing_is_marked_on_a_story_that_was_taken_back(lab):
    scale, story = a_scale(lab), a_story(lab)
    teller = teller_of(story)
    withdraw_story(story, by=teller)

    with pytest.raises(WrongState):
        mark_story(story, marks={scale: (6, 6, 0)}, by=teller)


@pytest.mark.django_db
def test_a_lab_asks_at_most_six_scales_at_once(lab):
    scales = [a_scale(lab, order=order) for order in range(6)]
    with pytest.raises(TooManyScales):
        a_scale(lab)

    scales[0].closed_at = now()
    save_scale(scales[0], by=an_actor(lab, Role.PROCESS_LEADER))

    assert a_scale(lab).pk


@pytest.mark.django_db
def test_the_words_of_a_scale_are_settled_once_somebody_has_marked(lab):
    scale = a_scale(lab)
    leader = an_actor(lab, Role.PROCESS_LEADER)
    scale.first = "noticed"
    save_scale(scale, by=leader)
    a_story(lab, marks={scale: (8, 4, 0)})

    scale.first, scale.second = scale.second, scale.first
    with pytest.raises(WrongState):
        save_scale(scale, by=leader)
