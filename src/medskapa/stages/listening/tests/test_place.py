"""Where somebody stands among all who answered: after answering, in groups and tenths, and with nobody else to be found in it."""

import re

import numpy as np
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym, client_of
from medskapa.methods.landscape.picture import Positions
from medskapa.methods.landscape.regions import regions
from medskapa.stages.listening.areas import GRID, HIGH, WIDE, drawn
from medskapa.stages.listening.models import Vote
from medskapa.stages.listening.place import FEW, NEARLY_ALL, place_of
from medskapa.stages.listening.tests.makers import a_conversation, a_statement, a_vote
from medskapa.stages.listening.tests.test_landscape import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    return a_lab(languages=["sv", "en"])


def address(conversation, end):
    return f"{conversation.get_absolute_url()}{end}/"


def compared(statement, *values, own):
    """How the answer of somebody compares with those of others."""
    for value in values:
        a_vote(statement, value)
    voter = a_pseudonym(statement.lab)
    a_vote(statement, own, voter)
    (one,) = place_of(statement.conversation, reader=actor_of_pseudonym(voter)).compared
    return one


def test_who_has_answered_all_sees_where_they_stand_on_the_same_page(lab):
    conversation, voters = answered(lab)

    page = client_of(voters[0]).get(address(conversation, "answer")).content.decode()

    assert "Where you stand among 24 people" in page
    assert "12 of 24 people" in page
    assert "You agreed. So did nearly all." in page


def test_nobody_sees_what_others_answered_before_they_have_answered(lab):
    conversation, _voters = answered(lab)
    fresh = client_of(a_pseudonym(lab))

    pages = [
        fresh.get(path).content.decode()
        for path in (
            conversation.get_absolute_url(),
            address(conversation, "place"),
            address(conversation, "answer"),
            conversation.statements.first().get_absolute_url(),
        )
    ]

    assert "What nearly all say" in a_client(lab, "moderator").get(conversation.get_absolute_url()).content.decode()
    for page in pages:
        assert "What nearly all say" not in page
        assert "Where you stand among" not in page
        assert "<dt>Agree</dt>" not in page
        assert not re.search(r">\s*(12|24)\s*<", page)


def test_at_any_time_the_conversation_leads_to_the_place_among_what_one_has_answered(lab):
    conversation, _voters = answered(lab)
    voter = a_pseudonym(lab)
    a_vote(conversation.statements.get(title="Statement 0"), Vote.Value.AGREE, voter)
    client = client_of(voter)

    assert "Where you stand" in client.get(conversation.get_absolute_url()).content.decode()
    page = client.get(address(conversation, "place")).content.decode()

    assert "Statement 0" in page
    assert "Statement 1" not in page
    assert "There are 9 statements that you have not answered." in page
    assert "You are in none of the groups" in page


def test_a_stranger_has_no_place(lab):
    conversation, _voters = answered(lab)

    assert Client().get(address(conversation, "place")).status_code == 403


@pytest.mark.parametrize(
    ("agree", "disagree", "own", "words"),
    [
        (14, 6, 1, "You agreed. So did 7 in 10."),
        (14, 6, -1, "You did not agree. 3 in 10 said the same."),
        (14, 6, 0, "You passed. 7 in 10 others agreed."),
        (9, 0, 1, "You agreed. So did nearly all."),
        (9, 4, 1, "You agreed. So did nearly all."),
        (9, 0, -1, "You did not agree. Only a few others said the same."),
        (9, 4, -1, "You did not agree. Only a few others said the same."),
        (4, 0, 1, "Too few others have answered this to tell."),
        (4, 4, 1, "Too few others have answered this to tell."),
    ],
)
def test_ones_own_answer_stands_beside_those_of_others_in_tenths(lab, agree, disagree, own, words):
    assert compared(a_statement(lab), *[1] * agree, *[-1] * disagree, own=own).words == words


def test_whether_nobody_or_four_said_something_reads_the_same(lab):
    conversation = a_conversation(lab)
    of_nobody = compared(a_statement(lab, conversation=conversation), *[1] * 9, own=1)
    of_four = compared(a_statement(lab, conversation=a_conversation(lab)), *[1] * 9, *[-1] * 4, own=1)

    assert of_nobody.same == of_four.same == NEARLY_ALL
    assert compared(a_statement(lab), *[-1] * 9, own=1).same == FEW


def test_the_picture_has_an_area_for_each_group_one_dot_and_the_same_in_words(lab):
    conversation, voters = answered(lab)

    page = client_of(voters[-1]).get(address(conversation, "place")).content.decode()
    (picture,) = re.findall(r'<svg class="draw scatter".*?</svg>', page)

    assert picture.count("<ellipse") == 2
    assert picture.count("<circle") == 1
    assert 'role="img" aria-label="A picture of the groups.' in picture
    assert "You answer like group" in page


@pytest.mark.parametrize("end", ["", "place/", "answer/"])
def test_the_pages_of_somebody_who_answered_ask_at_most_25_times(lab, end, django_assert_max_num_queries):
    conversation, voters = answered(lab, people=(6, 6))
    client = client_of(voters[0])

    with django_assert_max_num_queries(25):
        client.get(f"{conversation.get_absolute_url()}{end}")


PLACES = st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=5, max_size=20)


@given(first=PLACES, second=PLACES)
def test_whatever_people_answer_the_picture_stays_in_its_box_and_on_its_grid(first, second):
    xy = np.array([*first, *second])
    groups = np.array([1] * len(first) + [2] * len(second))

    picture = drawn(regions(Positions(np.arange(len(xy)), xy, groups)), {1: len(first), 2: len(second)}, first[0])

    for area in picture.areas:
        numbers = [int(one) for one in (area.x, area.y)]
        assert all(one % GRID == 0 for one in numbers)
        assert 0 <= numbers[0] <= WIDE
        assert 0 <= numbers[1] <= HIGH


@given(people=PLACES)
def test_a_region_is_the_same_whoever_of_its_people_stands_where(people):
    def region(order):
        return regions(Positions(np.arange(len(order)), np.array(order), np.ones(len(order), dtype=int)))[0]

    there, back = region(people), region(people[::-1])

    assert there.centre == pytest.approx(back.centre)
    assert there.reach == pytest.approx(back.reach, abs=1e-7)
