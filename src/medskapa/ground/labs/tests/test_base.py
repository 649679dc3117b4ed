"""The lab of a request is at hand: its rows neither ask the store for it nor bring it along once more."""

import pytest

from medskapa.ground.labs.base import lab_at_hand
from medskapa.ground.labs.models import Phase, RoleGiven
from medskapa.ground.labs.tests.makers import a_lab, a_participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    """A lab at hand, as in a request."""
    found = a_lab()
    token = lab_at_hand.set(found)
    yield found
    lab_at_hand.reset(token)


def test_rows_of_the_lab_at_hand_join_no_lab_and_know_it(lab, django_assert_num_queries):
    a_participation(lab, "moderator", "coach")

    with django_assert_num_queries(1) as asked:
        roles = list(RoleGiven.objects.select_related("lab", "participation__lab").order_by("pk"))
        assert {role.lab for role in roles} == {lab}
        assert {role.participation.lab for role in roles} == {lab}

    assert "labs_lab" not in asked.captured_queries[0]["sql"]
    assert "labs_participation" in asked.captured_queries[0]["sql"]


def test_a_row_of_another_lab_knows_its_own(lab):
    other = a_lab()

    assert [phase.lab for phase in Phase.objects.select_related("lab").order_by("pk")] == [lab, other]


def test_with_no_lab_at_hand_rows_bring_theirs_in_one_query(django_assert_num_queries):
    labs = [a_lab(), a_lab()]

    with django_assert_num_queries(1):
        assert [phase.lab for phase in Phase.objects.select_related("lab").order_by("pk")] == labs


def test_what_was_to_be_joined_can_still_be_taken_back(lab):
    rows = RoleGiven.objects.select_related("participation")

    assert rows.select_related("lab").query.select_related == {"participation": {}}
    assert rows.select_related(None).query.select_related is False
