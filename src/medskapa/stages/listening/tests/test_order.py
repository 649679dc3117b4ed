"""Questions and scales are moved up and down with buttons, and pictures are chosen by seeing them."""

import pytest

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, an_actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.roles import Role
from medskapa.ground.web.templatetags.medskapa import icon
from medskapa.stages.listening.actions import move_prompt, move_scale
from medskapa.stages.listening.models import Pictogram, Prompt, Scale
from medskapa.stages.listening.queries import prompts_of, scales_of
from medskapa.stages.listening.tests.makers import a_prompt, a_scale

pytestmark = pytest.mark.django_db
KEY = "key-of-a-form-0123456789"
KINDS = [("prompts", a_prompt, move_prompt, prompts_of), ("scales", a_scale, move_scale, scales_of)]


@pytest.fixture
def lab() -> Lab:
    return a_lab(languages=["sv", "en"])


def asked(lab: Lab, rows_of) -> list[str]:
    return [row.title for row in rows_of(lab, reader=an_actor(lab, Role.FACILITATOR))]


@pytest.mark.parametrize(("_name", "make", "move", "rows_of"), KINDS)
def test_what_is_moved_changes_its_place_by_one_and_stays_at_an_end(lab, _name, make, move, rows_of):
    one, _two, three = (make(lab, title=title) for title in ("One?", "Two?", "Three?"))  # as from before: all in place 0
    by = an_actor(lab, Role.FACILITATOR)

    for row, up, becomes in (
        (three, True, ["One?", "Three?", "Two?"]),
        (three, True, ["Three?", "One?", "Two?"]),
        (three, True, ["Three?", "One?", "Two?"]),
        (one, False, ["Three?", "Two?", "One?"]),
        (one, False, ["Three?", "Two?", "One?"]),
    ):
        move(row, up=up, by=by)
        assert asked(lab, rows_of) == becomes


@pytest.mark.parametrize(("_name", "make", "move", "_rows_of"), KINDS)
def test_what_is_no_longer_asked_has_no_place_and_who_may_not_moves_nothing(lab, _name, make, move, _rows_of):
    closed, other = make(lab, closed_at=now()), make(lab)

    with pytest.raises(WrongState):
        move(closed, up=True, by=an_actor(lab, Role.FACILITATOR))
    with pytest.raises(NotAllowed):
        move(other, up=True, by=an_actor(lab, Role.MODERATOR))


@pytest.mark.parametrize(("name", "make", "_move", "rows_of"), KINDS)
def test_the_list_has_buttons_for_who_may_and_goes_back_to_the_row(lab, name, make, _move, rows_of):
    first, second = make(lab, title="One?", order=1), make(lab, title="Two?", order=2)
    path, client = f"/en/labs/{lab.slug}/{name}/", a_client(lab, Role.FACILITATOR)

    page = client.get(path).content.decode()
    answer = client.post(f"{path}{second.public_id}/move/", {"form_key": KEY, "way": "up"})

    assert (page.count('value="up"'), page.count('value="down"')) == (1, 1)
    assert answer.headers["Location"] == f"{path}#{second.public_id}"
    assert asked(lab, rows_of) == ["Two?", "One?"]
    assert 'value="up"' not in a_client(lab, Role.MODERATOR).get(path).content.decode()
    assert f'id="{first.public_id}"' in client.get(path).content.decode()


def test_a_new_question_is_asked_last(lab):
    a_prompt(lab, title="One?", order=7)
    client = a_client(lab, Role.FACILITATOR)

    client.post(f"/en/labs/{lab.slug}/prompts/new/", {"form_key": KEY, "title": "Two?", "language": "sv", "picture": "home"})

    assert (asked(lab, prompts_of), Prompt.objects.latest("pk").picture) == (["One?", "Two?"], "home")


def test_a_picture_is_chosen_by_seeing_it_or_none(lab):
    page = a_client(lab, Role.FACILITATOR).get(f"/en/labs/{lab.slug}/prompts/new/").content.decode()

    assert [sign for sign in ("", *Pictogram.values) if f'type="radio" name="picture" value="{sign}"' not in page] == []
    assert [sign for sign in Pictogram.values if icon(sign) not in page] == []
    assert 'name="order"' not in page


def test_more_than_eight_questions_are_said_to_be_too_many(lab):
    for _number in range(9):
        a_prompt(lab)

    assert "More than eight questions" in a_client(lab, Role.FACILITATOR).get(f"/en/labs/{lab.slug}/prompts/").content.decode()


@pytest.mark.parametrize("kind", [Prompt, Scale])
def test_an_order_is_of_one_lab(lab, kind):
    make, move = {Prompt: (a_prompt, move_prompt), Scale: (a_scale, move_scale)}[kind]
    make(a_lab(), title="Elsewhere?", order=5)
    first = make(lab, title="Here?", order=3)

    move(first, up=False, by=an_actor(lab, Role.FACILITATOR))

    assert list(kind.objects.order_by("title").values_list("title", "order")) == [("Elsewhere?", 5), ("Here?", 1)]
