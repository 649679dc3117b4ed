"""Covering: what others see of a picture is drawn anew without what was covered, and only after somebody has looked at it."""

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from medskapa.ground.labs.copies import copy_of, packed
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import a_unit, an_organisation
from medskapa.stages.listening.actions import (
    change_consent,
    cover_picture,
    hold_story,
    read_picture,
    remove_picture,
    second_release,
    undo_release,
    withdraw_story,
    withhold_picture,
)
from medskapa.stages.listening.actions.releasing import UNDO
from medskapa.stages.listening.errors import MarksLeft, NotLookedAt
from medskapa.stages.listening.models import Cover, DeskRules, Picture, Reach, Story
from medskapa.stages.listening.pictures import areas_of, opened, redrawn
from medskapa.stages.listening.queries import pictures_shown
from medskapa.stages.listening.redraw import FLAT, redraw
from medskapa.stages.listening.tests.makers import a_cover, a_drawing, a_picture, a_shown_picture, a_story, let_go, teller_of
from medskapa.stages.listening.tests.telling import fields_of

pytestmark = pytest.mark.django_db
KEY = "key-of-a-form-0123456789"
FIRST = (0, 0, 40, 40)  # the first field of 12 × 8 in a picture of 480 × 320


@pytest.fixture
def lab() -> Lab:
    return a_lab()


@pytest.fixture
def picture(lab: Lab) -> Picture:
    return a_picture(a_story(lab))


def pixels(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def colour_at(content: bytes, place: tuple[int, int]) -> Any:
    return pixels(content).getpixel(place)


def is_flat(colour: Any) -> bool:
    return all(abs(one - other) < 4 for one, other in zip(colour, FLAT, strict=True))


def desk(picture: Picture, end: str = "") -> str:
    return f"/en/labs/{picture.lab.slug}/moderation/{picture.story.public_id}/{end}"


def page_of(cover: Cover, end: str = "") -> str:
    return f"/en/labs/{cover.lab.slug}/stories/{cover.picture.story.public_id}/{end}"


def what_is_seen(lab: Lab, story: Story, role: Role = Role.ACTOR) -> list[str]:
    return [cover.public_id for cover in pictures_shown(story, reader=an_actor(lab, role))]


def test_what_is_covered_is_one_flat_colour_and_the_rest_stays_as_it_is(lab):
    picture = a_picture(a_story(lab), a_drawing(FIRST, (440, 280, 480, 320)))

    content = opened(a_cover(picture, 0))

    assert is_flat(colour_at(content, (20, 20)))
    assert colour_at(content, (460, 300))[0] > 230 > 60 > colour_at(content, (460, 300))[1]
    assert pixels(content).size == (480, 320)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(colours=st.lists(st.sampled_from(["red", "blue", "black", "lime", "#8844aa"]), min_size=2, max_size=2, unique=True), data=st.data())
def test_nothing_around_a_cover_depends_on_what_was_under_it(colours, data):
    left, top = (data.draw(st.integers(0, most)) for most in (400, 260))
    face = (left, top, left + data.draw(st.integers(1, 79)), top + data.draw(st.integers(1, 59)))

    one, other = (redraw(a_drawing(face, colour=colour), [face]) for colour in colours)

    assert a_drawing(face, colour=colours[0]) != a_drawing(face, colour=colours[1])
    assert one == other


@settings(max_examples=20, deadline=None)
@given(width=st.integers(1, 1600), height=st.integers(1, 1600))
def test_all_fields_together_cover_the_whole_picture_whatever_its_shape(width, height):
    picture = Picture(width=width, height=height)
    cells = range(picture.rows * Picture.COLUMNS)
    areas = [tuple(map(int, area.split(","))) for area in areas_of(cells, picture.rows, width, height)]

    covered = redraw(a_drawing(size=(width, height)), areas)

    assert all(is_flat(colour) for _count, colour in pixels(covered).getcolors(10_000))
    assert 1 <= picture.rows <= Picture.MOST_ROWS


def test_a_cover_holds_nothing_but_pixels(lab):
    photo = Image.new("RGB", (480, 320), "white")
    exif, target = Image.Exif(), io.BytesIO()
    exif[0x010E] = "59.3293 N"
    photo.save(target, "JPEG", exif=exif)

    content = opened(a_cover(a_picture(a_story(lab), redrawn(target.getvalue())), 3))

    assert b"59.3293" not in content
    assert dict(pixels(content).getexif()) == {}


def test_only_who_has_looked_at_a_picture_can_cover_it(lab, picture):
    moderator = an_actor(lab, Role.MODERATOR)
    with pytest.raises(NotLookedAt):
        cover_picture(picture, cells=[], shows="A white sheet", by=moderator)

    read_picture(picture.story, picture=picture, by=moderator)

    assert cover_picture(picture, cells=[], shows="A white sheet", by=moderator).cells == []
    with pytest.raises(NotLookedAt):
        cover_picture(picture, cells=[], shows="A white sheet", by=an_actor(lab, Role.MODERATOR))


@pytest.mark.parametrize("role", [Role.INTERPRETER, Role.SENSE_MAKER, Role.ACTOR, Role.SAFEGUARDING_OFFICER])
def test_nobody_but_those_who_moderate_covers_and_withholds(lab, picture, role):
    for act in (lambda by: cover_picture(picture, cells=[0], shows="x", by=by), lambda by: withhold_picture(picture, by=by)):
        with pytest.raises(NotAllowed):
            act(an_actor(lab, role))


def test_what_can_be_seen_is_said_without_names(lab, picture):
    with pytest.raises(MarksLeft):
        a_cover(picture, 0, shows="Call 070-123 45 67")


def test_covering_leaves_one_line_and_withholding_another(lab, picture):
    cover = a_cover(picture, 0)
    withhold_picture(picture, by=an_actor(lab, Role.MODERATOR))

    lines = list(Record.objects.order_by("-number").values_list("verb", "subject")[:2])
    name = f"listening.picture:{picture.public_id}"
    assert lines == [("picture.withhold", name), ("picture.cover", name)]
    assert not Cover.objects.filter(pk=cover.pk).exists()


def test_others_see_a_covered_picture_ten_minutes_after_it_was_let_go_with_the_story(lab, picture):
    cover = a_cover(picture, 0)
    story = let_go(picture.story, covers=[cover])
    assert what_is_seen(lab, story) == []

    with at(now() + UNDO):
        assert what_is_seen(lab, story) == [cover.public_id]


def test_a_covered_picture_that_was_not_chosen_is_seen_by_nobody_else(lab, picture):
    a_cover(picture, 0)
    story = let_go(picture.story)

    with at(now() + UNDO):
        assert what_is_seen(lab, story) == []


def test_a_release_that_is_undone_leaves_the_cover_on_the_desk(lab, picture):
    cover = a_cover(picture, 0)
    undo_release(let_go(picture.story, covers=[cover]), by=an_actor(lab, Role.MODERATOR))

    cover.refresh_from_db()
    assert (cover.effective_at, cover.goes_along) == (None, True)
    with at(now() + UNDO):
        assert what_is_seen(lab, picture.story) == []


def test_a_picture_covered_anew_takes_the_place_of_the_one_before_after_ten_minutes(lab):
    before = a_shown_picture(lab, 0)
    story, after = before.picture.story, a_cover(before.picture, 0, 1)

    let_go(story, covers=[after])

    assert what_is_seen(lab, story) == [before.public_id]
    with at(now() + UNDO):
        assert what_is_seen(lab, story) == [after.public_id]


def test_a_revision_that_is_undone_lets_others_see_what_they_saw_before(lab):
    before = a_shown_picture(lab, 0)
    story = let_go(before.picture.story, covers=[a_cover(before.picture, 0, 1)])

    undo_release(story, by=an_actor(lab, Role.MODERATOR))

    with at(now() + UNDO):
        assert what_is_seen(lab, story) == [before.public_id]


def test_a_picture_left_out_of_a_revision_is_gone_after_ten_minutes(lab):
    cover = a_shown_picture(lab, 0)
    let_go(cover.picture.story)
    assert what_is_seen(lab, cover.picture.story) == [cover.public_id]

    with at(now() + UNDO):
        assert what_is_seen(lab, cover.picture.story) == []


def test_where_two_let_a_story_go_the_picture_waits_for_the_second(lab, picture):
    DeskRules.objects.create(lab=lab, release=DeskRules.Two.ALWAYS)
    cover = a_cover(picture, 0)
    story = let_go(picture.story, covers=[cover])
    with at(now() + UNDO):
        assert what_is_seen(lab, story) == []

    second_release(story, by=an_actor(lab, Role.MODERATOR))

    with at(now() + UNDO):
        assert what_is_seen(lab, story) == [cover.public_id]


def test_nothing_is_covered_anew_while_a_story_is_on_its_way_out(lab, picture):
    let_go(picture.story, covers=[a_cover(picture, 0)])

    with pytest.raises(WrongState):
        a_cover(picture, 1)


def nobody(lab: Lab, cover: Cover) -> None:
    withhold_picture(cover.picture, by=an_actor(lab, Role.MODERATOR))


def held(lab: Lab, cover: Cover) -> None:
    hold_story(cover.picture.story, by=an_actor(lab, Role.MODERATOR))


def narrowed(lab: Lab, cover: Cover) -> None:
    change_consent(cover.picture.story, wish=Reach.TEAM, kept_from=frozenset(), by=teller_of(cover.picture.story))


def removed(lab: Lab, cover: Cover) -> None:
    remove_picture(cover.picture, by=teller_of(cover.picture.story))


def withdrawn(lab: Lab, cover: Cover) -> None:
    withdraw_story(cover.picture.story, by=teller_of(cover.picture.story))


@pytest.mark.parametrize("ends", [nobody, held, narrowed, removed, withdrawn])
def test_what_ends_a_picture_ends_it_for_all_at_once(lab, ends):
    cover = a_shown_picture(lab, 0)
    browser, where = a_client(lab, Role.ACTOR), page_of(cover, f"pictures/{cover.public_id}/")
    assert browser.get(where).content == opened(cover)

    ends(lab, Cover.objects.select_related("picture__story__lab", "picture__story__teller__lab", "picture__story__key").get())

    assert browser.get(where).status_code == 404


def test_readers_get_the_covered_picture_and_never_the_other(lab):
    cover = a_shown_picture(lab, 0, content=a_drawing(FIRST))
    browser = a_client(lab, Role.ACTOR)
    page = browser.get(page_of(cover)).content.decode()
    where = page_of(cover, f"pictures/{cover.public_id}/")

    answer = browser.get(where)

    assert where in page
    assert cover.picture.public_id not in page
    assert is_flat(colour_at(answer.content, (20, 20)))
    assert "no-store" in answer.headers["Cache-Control"]
    for end in (f"pictures/{cover.picture.public_id}/", f"covered/{cover.public_id}/"):
        assert browser.get(desk(cover.picture, end)).status_code == 404
    assert browser.get(page_of(cover, f"pictures/{cover.picture.public_id}/")).status_code == 404


def test_a_picture_goes_no_further_than_its_story(lab):
    inside, outside = a_shown_picture(lab), a_shown_picture(lab, reach=Reach.PUBLIC)

    assert Client().get(page_of(outside, f"pictures/{outside.public_id}/")).status_code == 200
    assert Client().get(page_of(inside, f"pictures/{inside.public_id}/")).status_code == 404
    assert a_client(a_lab(), Role.MODERATOR).get(page_of(inside, f"pictures/{inside.public_id}/")).status_code == 404


def test_to_an_authority_only_texts_cross_and_no_picture(lab):
    cover = a_shown_picture(lab)
    agency = a_unit(organisation=an_organisation(kind="state_agency"))

    assert pictures_shown(cover.picture.story, reader=an_actor(lab, Role.ACTOR, unit=agency)) == []


def test_its_teller_sees_what_others_see(lab):
    cover = a_shown_picture(lab, 0)
    own = f"/en/return/mine/{cover.picture.story.public_id}/"
    where = f"{own}pictures/{cover.picture.public_id}/shown/"
    browser = client_of(cover.picture.story.teller)

    assert where in browser.get(own).content.decode()
    assert browser.get(where).content == opened(cover)
    assert client_of(a_pseudonym(lab)).get(where).status_code == 404


def test_a_teller_is_told_that_nobody_else_sees_a_picture_that_waits(lab, picture):
    a_cover(picture, 0)
    own = f"/en/return/mine/{picture.story.public_id}/"
    browser = client_of(picture.story.teller)

    assert "Nobody but those who read stories first sees it." in browser.get(own).content.decode()
    assert browser.get(f"{own}pictures/{picture.public_id}/shown/").status_code == 404


def test_the_copy_of_a_teller_holds_what_others_see_too(lab):
    cover = a_shown_picture(lab, 0)
    teller = cover.picture.story.teller

    with zipfile.ZipFile(io.BytesIO(packed(copy_of(teller), teller))) as archive:
        assert archive.read(f"picture-{cover.public_id}.jpg") == opened(cover)


def test_a_moderator_covers_and_lets_go_without_a_script(lab, picture):
    browser, where = a_client(lab, Role.MODERATOR), desk(picture, f"pictures/{picture.public_id}/cover/")
    page = browser.get(where)
    assert page.content.decode().count('name="cells"') == 96
    assert 'aria-label="Row 2, column 3"' in page.content.decode()
    browser.get(desk(picture, f"pictures/{picture.public_id}/"))

    browser.post(where, fields_of(page) | {"cells": ["0", "13"], "shows": "A white sheet"})

    cover = Cover.objects.get()
    assert cover.cells == [0, 13]
    assert desk(picture, f"covered/{cover.public_id}/") in browser.get(where).content.decode()
    assert is_flat(colour_at(browser.get(desk(picture, f"covered/{cover.public_id}/")).content, (20, 20)))
    release = fields_of(browser.get(desk(picture)))
    assert release["pictures"] == [cover.public_id]
    browser.post(desk(picture), release | {"title": "Waiting", "reach": "lab"})
    with at(now() + UNDO):
        assert what_is_seen(lab, picture.story) == [cover.public_id]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"shows": "A sheet"}, "Tick what has to be covered"),
        ({"shows": "A sheet", "cells": ["1"], "nothing": "yes"}, "Some fields are ticked"),
        ({"shows": "", "nothing": "yes"}, "Fill this in"),
        ({"shows": "Call 070-123 45 67", "cells": ["1"]}, "This may point somebody out: 070-123 45 67"),
        ({"shows": "A sheet", "cells": ["96"]}, "96"),
    ],
    ids=["nothing said", "both said", "no words", "a number", "no such field"],
)
def test_what_is_not_said_clearly_is_asked_again_and_what_was_ticked_stays(lab, picture, sent, says):
    browser, where = a_client(lab, Role.MODERATOR), desk(picture, f"pictures/{picture.public_id}/cover/")
    browser.get(desk(picture, f"pictures/{picture.public_id}/"))

    page = browser.post(where, sent | {"form_key": KEY})

    assert (page.status_code, Cover.objects.count()) == (422, 0)
    assert says in page.content.decode()
    if sent.get("cells") == ["1"]:
        assert 'value="1" checked' in page.content.decode()


def test_there_is_nothing_to_cover_has_to_be_said(lab, picture):
    browser, where = a_client(lab, Role.MODERATOR), desk(picture, f"pictures/{picture.public_id}/cover/")
    assert "not looked at yet" in browser.get(desk(picture)).content.decode()
    browser.get(desk(picture, f"pictures/{picture.public_id}/"))

    browser.post(where, {"shows": "A sheet", "nothing": "yes", "form_key": KEY})

    assert Cover.objects.get().cells == []
    assert "nothing to cover" in browser.get(desk(picture)).content.decode()


def test_a_picture_that_was_covered_anew_meanwhile_is_not_let_go_unseen(lab, picture):
    browser, old = a_client(lab, Role.MODERATOR), a_cover(picture, 0)
    release = fields_of(browser.get(desk(picture)))
    a_cover(picture)

    page = browser.post(desk(picture), release | {"title": "Waiting", "reach": "lab"})

    assert release["pictures"] == [old.public_id]
    assert page.status_code == 422
    assert "covered anew" in page.content.decode()
